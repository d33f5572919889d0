import type { DryRun, DryRunPart, DryRunStep, Estimate } from '../../domain/dry-run.ts'
import type { JsonObject } from '../../domain/json.ts'
import { type ProcedureStep, rolesForStep, titleOf } from '../../domain/procedure.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { chooseRestorePoint } from '../../domain/restore-choice.ts'
import type { Risk } from '../../domain/risk.ts'
import { buildRunGraph } from '../../domain/run-graph.ts'
import type { JobView } from '../../domain/view.ts'
import { addressOf, nameInAddress } from '../address.ts'
import { findNeed } from '../approval-need.ts'
import { listBackups } from '../backups/list-backups.ts'
import type { CommandContext } from '../define-command.ts'
import type { AnyJobKind, PreviewNames } from '../define-job.ts'
import { findProcedure, readRequest } from '../moves/run-plan.ts'

type Looking = Pick<
  CommandContext,
  'plan' | 'jobs' | 'store' | 'tools' | 'policyFor' | 'peopleOf' | 'expand' | 'resolvePath' | 'incident'
>

/**
 * Every step of a procedure with what it would do, who is asked, how long it takes by what is known. Changes nothing
 * and asks only the plan, the store and, for a restore, the list of backups and whose they are. Throws `procedure_unknown`.
 */
export async function buildDryRun(context: Looking, procedure: string): Promise<DryRun> {
  const { plan } = context
  const steps = findProcedure(plan, procedure)
  const graph = buildRunGraph(steps, plan)
  const described = await Promise.all(steps.map((step) => describeStep(context, step, graph.get(step.position) ?? [])))
  return { procedure, title: plan.procedures[procedure]?.title ?? procedure, steps: described }
}

async function describeStep(context: Looking, step: ProcedureStep, after: readonly number[]): Promise<DryRunStep> {
  const { plan } = context
  const owner = rolesForStep(step, plan)
  const system = step.system === null ? undefined : plan.systems[step.system]
  const common = {
    ...{ position: step.position, title: titleOf(step), tier: system?.tier ?? null, after },
    owner,
    people: await context.peopleOf(owner),
  }
  const quiet = { lock: null, parts: [], back: 'Whoever does it knows.', estimate: null, problem: null }
  if (step.verb === 'manual') return { ...common, ...quiet }
  const request = readRequest(context.jobs, step)
  if (!request) return { ...common, ...quiet, back: '', problem: 'this Salvor cannot do it' }
  const { kind, params } = request
  const parsed = kind.params.parse(params) as never
  const preview = kind.preview?.(parsed, plan, namesOf(context))
  return {
    ...common,
    lock: kind.lock(parsed),
    parts: await describeParts(context, kind, parsed, preview?.does ?? {}),
    back: preview?.back ?? kind.leaves,
    estimate: (await readMeasured(context, kind, params)) ?? (await readManifest(context, step)),
    problem: null,
  }
}

async function describeParts(
  context: Looking,
  kind: AnyJobKind,
  params: never,
  does: { readonly [step: string]: readonly string[] },
): Promise<DryRunPart[]> {
  const { plan } = context
  const names = kind.plan(params, plan)
  const plans = { policyFor: (_: RecoveryPlan, system: string | null, risk: Risk) => context.policyFor(system, risk) }
  const definitions = names.flatMap((name) => kind.steps.filter((one) => one.name === name))
  return Promise.all(
    definitions.map(async ({ name, title, risk }) => {
      const need = findNeed({ plans, kind, plan }, params, name)
      const { from, count, notRequester } = need.policy
      const approval = need.asksHere ? { from, count, notRequester, people: await context.peopleOf(from) } : null
      return { title, risk, does: does[name] ?? [], approval }
    }),
  )
}

/** Names of databases come from addresses; only the name leaves this function. */
function namesOf({ plan, expand }: Looking): PreviewNames {
  return {
    database(system) {
      const found = plan.systems[system]
      if (found?.kind !== 'postgres') return `<${system}>`
      try {
        return nameInAddress(expand(found.url))
      } catch {
        return `<${system}>`
      }
    },
  }
}

/** The newest job of the same kind on the same thing: the time that its steps were at work, not that people took. */
async function readMeasured({ store }: Looking, kind: AnyJobKind, params: JsonObject): Promise<Estimate | null> {
  const view = await store.findLastSucceeded(kind.name, params)
  return view === undefined ? null : { seconds: sumSteps(view), source: view.job.id }
}

function sumSteps(view: JobView): number {
  const spent = view.steps.map(({ startedAt, finishedAt }) =>
    startedAt === null || finishedAt === null ? 0 : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)),
  )
  return spent.reduce((sum, ms) => sum + ms, 0) / 1000
}

/** What the manifest of the backup says that would be taken; null where this process cannot see the backups. */
async function readManifest(context: Looking, step: ProcedureStep): Promise<Estimate | null> {
  const { tools, plan, incident } = context
  const system = plan.systems[step.about]
  if (step.verb !== 'restore' || tools === null || system?.kind !== 'postgres') return null
  try {
    const target = addressOf(context, step.about, { step: 'dry-run', fence: 0 })
    const points = await listBackups({ ...context, tools, target }, step.about)
    const beganAt = incident?.beganAt ?? null
    const choice = chooseRestorePoint({ points, beganAt, wanted: beganAt === null ? 'latest' : null })
    const predicted = choice.kind === 'chosen' ? choice.candidates[0]?.predicted : null
    return predicted ? { seconds: predicted.seconds, source: predicted.from } : null
  } catch {
    // A folder that cannot be read now is the business of `backups`, which says why.
    return null
  }
}

/** Systems of the plan by tier, for an overview: the tiers in their order, names in the plan's. */
export function listTiers(plan: RecoveryPlan): { tier: number; systems: string[] }[] {
  const tiers = [...new Set(Object.values(plan.systems).map(({ tier }) => tier))].sort((one, other) => one - other)
  return tiers.map((tier) => ({
    tier,
    systems: Object.keys(plan.systems).filter((name) => plan.systems[name]?.tier === tier),
  }))
}
