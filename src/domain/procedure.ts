import { z } from 'zod'
import { durationText } from './plan-parts.ts'
import { durationMs, type PlanText } from './recovery-plan.ts'
import { listOwners } from './scope.ts'
import { plainText } from './text.ts'

/** Where a procedure's word after the verb is looked up in the plan. */
type ProcedureTarget = 'systems' | 'logs' | 'uat' | 'migrations' | 'scripts' | 'monitors'

/** What a procedure may say, and what the word after it is. `manual` takes a title and an owner instead. */
export const procedureVerbs: { readonly [verb: string]: ProcedureTarget } = {
  backup: 'systems',
  baseline: 'systems',
  compare: 'systems',
  config: 'systems',
  drill: 'systems',
  fix: 'systems',
  freeze: 'systems',
  logs: 'logs',
  redeploy: 'systems',
  rerun: 'migrations',
  restart: 'systems',
  restore: 'systems',
  script: 'scripts',
  test: 'systems',
  thaw: 'systems',
  uat: 'uat',
  verify: 'systems',
  watch: 'monitors',
}

/** Steps that look or ask and change nothing of a system: whoever holds any role may have them done. */
const asking = ['logs', 'test', 'uat', 'watch']

/** What a manual step says: what to do, whose people do it, and who may as well when nobody did for a while. */
export const manualSchema = z.strictObject({
  title: z.string(),
  owner: z.string(),
  escalateTo: z.array(z.string()).default([]),
  escalateAfter: durationText.optional(),
})

/** One step of a procedure, as the plan writes it. */
export interface ProcedureStep {
  /** Counts from 1 in the order of the plan. */
  readonly position: number
  /** The job kind, or `manual`. */
  readonly verb: string
  /** What it works on: a system, a log, a suite …; of a manual step its title. */
  readonly about: string
  /** The system whose order it keeps; null for what concerns no system in particular, which is a barrier. */
  readonly system: string | null
  /** Of a manual step the role whose people do it. */
  readonly owner: string | null
  /** Of a manual step: roles whose people may do it as well, once nobody did for so many milliseconds. */
  readonly escalateTo?: readonly string[]
  readonly escalateAfterMs?: number | null
}

/** Names of the plan's procedures, in its order. */
export function listProcedures(plan: PlanText): string[] {
  return Object.keys(plan.procedures)
}

/** The steps of a procedure; undefined if the plan has none of that name. The plan was checked when it was read. */
export function readProcedure(plan: PlanText, name: string): ProcedureStep[] | undefined {
  const procedure = Object.hasOwn(plan.procedures, name) ? plan.procedures[name] : undefined
  return procedure?.steps.map((step, index) => readStep(plan, step, index + 1))
}

/** `restore orders-db`; of a manual step its title. */
export function titleOf(step: Pick<ProcedureStep, 'verb' | 'about'>): string {
  return step.verb === 'manual' ? step.about : `${step.verb} ${step.about}`
}

/** `step 3 (restart orders-api), step 4 (…)`: steps that an event names. */
export function nameSteps(steps: readonly { readonly step: number; readonly title: string }[]): string {
  return steps.map(({ step, title }) => `step ${step} (${plainText(title)})`).join(', ')
}

/**
 * The roles whose holders may have a step done, by the plan in force: of a manual step its owner, of a step that only
 * looks any role, else the owner of the system. Empty means nobody: what the plan does not know gives no right.
 */
export function rolesForStep(step: ProcedureStep, plan: PlanText): string[] {
  if (step.verb === 'manual') return step.owner === null ? [] : [step.owner]
  if (asking.includes(step.verb)) return Object.keys(plan.roles)
  return listOwners(plan, step.system)
}

function readStep(plan: PlanText, step: { readonly [verb: string]: unknown }, position: number): ProcedureStep {
  const [verb = '', word] = Object.entries(step)[0] ?? []
  if (verb === 'manual') {
    const { title, owner, escalateTo, escalateAfter } = manualSchema.parse(word)
    const escalateAfterMs = escalateAfter === undefined ? null : durationMs(escalateAfter)
    return { position, verb, about: title, system: null, owner, escalateTo, escalateAfterMs }
  }
  const about = String(word)
  return { position, verb, about, system: findSystem(plan, verb, about), owner: null }
}

function findSystem(plan: PlanText, verb: string, about: string): string | null {
  switch (procedureVerbs[verb]) {
    case 'systems':
      return about
    case 'migrations':
      return plan.migrations[about]?.system ?? null
    case 'monitors':
      return plan.monitors[about]?.system ?? null
    default:
      return null
  }
}
