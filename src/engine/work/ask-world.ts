import { messageOf } from '../../domain/errors/error-message.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
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
    const { id, job } = loaded.step
    return { done: 'unknown', why: messageOf(new SalvorError('sessions_remain', { pattern: `salvor:${id}:*`, job })) }
  }
  try {
    const context = createLookContext(deps, {
      ...loaded,
      fence: loaded.step.fence,
      signal: AbortSignal.timeout(lookWithinMs),
    })
    return await loaded.definition.isDone(context)
  } catch (error) {
    const { code, facts } = describeFailure(error, deps.redact)
    return { done: 'unknown', why: { code, facts } }
  }
}
