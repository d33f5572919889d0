import type { DoneAnswer } from '../define-step.ts'
import type { WorkDeps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import type { LoadedStep } from './load-step.ts'
import { createLookContext } from './step-context.ts'

/** Milliseconds that the world has to answer whether a step was done. */
const lookWithinMs = 60_000

/** Asks the step's own look at the world, after its old sessions are gone. An error is no answer: unknown. */
export async function askWorld(deps: WorkDeps, loaded: LoadedStep): Promise<DoneAnswer> {
  if (!(await endSessions(deps, loaded))) {
    return { done: 'unknown', why: 'sessions of that attempt are still at work on the target, or it does not answer' }
  }
  try {
    const context = createLookContext(deps, {
      ...loaded,
      fence: loaded.step.fence,
      signal: AbortSignal.timeout(lookWithinMs),
    })
    return await loaded.definition.isDone(context)
  } catch (error) {
    return { done: 'unknown', why: deps.redact(error instanceof Error ? error.message : String(error)).slice(0, 300) }
  }
}
