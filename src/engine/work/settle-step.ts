import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { mayMoveStep } from '../../domain/step.ts'
import type { Lease } from '../../ports/store.ts'
import { askWorld } from './ask-world.ts'
import type { WorkDeps } from './deps.ts'
import { makeLeaseMove } from './lease-move.ts'
import type { LoadedStep } from './load-step.ts'
import { parkStep } from './park-step.ts'

/**
 * A step whose runner vanished: first it is in doubt, then the world is asked, and only its answer moves on.
 * `no` leads to a new attempt of what may be repeated; a destructive step needs a new approval for that, since
 * the used one is bound to the attempt.
 */
export async function settleStep(deps: WorkDeps, lease: Lease, loaded: LoadedStep): Promise<void> {
  const { step, view } = loaded
  if (step.state === 'running') {
    await lease.transaction(async (tx) => {
      await tx.lockJob(step.job)
      if (!(await tx.moveStep(step.id, { state: 'running', fence: step.fence }, { state: 'in_doubt' }))) return
      const data = {
        step: step.name,
        attempt: step.attempt,
        why: messageOf(new SalvorError('runner_gone', { step: step.name })),
      }
      await tx.append(view.job.incident, { type: 'step_in_doubt', job: view.job.id, actor: 'salvor', data })
    })
  }
  const answer = await askWorld(deps, loaded)
  if (answer.done === 'unknown') {
    await parkStep(deps, lease, loaded, answer.why)
    return
  }
  await makeLeaseMove(deps, lease, async (tx, wakeLater) => {
    const now = await tx.lockJob(step.job)
    if (!now) return
    const finishedAt = deps.clock.now().toISOString()
    const to = answer.done === 'yes' ? 'done' : 'waiting'
    if (!mayMoveStep('in_doubt', to)) throw new Error('the table of moves lost its way out of doubt')
    const patch =
      answer.done === 'yes'
        ? ({ state: 'done', output: answer.output, finishedAt, runner: null } as const)
        : ({ state: 'waiting', attempt: step.attempt + 1, runner: null, progress: null } as const)
    if (!(await tx.moveStep(step.id, { state: 'in_doubt' }, patch))) return
    const told = { job: now.job.id, actor: 'salvor' }
    const data = {
      step: step.name,
      answer: answer.done === 'yes' ? ('done' as const) : ('not_done' as const),
      ...{ by: 'salvor', reason: null, why: null },
    }
    let eventNo = await tx.append(now.job.incident, { type: 'step_settled', ...told, data })
    if (answer.done === 'yes') {
      const done = { step: step.name, attempt: step.attempt, output: answer.output }
      eventNo = await tx.append(now.job.incident, { type: 'step_done', ...told, data: done })
    }
    wakeLater({ job: now.job.id, eventNo, worker: now.job.worker })
  })
}
