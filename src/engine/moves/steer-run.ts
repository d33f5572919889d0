import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import { titleOf } from '../../domain/procedure.ts'
import { mayMoveRun, type RunStepView, type RunView } from '../../domain/run.ts'
import { isStuck, statusOf } from '../../domain/run-progress.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'
import { whyNoRetry } from './refuse-retry.ts'
import { findRun } from './run.ts'
import { checkStepRight } from './run-rights.ts'
import { resumeInside, stop } from './steer.ts'

/** Asks for the stop of a run: no further job is asked for, and those at work are stopped. */
export async function stopRun(deps: EngineDeps, said: Utterance, id: string): Promise<void> {
  const by = said.person.id
  await makeMove(deps, said, async (tx) => {
    const { run } = await lockOrFail(tx, id)
    if (!mayMoveRun(run.state, 'stopped')) {
      throw new SalvorError('move_illegal', { job: id, state: run.state, move: 'be stopped' })
    }
    if (run.stopRequestedAt !== null) return null
    await tx.updateRun(id, { stopRequestedBy: by, stopRequestedAt: deps.clock.now().toISOString(), waitingFor: null })
    await tx.append(run.incident, { type: 'run_stop_requested', actor: by, data: { run: id, by } })
    return null
  })
  await stopJobsOf(deps, await findRun(deps, id))
}

/**
 * Stops the jobs of a run whose stop was asked for. Safe to repeat: whoever finds the run in this state after a crash
 * does the same again. A job that ended meanwhile needs no stop.
 */
export async function stopJobsOf(deps: EngineDeps, { run, steps }: RunView): Promise<void> {
  if (run.stopRequestedAt === null) return
  for (const { job, ...step } of steps) {
    const status = statusOf(step)
    if (job === null || (status !== 'working' && status !== 'doubt')) continue
    const said = sayForRun(`${run.id}/stop/${job}/${run.stopRequestedAt}`, run.stopRequestedBy ?? 'salvor')
    await stop(deps, said, job).catch((error: unknown) => {
      if (!(error instanceof SalvorError) || error.code !== 'move_illegal') throw error
    })
  }
}

/**
 * Goes on after a step that did not succeed: its job is resumed with its own next unfinished step, or asked for anew
 * where it cannot go on. Whoever resumes needs the right for each such step, and asks for what is asked anew.
 */
export async function resumeRun(deps: EngineDeps, said: Utterance, id: string): Promise<void> {
  for (const step of (await findRun(deps, id)).steps.filter(isStuck)) {
    await checkStepRight(deps, said.person, step, `resume ${id} at step ${step.position} (${titleOf(step)})`)
  }
  const by = said.person.id
  await makeMove(deps, said, async (tx) => {
    const view = await lockOrFail(tx, id)
    const { run } = view
    if (!mayMoveRun(run.state, 'running')) {
      throw new SalvorError('move_illegal', { job: id, state: run.state, move: 'be resumed' })
    }
    const stuck = view.steps.filter(isStuck)
    const settleable = stuck.filter((step) => statusOf(step) === 'doubt')
    const [doubt] = settleable
    if (doubt && settleable.length === stuck.length) {
      throw new SalvorError('step_unsettled', { step: titleOf(doubt), job: doubt.job ?? id })
    }
    const going = stuck.filter((step) => !settleable.includes(step))
    for (const step of going) await tryAgain(deps, tx, step, said)
    // After the jobs, because rows are locked in the order run, job, incident.
    await tx.lockIncident(run.incident)
    const other = (await tx.listRunsOf(run.incident, run.procedure)).find((one) => one.state === 'running')
    if (other) throw new SalvorError('run_active', { run: other.id, procedure: run.procedure })
    const fresh = { stopRequestedAt: null, stopRequestedBy: null, finishedAt: null, waitingFor: null }
    await tx.updateRun(id, { state: 'running', ...fresh })
    const data = { run: id, by, steps: going.map((step) => step.position) }
    await tx.append(run.incident, { type: 'run_resumed', actor: by, data })
    return null
  })
}

/** Stops every run of an incident that can be stopped; answers their ids. */
export async function stopRunsOf(deps: EngineDeps, said: Utterance, incident: number): Promise<string[]> {
  const moving = (await deps.store.listRuns(incident)).filter(({ run }) => mayMoveRun(run.state, 'stopped'))
  for (const { run } of moving) await stopRun(deps, { ...said, requestId: `${said.requestId}/${run.id}` }, run.id)
  return moving.map(({ run }) => run.id)
}

async function tryAgain(deps: EngineDeps, tx: MoveTx, step: RunStepView, said: Utterance): Promise<void> {
  const goesOn = step.job !== null && (step.jobState === 'failed' || step.jobState === 'stopped') && !step.jobCleanedUp
  const view = goesOn && step.job !== null ? await tx.lockJob(step.job) : null
  // One that would only fail in the same way is asked for anew.
  if (goesOn && step.job !== null && !(view && whyNoRetry(view, deps.jobs)))
    return resumeInside(deps, tx, step.job, said.person.id)
  await tx.updateRunStep(step.id, {
    state: 'waiting',
    attempt: step.attempt + 1,
    job: null,
    failure: null,
    askedBy: said.person.id,
    askedBySlack: said.person.slack,
  })
}

async function lockOrFail(tx: MoveTx, id: string): Promise<RunView> {
  const view = await tx.lockRun(id)
  if (!view) throw new SalvorError('run_unknown', { run: id })
  return view
}

/** Salvor's own words for what follows from a person's: unique, so that they count once. */
function sayForRun(requestId: string, person: string): Utterance {
  const at = new Date().toISOString()
  return { requestId, person: { id: person, slack: null, os: null }, via: 'system', channel: null, thread: null, at }
}
