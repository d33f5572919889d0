import { SalvorError } from '../../domain/errors/fail.ts'
import { isResting, type Job, mayMoveJob } from '../../domain/job.ts'
import type { Utterance } from '../../domain/person.ts'
import { findCurrentStep, findOpenApproval, type JobView } from '../../domain/view.ts'
import { takeAnswer } from '../asks/take-answer.ts'
import type { EngineDeps } from '../deps.ts'
import { listOthers } from '../job-offers.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { whyNoRetry } from './refuse-retry.ts'
import { requestJob, sayWhoHolds } from './request-job.ts'
import { whyNoUndo } from './why-no-undo.ts'

/** A job that somebody named, locked. */
export async function lockOrFail(tx: MoveTx, id: string): Promise<JobView> {
  const view = await tx.lockJob(id)
  if (!view) throw new SalvorError('job_unknown', { job: id })
  return view
}

/**
 * Asks for a stop. The runner hears it at once and ends its tools; the worker then says what is left. Of a job
 * that rests already it puts away what was left behind.
 */
export async function stop(deps: EngineDeps, said: Utterance, id: string): Promise<void> {
  const by = said.person.id
  await makeMove(deps, said, async (tx) => {
    const view = await lockOrFail(tx, id)
    const { job } = view
    if (isResting(job.state)) {
      // What one that succeeded made is in use: only people can tell what of it may go.
      if (job.state === 'succeeded' || job.leftBehind.length === 0 || job.cleanUpRequestedBy !== null) {
        throw new SalvorError('move_illegal', { job: id, state: job.state, move: 'be stopped' })
      }
      await tx.updateJob(id, { cleanUpRequestedBy: by })
      const no = await tx.append(job.incident, { type: 'clean_up_requested', job: id, actor: by, data: { by } })
      tx.wakeLater({ job: id, eventNo: no, worker: job.worker })
      return null
    }
    if (job.stopRequestedAt !== null) return null
    await tx.updateJob(id, { stopRequestedBy: by, stopRequestedAt: deps.clock.now().toISOString() })
    const eventNo = await tx.append(job.incident, { type: 'stop_requested', job: id, actor: by, data: { by } })
    await tx.announceStop(id)
    tx.wakeLater({ job: id, eventNo, worker: job.worker })
    return null
  })
}

/** Stops everything of an incident that is not resting; answers the ids. */
export async function stopAll(deps: EngineDeps, said: Utterance, incident: number): Promise<string[]> {
  const view = await deps.store.viewIncident(incident)
  const active = view?.jobs.filter(({ job }) => !isResting(job.state)).map(({ job }) => job.id) ?? []
  for (const id of active) await stop(deps, { ...said, requestId: `${said.requestId}/${id}` }, id)
  return active
}

/** Goes on with the next unfinished step; with `settle`, a person says first what the world could not. */
export async function resume(
  deps: EngineDeps,
  said: Utterance,
  id: string,
  settle?: { readonly as: 'done' | 'not-done'; readonly reason: string },
): Promise<void> {
  await makeMove(deps, said, async (tx) => {
    await resumeInside(deps, tx, id, said.person.id, settle)
    return null
  })
}

/** The same inside a transaction: a run that is resumed takes its jobs along. */
export async function resumeInside(
  deps: EngineDeps,
  tx: MoveTx,
  id: string,
  by: string,
  settle?: { readonly as: 'done' | 'not-done'; readonly reason: string },
): Promise<void> {
  const view = await lockOrFail(tx, id)
  mustMove(view.job, 'be resumed')
  const step = findCurrentStep(view)
  if (step?.state === 'needs_person') {
    if (!settle) throw new SalvorError('step_unsettled', { step: step.name, job: id })
    const answer = settle.as === 'done' ? ('done' as const) : ('not_done' as const)
    const state = answer === 'done' ? ('done' as const) : ('waiting' as const)
    const at = deps.clock.now().toISOString()
    await takeAnswer(tx, step.id, { person: by, answer, evidence: settle.reason, at })
    await tx.moveStep(
      step.id,
      { state: 'needs_person' },
      { state, attempt: step.attempt + (answer === 'done' ? 0 : 1) },
    )
    const data = { step: step.name, answer, by, reason: settle.reason, why: null }
    await tx.append(view.job.incident, { type: 'step_settled', job: id, actor: by, data })
  } else if (step?.state === 'failed') {
    const helpless = whyNoRetry(view, deps.jobs)
    if (helpless) throw helpless
    await tx.moveStep(step.id, { state: 'failed' }, { state: 'waiting', attempt: step.attempt + 1, failure: null })
  }
  await goOn(deps, tx, view, { type: 'job_resumed', job: id, actor: by, data: { by } })
}

