import { titleOf } from '../../domain/procedure.ts'
import { mayMoveRun, type RunStepView, type RunView } from '../../domain/run.ts'
import { findProgress, isStuck } from '../../domain/run-progress.ts'
import type { EngineDeps } from '../deps.ts'
import { type MoveTx, makeMove } from '../once.ts'

/**
 * Moves a run to the state that follows from its steps, with the event that tells it. A failed run whose job somebody
 * steered goes on by itself, as long as it is the newest of its procedure. False if there is nothing to settle.
 */
export async function settleRun(deps: EngineDeps, seen: RunView): Promise<boolean> {
  if (!isDue(seen)) return false
  return makeMove(deps, null, async (tx) => {
    const view = await tx.lockRun(seen.run.id)
    if (!view || !isDue(view)) return false
    const { run } = view
    const wanted = findProgress(view).state
    if (run.state !== 'running' && wanted !== 'stopped') return goOnByItself(tx, view)
    if (!mayMoveRun(run.state, wanted)) return false
    const finishedAt = deps.clock.now().toISOString()
    await tx.updateRun(run.id, { state: wanted, finishedAt, waitingFor: null })
    await tx.append(run.incident, describeEnd(view, wanted))
    return true
  })
}

/** Would another look find another state? A resting run is left alone until it could go on. */
function isDue(view: RunView): boolean {
  const { run } = view
  const wanted = findProgress(view).state
  if (run.state === 'running') return wanted !== 'running'
  if (wanted === 'stopped') return mayMoveRun(run.state, 'stopped')
  if (run.state === 'stopped' || run.stopRequestedAt !== null) return false
  return mayMoveRun(run.state, 'running') && (wanted === 'running' || wanted === 'succeeded')
}

async function goOnByItself(tx: MoveTx, { run }: RunView): Promise<boolean> {
  await tx.lockIncident(run.incident)
  const newest = (await tx.listRunsOf(run.incident, run.procedure)).at(-1)
  if (newest?.id !== run.id || !mayMoveRun(run.state, 'running')) return false
  await tx.updateRun(run.id, { state: 'running', finishedAt: null, waitingFor: null })
  const data = { run: run.id, by: 'salvor', steps: [] }
  await tx.append(run.incident, { type: 'run_resumed', actor: 'salvor', data })
  return true
}

function describeEnd(view: RunView, state: string): Parameters<MoveTx['append']>[1] {
  const { run, steps } = view
  const told = { actor: 'salvor' }
  const name = (step: RunStepView) => ({ step: step.position, title: titleOf(step), job: step.job })
  const stuck = steps.filter(isStuck).map(name)
  switch (state) {
    case 'succeeded': {
      const done = steps.filter((step) => step.state !== 'skipped').length
      const data = { run: run.id, title: run.title, done, skipped: steps.length - done }
      return { type: 'run_succeeded', ...told, data }
    }
    case 'stopped':
      return { type: 'run_stopped', ...told, data: { run: run.id, by: run.stopRequestedBy ?? 'salvor' } }
    case 'needs_person':
      return { type: 'run_needs_person', ...told, data: { run: run.id, steps: stuck } }
    default: {
      const blocked = [...findProgress(view).blocked]
      return { type: 'run_failed', ...told, data: { run: run.id, steps: stuck, blocked } }
    }
  }
}
