import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import { titleOf } from '../../domain/procedure.ts'
import { listDoers, type Run, type RunStep, type RunView } from '../../domain/run.ts'
import { buildRunGraph } from '../../domain/run-graph.ts'
import { statusOf } from '../../domain/run-progress.ts'
import { takeAnswer } from '../asks/take-answer.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'
import { findFrom, findProcedure, mustKnowKinds } from './run-plan.ts'
import { checkRoles, checkStepRight } from './run-rights.ts'

/** True for the id of a run: steering takes jobs and runs by the same words. */
export function isRunId(id: string): boolean {
  return /^run-\d+$/.test(id)
}

/**
 * Starts a procedure: its steps in their order, those before `from` skipped. Nothing runs yet; what waits for nothing
 * is asked for in the transactions that follow (work/advance-run.ts). Errors: procedure_unknown, procedure_kind,
 * procedure_step, run_active.
 */
export async function startRun(
  deps: EngineDeps,
  said: Utterance,
  of: { readonly incident: number; readonly procedure: string; readonly from: string | null; readonly words: string },
): Promise<RunView> {
  const plan = await deps.plans.inForce()
  const steps = findProcedure(plan, of.procedure)
  const from = of.from === null ? 1 : findFrom(steps, of.procedure, of.from)
  mustKnowKinds(deps.jobs, of.procedure, steps, from)
  const graph = buildRunGraph(steps, plan)
  const title = plan.procedures[of.procedure]?.title ?? of.procedure
  const { person } = said
  const id = await makeMove(deps, said, async (tx) => {
    await tx.lockIncident(of.incident)
    const active = (await tx.listRunsOf(of.incident, of.procedure)).find((run) => run.state === 'running')
    if (active) throw new SalvorError('run_active', { run: active.id, procedure: of.procedure })
    const run: Run = {
      id: `run-${await tx.nextNumber('run')}`,
      incident: of.incident,
      procedure: of.procedure,
      title,
      state: 'running',
      words: of.words,
      requester: person.id,
      requesterSlack: person.slack,
      requestedAt: deps.clock.now().toISOString(),
      planDigest: plan.digest,
      fromStep: of.from === null ? null : from,
      waitingFor: null,
      stopRequestedBy: null,
      stopRequestedAt: null,
      finishedAt: null,
    }
    const rows = steps.map((step): RunStep => {
      const state = step.position < from ? ('skipped' as const) : ('waiting' as const)
      const after = graph.get(step.position) ?? []
      return { ...freshStep, ...step, id: `${run.id}/${step.position}`, run: run.id, after, state }
    })
    await tx.insertRun(run, rows)
    const shown = rows.map((row) => ({ step: row.position, title: titleOf(row), after: [...row.after] }))
    const { procedure, words, fromStep, planDigest } = run
    const data = { run: run.id, procedure, title, words, from: fromStep, planDigest, steps: shown }
    await tx.append(of.incident, { type: 'run_started', actor: person.id, data })
    return run.id
  })
  return findRun(deps, String(id))
}

/**
 * A person did a manual step and says how they know. Only people with the step's role by the plan in force, only while
 * the run waits for it. Errors: run_unknown, run_step_settled, run_evidence, role_missing.
 */
export async function markDone(
  deps: EngineDeps,
  said: Utterance,
  of: { readonly run: string; readonly step: number; readonly evidence: string },
): Promise<void> {
  const view = await findRun(deps, of.run)
  const { run, steps } = view
  const chosen = steps.find((step) => step.position === of.step)
  if (!chosen) throw new SalvorError('run_step_settled', { run: of.run, step: of.step, state: 'not there' })
  const { position } = chosen
  const evidence = of.evidence.trim()
  if (evidence === '') throw new SalvorError('run_evidence', { run: of.run, step: position })
  const action = `say that step ${position} of ${of.run} is done`
  if (chosen.verb === 'manual') await checkRoles(deps, said.person, listDoers(view, chosen), action)
  else await checkStepRight(deps, said.person, chosen, action)
  const by = said.person.id
  await makeMove(deps, said, async (tx) => {
    const now = await tx.lockRun(of.run)
    const step = now?.steps.find((one) => one.position === position)
    if (!now || !step) throw new SalvorError('run_unknown', { run: of.run })
    if (step.state !== 'asked' || now.run.state !== 'running') {
      const state = step.state === 'asked' ? `set aside, the run is ${now.run.state}` : statusOf(step)
      throw new SalvorError('run_step_settled', { run: of.run, step: position, state })
    }
    const doneAt = deps.clock.now().toISOString()
    await tx.lockIncident(run.incident)
    await takeAnswer(tx, step.id, { person: by, answer: 'done', evidence, at: doneAt })
    await tx.updateRunStep(step.id, { state: 'done', doneBy: by, evidence, doneAt })
    await tx.updateRun(of.run, { waitingFor: null })
    const data = { run: of.run, step: position, title: titleOf(step), by, evidence }
    await tx.append(run.incident, { type: 'run_step_done', actor: by, data })
    return null
  })
}

/** A run as it stands now; throws `run_unknown`. */
export async function findRun(deps: Pick<EngineDeps, 'store'>, id: string): Promise<RunView> {
  const view = await deps.store.viewRun(id)
  if (!view) throw new SalvorError('run_unknown', { run: id.slice(0, 40) })
  return view
}

const freshStep = {
  attempt: 1,
  job: null,
  askedBy: null,
  askedBySlack: null,
  doneBy: null,
  evidence: null,
  doneAt: null,
  failure: null,
} as const
