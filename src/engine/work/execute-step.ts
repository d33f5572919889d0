import { randomUUID } from 'node:crypto'
import type { Approval } from '../../domain/approval.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
import type { Lease } from '../../ports/store.ts'
import { askApproval, readyToUse } from './ask-approval.ts'
import { checkStepRow } from './check-rows.ts'
import { claimStep } from './claim-step.ts'
import type { WorkDeps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { watchLease } from './hold-lease.ts'
import { type LoadedStep, loadStep } from './load-step.ts'
import { failJob } from './outcome.ts'
import { runDefinition } from './run-definition.ts'
import { settleStep } from './settle-step.ts'
import { writeDone, writeFailure } from './write-outcome.ts'

export type Executed = 'done' | 'failed' | 'held_elsewhere' | 'asked' | 'settled' | 'not_now' | 'lost'

/**
 * Runs one step, in the worker or in a process of its own: at most once for what destroys. Whoever holds the
 * step's lease is alone with it; a step found `running` under a free lease has lost its runner, so it is settled
 * by asking the world and never simply run again. The order of moves is the safety, see docs/adr/0002.
 */
export async function executeStep(deps: WorkDeps, id: string): Promise<Executed> {
  const lease = await deps.leases.tryHold(id)
  if (!lease) return 'held_elsewhere'
  try {
    return await executeUnderLease(deps, lease, id)
  } finally {
    await lease.close()
  }
}

async function executeUnderLease(deps: WorkDeps, lease: Lease, id: string): Promise<Executed> {
  const loaded = await loadStep(deps, id)
  const { step, view } = loaded
  if (step.state === 'running' || step.state === 'in_doubt') {
    await settleStep(deps, lease, loaded)
    return 'settled'
  }
  if (step.state !== 'waiting' || view.job.state !== 'running' || view.job.stopRequestedAt !== null) return 'not_now'
  const need = await checkOrFail(deps, loaded)
  if (need === undefined) return 'failed'
  // A tool that was killed is not yet dead work: its sessions on the target must be gone before a new attempt.
  if (!(await endSessions(deps, loaded))) {
    const remain = new SalvorError('sessions_remain', { pattern: `salvor:${id}:*`, job: step.job })
    await failJob(deps, view, step.name, describeFailure(remain, deps.redact))
    return 'failed'
  }
  const runner = randomUUID()
  const control = new AbortController()
  let approval: Approval | null = null
  if (need.need !== 'none') {
    const answer = await orFail(deps, loaded, () => readyToUse(deps, loaded, need, control.signal))
    if (answer === undefined) return 'failed'
    if (!answer.ready) {
      const { subject, why } = answer
      const asked = await orFail(deps, loaded, () => askApproval(deps, lease, loaded, subject, why).then(() => true))
      return asked === undefined ? 'failed' : 'asked'
    }
    approval = answer.approval
  }
  const fence = await claimStep(deps, lease, loaded, runner, approval)
  if (fence === undefined) return 'not_now'
  const watch = watchLease(lease, { fence, runner }, control, deps.log, deps.onLeaseLost)
  try {
    const output = await runDefinition(deps, lease, loaded, { fence, runner, approval, control, watch })
    watch.stop()
    await writeDone(deps, lease, loaded, { fence, runner, output })
    return 'done'
  } catch (error) {
    watch.stop()
    if (watch.lost()) {
      // Whoever takes over settles it; this process may write nothing any more.
      deps.log.error({ step: id, error: String(error) }, 'the lease was lost while the step ran')
      return 'lost'
    }
    await writeFailure(deps, lease, loaded, { fence, runner, error, stoppedBy: watch.stoppedBy() })
    return 'failed'
  }
}

/** A row that says something else than register and plan ends the job, loudly, before anything was touched. */
async function checkOrFail(deps: WorkDeps, loaded: LoadedStep) {
  try {
    return checkStepRow(deps, loaded)
  } catch (error) {
    deps.log.error({ step: loaded.step.id, error: String(error) }, 'a row of the store differs from the plan')
    await failJob(deps, loaded.view, loaded.step.name, describeFailure(error, deps.redact))
    return undefined
  }
}

/**
 * What cannot be told or asked ends the job with words: nothing has begun, and waking up for ever would leave everybody
 * waiting. People go on from there. Undefined then.
 */
async function orFail<T>(deps: WorkDeps, loaded: LoadedStep, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof SalvorError)) throw error
    await failJob(deps, loaded.view, loaded.step.name, describeFailure(error, deps.redact))
    return undefined
  }
}
