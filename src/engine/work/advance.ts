import { describeFailure } from '../../domain/errors/fail.ts'
import { isResting } from '../../domain/job.ts'
import type { Step } from '../../domain/step.ts'
import { findCurrentStep, type JobView } from '../../domain/view.ts'
import type { WorkDeps } from './deps.ts'
import { executeStep } from './execute-step.ts'
import { cleanUpJob, finishStop, succeed } from './finish.ts'
import { failJob } from './outcome.ts'
import { planJob } from './plan-job.ts'
import { hasAnswers, waitForPeople } from './wait-for-people.ts'

/**
 * Answers one wakeup: looks where the job is and makes its one next move. Wakeups may be lost, doubled or late;
 * whatever is no longer true when it arrives leads to nothing. True when the next move is to follow at once, for which
 * nobody wakes: a runner opens no queue.
 */
export async function advance(deps: WorkDeps, id: string): Promise<boolean> {
  const view = await deps.store.viewJob(id)
  if (!view) return false
  const { job } = view
  if (job.worker !== null && job.worker !== deps.worker) return false
  if (isResting(job.state)) {
    if (job.cleanUpRequestedBy !== null) await cleanUpJob(deps, view)
    return false
  }
  const step = findCurrentStep(view)
  if (job.stopRequestedAt !== null && step?.state !== 'running' && step?.state !== 'in_doubt') {
    await finishStop(deps, view)
    return false
  }
  switch (job.state) {
    case 'requested':
      await guardMove(deps, view, () => planJob(deps, view))
      return false
    case 'planned':
    case 'running':
      if (!step) await guardMove(deps, view, () => succeed(deps, view))
      else if (asksPeople(deps, view, step.name) && step.state === 'waiting' && !hasAnswers(view, step))
        await waitForPeople(deps, view, step)
      else if (runsApart(deps, view, step.name) && step.state === 'waiting') return runApart(deps, step)
      else if (step.state === 'waiting' || step.state === 'running' || step.state === 'in_doubt')
        await executeStep(deps, step.id)
      return false
    default:
      // Waits for a person: nothing to do until they have spoken.
      return false
  }
}

/** Whether the runner left the step otherwise than it found it: one that could not start is left to the sweep. */
async function runApart(deps: WorkDeps, step: Step): Promise<boolean> {
  await deps.spawnRunner(step.id)
  const now = (await deps.store.viewJob(step.job))?.steps.find(({ id }) => id === step.id)
  return now !== undefined && now.state !== 'running' && (now.state !== step.state || now.fence !== step.fence)
}

function asksPeople(deps: WorkDeps, view: JobView, name: string): boolean {
  const definition = deps.jobs.find(view.job.kind)?.steps.find((one) => one.name === name)
  return definition?.asks !== undefined
}

/** A step that starts tools or destroys runs in its own process; settling one that vanished only looks. */
function runsApart(deps: WorkDeps, view: JobView, name: string): boolean {
  const definition = deps.jobs.find(view.job.kind)?.steps.find((one) => one.name === name)
  return definition?.where === 'runner'
}

/** A move that throws ends the job with words, instead of waking up for ever. */
async function guardMove(deps: WorkDeps, view: JobView, move: () => Promise<void>): Promise<void> {
  try {
    await move()
  } catch (error) {
    deps.log.error({ job: view.job.id, error: String(error) }, 'a move of the job failed')
    await failJob(deps, view, null, describeFailure(error, deps.redact))
  }
}