/** The failed step again, attempt + 1; of a job whose approval expired: looks again and asks again. */
export async function retry(deps: EngineDeps, said: Utterance, id: string): Promise<void> {
  const by = said.person.id
  await makeMove(deps, said, async (tx) => {
    const view = await lockOrFail(tx, id)
    const step = findCurrentStep(view)
    const expired = view.job.state === 'awaiting_approval' && !findOpenApproval(view)
    if (!expired) mustMove(view.job, 'be retried')
    const helpless = whyNoRetry(view, deps.jobs)
    if (helpless) throw helpless
    if (!step || step.state === 'needs_person')
      throw new SalvorError('move_illegal', { job: id, state: view.job.state, move: 'be retried' })
    const attempt = expired ? step.attempt : step.attempt + 1
    if (!expired) {
      const back = await tx.moveStep(
        step.id,
        { state: step.state },
        { state: 'waiting', attempt, failure: null, progress: null },
      )
      if (!back) throw new SalvorError('move_illegal', { job: id, state: view.job.state, move: 'be retried' })
    }
    await goOn(deps, tx, view, { type: 'job_retried', job: id, actor: by, data: { by, step: step.name, attempt } })
    return null
  })
}

/** Requests the job that undoes one that succeeded: the way back is a job of its own, approved at today's risk. */
export async function undo(deps: EngineDeps, said: Utterance, id: string, words: string): Promise<Job> {
  const view = await deps.store.viewJob(id)
  if (!view) throw new SalvorError('job_unknown', { job: id })
  const kind = deps.jobs.find(view.job.kind)
  const refusal = whyNoUndo(view, deps.jobs, await listOthers(deps, view))
  if (refusal !== null || kind === undefined) throw refusal ?? new SalvorError('undo_nothing', { job: id })
  const params = { job: id, system: kind.system(view.job.params as never) }
  const way = kind.undoneBy?.(view) ?? { kind: 'undo', params }
  return requestJob(deps, said, { incident: view.job.incident, ...way, words })
}

/** Only a job that rests without having succeeded can be steered. */
export function mustMove(job: Job, move: string): void {
  // `running` is where a steered job goes; a job that is running cannot be steered there.
  if (!['failed', 'stopped', 'needs_person'].includes(job.state) || !mayMoveJob(job.state, 'running')) {
    throw new SalvorError('move_illegal', { job: job.id, state: job.state, move })
  }
  if (wasCleanedUp(job)) throw new SalvorError('move_illegal', { job: job.id, state: 'cleaned up', move })
}

/** What it had made is gone, so there is nothing to go on from: it must be asked for anew. */
function wasCleanedUp(job: Job): boolean {
  return job.outcome !== null && typeof job.outcome === 'object' && 'cleanedUp' in job.outcome
}

/** Takes the lock anew (it was released when the job came to rest) and sets the job running. */
export async function goOn(
  deps: EngineDeps,
  tx: MoveTx,
  view: JobView,
  event: Parameters<MoveTx['append']>[1],
): Promise<void> {
  const { job } = view
  if (job.lockTarget !== null) {
    const holder = await tx.takeLock(job.lockTarget, job.id, job.words)
    if (holder !== job.id) throw await sayWhoHolds(deps, job.lockTarget, holder)
  }
  // A job none of whose steps began was stopped before it was planned, or just after: it begins at its beginning.
  const begun = view.steps.some((step) => step.state !== 'waiting' || step.fence > 0 || step.attempt > 1)
  const state = !begun ? ('requested' as const) : ('running' as const)
  await tx.updateJob(job.id, {
    state,
    waitingFor: null,
    stopRequestedBy: null,
    stopRequestedAt: null,
    cleanUpRequestedBy: null,
    finishedAt: null,
  })
  const eventNo = await tx.append(job.incident, event)
  tx.wakeLater({ job: job.id, eventNo, worker: job.worker })
}
