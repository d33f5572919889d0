import type { WorkDeps } from './deps.ts'
import type { LoadedStep } from './load-step.ts'
import { createLookContext } from './step-context.ts'

/** Milliseconds to wait for ended sessions to be gone: a backend notices within its check interval of 1 s. */
const patienceMs = 5_000

/**
 * Ends what an earlier attempt of the step still runs on its target, and sees it gone. False when some remain or
 * the target does not answer: then nobody may start or settle the step.
 */
export async function endSessions(deps: WorkDeps, loaded: LoadedStep): Promise<boolean> {
  const { definition, step } = loaded
  const system = definition.sessionsOn?.(loaded.params as never) ?? null
  if (system === null || step.fence === 0) return true
  const context = createLookContext(deps, { ...loaded, fence: step.fence, signal: AbortSignal.timeout(patienceMs * 2) })
  try {
    return await deps.tools.databases.endStepSessions(context.target(system), patienceMs)
  } catch (error) {
    deps.log.warn({ step: step.id, error: String(error) }, 'the sessions of an earlier attempt could not be looked for')
    return false
  }
}
