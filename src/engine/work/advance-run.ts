import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
import { isSameMessage } from '../../domain/message.ts'
import { rolesForStep, titleOf } from '../../domain/procedure.ts'
import type { RunStepView, RunView } from '../../domain/run.ts'
import { findProgress } from '../../domain/run-progress.ts'
import type { Failure } from '../../domain/step.ts'
import { type Waiting, waitsFor } from '../../domain/waiting.ts'
import type { AnyJobKind } from '../define-job.ts'
import type { EngineDeps } from '../deps.ts'
import { writeJob } from '../moves/request-job.ts'
import { failKind, readRequest } from '../moves/run-plan.ts'
import { checkStepRight } from '../moves/run-rights.ts'
import { stopJobsOf } from '../moves/steer-run.ts'
import { makeMove } from '../once.ts'
import { settleRun } from './settle-run.ts'

/**
 * Looks where a run is and makes every move that follows: asks for the jobs of steps whose turn has come, asks people
 * for manual ones, and settles the run when nothing is left to do. Each is one transaction with its own request id, so
 * whoever is killed in between loses nothing, and two who do this at once do it once. Rights are looked up here, at
 * the moment of use; whoever keeps runs must be able to look them up, which is why the bot does and workers do not.
 */
export async function advanceRun(deps: EngineDeps, id: string): Promise<void> {
  for (;;) {
    const view = await deps.store.viewRun(id)
    if (!view) return
    await stopJobsOf(deps, view)
    const { ready } = findProgress(view)
    const turn = view.run.state === 'running' && view.run.stopRequestedAt === null ? ready : []
    let moved = false
    for (const step of view.steps.filter((one) => turn.includes(one.position))) {
      moved = (await startStep(deps, view, step)) || moved
    }
    if (!moved) moved = await settleRun(deps, view)
    if (!moved) return
  }
}

/** All runs that may have to move. One that cannot be moved does not keep the others. */
export async function advanceRuns(deps: EngineDeps): Promise<void> {
  for (const id of await deps.store.listMovingRuns()) {
    await advanceRun(deps, id).catch((error: unknown) => {
      deps.log.warn({ run: id, error: String(error) }, 'a run could not be moved')
    })
  }
}

/** False if nothing changed: somebody else was faster, or rights cannot be looked up just now. */
async function startStep(deps: EngineDeps, view: RunView, step: RunStepView): Promise<boolean> {
  if (step.verb === 'manual') return askPerson(deps, view, step)
  const { run } = view
  const asker =
    step.askedBy === null
      ? { id: run.requester, slack: run.requesterSlack }
      : { id: step.askedBy, slack: step.askedBySlack }
  try {
    await checkStepRight(deps, asker, step, `${titleOf(step)} as ${run.id} does`)
  } catch (error) {
    if (error instanceof SalvorError && error.code === 'role_missing') {
      const owner = rolesForStep(step, await deps.plans.inForce())
      return refuseStep(
        deps,
        view,
        step,
        describeFailure(error, (text) => text),
        owner,
      )
    }
    // Slack does not say who is in a group: nothing starts on a guess, and the next look asks again.
    await sayWaits(deps, view, waitsFor('rights', { step: titleOf(step) }))
    return false
  }
  try {
    return await requestStep(deps, view, step, asker.id)
  } catch (error) {
    if (!(error instanceof SalvorError)) throw error
    return refuseStep(
      deps,
      view,
      step,
      describeFailure(error, (text) => text),
    )
  }
}

async function requestStep(deps: EngineDeps, view: RunView, step: RunStepView, requester: string): Promise<boolean> {
  const { run } = view
  const request = readRequest(deps.jobs, step)
  if (!request) {
    throw failKind(deps.jobs, run.procedure, view.steps, step)
  }
  const plan = await deps.plans.byDigest(run.planDigest)
  const owner = await listCalled(deps, request.kind, step)
  return makeMove(deps, null, async (tx) => {
    if (!(await isStillReady(tx.lockRun(run.id), step))) return false
    const earlier = await tx.claimRequest(`${step.id}/${step.attempt}`)
    if (earlier) return false
    const words = `${titleOf(step)} (${run.id}, step ${step.position})`
    const { kind, params } = request
    const of = { incident: run.incident, kind: kind.name, params, words, requester, plan }
    const job = await writeJob(deps, tx, of)
    await tx.answerRequest(`${step.id}/${step.attempt}`, job.id)
    await tx.updateRunStep(step.id, { state: 'started', job: job.id, failure: null })
    await tx.updateRun(run.id, { waitingFor: null })
    const data = { run: run.id, step: step.position, title: titleOf(step), job: job.id, owner }
    await tx.append(run.incident, { type: 'run_step_started', job: job.id, actor: 'salvor', data })
    return true
  })
}

/** The owner's people are told that their step is next, unless an approval is going to call people anyway. */
async function listCalled(deps: EngineDeps, kind: AnyJobKind, step: RunStepView): Promise<string[]> {
  const plan = await deps.plans.inForce()
  const system = step.system === null || !Object.hasOwn(plan.systems, step.system) ? null : plan.systems[step.system]
  const asks = kind.steps.some(
    ({ evidence, risk }) =>
      (evidence !== undefined || risk === 'reversible') && deps.plans.policyFor(plan, step.system, risk).count > 0,
  )
  return asks || !system ? [] : [system.owner]
}

async function askPerson(deps: EngineDeps, { run }: RunView, step: RunStepView): Promise<boolean> {
  return makeMove(deps, null, async (tx) => {
    if (!(await isStillReady(tx.lockRun(run.id), step))) return false
    await tx.updateRunStep(step.id, { state: 'asked' })
    const data = { run: run.id, step: step.position, title: titleOf(step), owner: step.owner ?? '' }
    await tx.append(run.incident, { type: 'run_step_asked', actor: 'salvor', data })
    return true
  })
}

async function refuseStep(
  deps: EngineDeps,
  { run }: RunView,
  step: RunStepView,
  failure: Failure,
  owner: string[] = [],
): Promise<boolean> {
  return makeMove(deps, null, async (tx) => {
    if (!(await isStillReady(tx.lockRun(run.id), step))) return false
    await tx.updateRunStep(step.id, { state: 'refused', failure })
    await tx.updateRun(run.id, { waitingFor: null })
    const data = { run: run.id, step: step.position, title: titleOf(step), failure, owner }
    await tx.append(run.incident, { type: 'run_step_refused', actor: 'salvor', data })
    return true
  })
}

/** What was ready at the look may have been started by somebody else, or the run stopped, before the lock was had. */
async function isStillReady(locked: Promise<RunView | undefined>, step: RunStepView): Promise<boolean> {
  const now = await locked
  if (now?.run.state !== 'running' || now.run.stopRequestedAt !== null) return false
  const same = now.steps.find((one) => one.position === step.position)
  return same?.attempt === step.attempt && findProgress(now).ready.includes(step.position)
}

async function sayWaits(deps: EngineDeps, { run }: RunView, waitingFor: Waiting): Promise<void> {
  if (isSameMessage(run.waitingFor, waitingFor)) return
  await deps.store.transaction((tx) => tx.updateRun(run.id, { waitingFor }))
}
