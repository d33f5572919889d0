import { messageOf } from '../../domain/errors/error-message.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
import type { Json } from '../../domain/json.ts'
import { type LeftBehind, listOnce } from '../../domain/left-behind.ts'
import type { Failure } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import type { Lease } from '../../ports/store.ts'
import { listLeftBehind } from '../list-left-behind.ts'
import { askWorld } from './ask-world.ts'
import type { WorkDeps } from './deps.ts'
import { makeLeaseMove } from './lease-move.ts'
import type { LoadedStep } from './load-step.ts'
import { notPutAway } from './not-put-away.ts'
import { writeJobFailed } from './outcome.ts'
import { parkStep } from './park-step.ts'
import { createLookContext } from './step-context.ts'

interface Mine {
  readonly fence: number
  readonly runner: string
}

/** `running → done`, compared with fence and runner: whoever was overtaken writes nothing. */
export async function writeDone(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  of: Mine & { readonly output: Json },
): Promise<void> {
  const { step, view } = loaded
  await makeLeaseMove(deps, lease, async (tx, wakeLater) => {
    await tx.lockJob(step.job)
    const finishedAt = deps.clock.now().toISOString()
    const from = { state: 'running', fence: of.fence, runner: of.runner } as const
    const patch = { state: 'done', output: of.output, finishedAt, runner: null, progress: null } as const
    if (!(await tx.moveStep(step.id, from, patch))) throw new Error(`the step ${step.id} is no longer this runner's`)
    const data = { step: step.name, attempt: step.attempt, output: of.output }
    const eventNo = await tx.append(view.job.incident, { type: 'step_done', job: view.job.id, actor: 'salvor', data })
    wakeLater({ job: view.job.id, eventNo, worker: view.job.worker })
  })
}

/**
 * What follows a step that threw. A changed target asks anew; a stop leaves the step unfinished; anything else
 * fails it. For what destroys the world is asked first: an error is no proof that nothing happened.
 */
export async function writeFailure(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  of: Mine & { readonly error: unknown; readonly stoppedBy: string | null },
): Promise<void> {
  const failure = describeFailure(of.error, deps.redact)
  deps.log.warn({ step: loaded.step.id, code: failure.code, facts: failure.facts }, 'a step did not succeed')
  const started = { ...loaded, step: { ...loaded.step, fence: of.fence } }
  if (loaded.definition.risk !== 'read') {
    const answer =
      loaded.definition.risk === 'destructive' || of.stoppedBy !== null
        ? await askWorld(deps, started)
        : { done: 'no' as const }
    if (answer.done === 'yes') return writeDone(deps, lease, loaded, { ...of, output: answer.output })
    if (answer.done === 'unknown') return parkStep(deps, lease, started, answer.why)
  }
  if (of.stoppedBy !== null) return writeBack(deps, lease, started, of, null)
  if (asksAnew(of.error)) return writeBack(deps, lease, started, of, failure)
  const cleaned = await cleanUp(deps, started)
  await makeLeaseMove(deps, lease, async (tx) => {
    const now = await tx.lockJob(loaded.step.job)
    if (!now) return
    const from = { state: 'running', fence: of.fence, runner: of.runner } as const
    const finishedAt = deps.clock.now().toISOString()
    if (!(await tx.moveStep(loaded.step.id, from, { state: 'failed', failure, finishedAt, runner: null }))) return
    const data = { step: loaded.step.name, attempt: loaded.step.attempt, failure }
    await tx.append(now.job.incident, { type: 'step_failed', job: now.job.id, actor: 'salvor', data })
    const left = listOnce([...cleaned.left, ...listLeftBehind(withoutCleaned(now, loaded, cleaned.done))])
    await writeJobFailed(deps, tx, now, loaded.step.name, failure, left)
  })
}

/** Errors after which the same step asks again with what is there now. */
function asksAnew(error: unknown): boolean {
  return error instanceof SalvorError && (error.code === 'loss_above_ceiling' || error.code === 'approval_changed')
}

/** Back to `waiting` as a new attempt: after a stop, or to ask anew; the reason stands on the superseded card. */
async function writeBack(
  deps: WorkDeps,
  lease: Lease,
  loaded: LoadedStep,
  mine: Mine,
  why: Failure | null,
): Promise<void> {
  const { step } = loaded
  await makeLeaseMove(deps, lease, async (tx, wakeLater) => {
    const now = await tx.lockJob(step.job)
    if (!now) return
    const told = { job: now.job.id, actor: 'salvor' }
    const from = { state: 'running', fence: mine.fence, runner: mine.runner } as const
    const patch = { state: 'waiting', attempt: step.attempt + 1, runner: null, progress: null, failure: why } as const
    if (!(await tx.moveStep(step.id, from, patch))) return
    const stopped = new SalvorError('stopped', { by: now.job.stopRequestedBy ?? 'salvor', job: now.job.id })
    const because = why === null ? messageOf(stopped) : { code: why.code, facts: why.facts }
    const data = { step: step.name, answer: 'not_done' as const, by: 'salvor', reason: null, why: because }
    const eventNo = await tx.append(now.job.incident, { type: 'step_settled', ...told, data })
    wakeLater({ job: now.job.id, eventNo, worker: now.job.worker })
  })
}

/** Steps whose traces the failed step's own clean-up put away too: what it answered is all that still stands of them. */
function withoutCleaned(now: JobView, { kind, definition }: LoadedStep, done: boolean): JobView {
  if (!done) return now
  const shared = kind.steps.filter((one) => one.cleanUp === definition.cleanUp).map((one) => one.name)
  return { ...now, steps: now.steps.filter((step) => !shared.includes(step.name)) }
}

/** `done` is false where nothing could be put away: then what earlier steps said that they left still counts. */
async function cleanUp(deps: WorkDeps, loaded: LoadedStep): Promise<{ done: boolean; left: LeftBehind[] }> {
  if (!loaded.definition.cleanUp) return { done: false, left: [] }
  const context = createLookContext(deps, { ...loaded, fence: loaded.step.fence, signal: AbortSignal.timeout(60_000) })
  try {
    return { done: true, left: await loaded.definition.cleanUp(context) }
  } catch (error) {
    return { done: false, left: [notPutAway(deps, loaded.step.name, error)] }
  }
}
