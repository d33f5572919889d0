import { type Approval, type ApprovalSubject, hasQuorum } from '../../domain/approval.ts'
import type { ApprovalWhy } from '../../domain/approval-why.ts'
import { digestOf } from '../../domain/digest.ts'
import { type JsonObject, writeStorableJson } from '../../domain/json.ts'
import type { Policy } from '../../ports/plans.ts'
import { listShared } from '../approval-need.ts'
import type { LookContext } from '../define-step.ts'
import { checkApprovalRow } from './check-rows.ts'
import type { WorkDeps } from './deps.ts'
import type { LoadedStep } from './load-step.ts'
import { nameChanges } from './name-changes.ts'

/**
 * What the reversible steps of a job that are not done yet will do, as it looks now: one card for all of them. `covers`
 * in what is bound holds each step's commands, with what these stand on.
 */
export async function collectChanges(loaded: LoadedStep, context: LookContext<never>): Promise<ApprovalSubject> {
  const { kind, plan, view, step } = loaded
  const changes = await kind.changes?.(context)
  if (!changes) throw new Error(`the kind ${kind.name} does not show what its reversible steps do`)
  const { steps, binds, ...shown } = changes
  const left = listShared(kind, loaded.params as never, plan).filter((name) =>
    view.steps.some((one) => one.name === name && one.position >= step.position),
  )
  const covers = left.map((name) => {
    const found = Object.hasOwn(steps, name) ? steps[name] : undefined
    if (!found) throw new Error(`the kind ${kind.name} does not show what its step ${name} does`)
    return [name, { does: [...found.does], ...found.binds }] as const
  })
  return {
    ...shown,
    does: left.flatMap((name) => steps[name]?.does ?? []),
    ceiling: {},
    binds: { ...binds, covers: Object.fromEntries(covers) },
  }
}

type Standing =
  | { readonly stands: true; readonly approval: Approval }
  | { readonly stands: false; readonly why: readonly ApprovalWhy[] | null }

/**
 * The approval that an earlier reversible step of this job used, if it still is for exactly what comes now. It holds
 * while the job is at work: what was taken up again after it came to rest is asked about anew.
 */
export async function findStanding(
  deps: Pick<WorkDeps, 'store'>,
  { view, step, kind }: LoadedStep,
  policy: Policy,
  subject: ApprovalSubject,
): Promise<Standing> {
  const reversible = kind.steps.flatMap(({ name, risk }) => (risk === 'reversible' ? [`${view.job.id}/${name}`] : []))
  const approval = view.approvals.findLast((one) => reversible.includes(one.step))
  if (approval?.state !== 'used') return { stands: false, why: null }
  checkApprovalRow(approval, policy, view.job)
  if (!hasQuorum(approval)) throw new Error(`approval ${approval.id} lacks its quorum`)
  if (!isSame(approval.subject, subject, step.name))
    return { stands: false, why: nameChanges(approval.subject, subject) }
  return (await deps.store.isHolding(approval.id, step.id)) ? { stands: true, approval } : { stands: false, why: null }
}

/** Everything that comes now was approved, word for word; what is done already may look different by now. */
function isSame(approved: ApprovalSubject, now: ApprovalSubject, step: string): boolean {
  const [before, after] = [splitBinds(approved), splitBinds(now)]
  if (!Object.hasOwn(before.covers, step) || !Object.hasOwn(after.covers, step)) return false
  if (digestOf(before.common) !== digestOf(after.common)) return false
  return Object.entries(after.covers).every(
    ([name, bound]) => Object.hasOwn(before.covers, name) && digestOf(before.covers[name] ?? null) === digestOf(bound),
  )
}

/** What the card says of all steps together, and what it binds of each. */
function splitBinds({ binds, does: _, details: __, ...shown }: ApprovalSubject): {
  common: JsonObject
  covers: JsonObject
} {
  const { covers, ...rest } = binds
  const common = { ...(JSON.parse(writeStorableJson(shown)) as JsonObject), binds: rest }
  const isObject = typeof covers === 'object' && covers !== null && !Array.isArray(covers)
  return { common, covers: isObject ? (covers as JsonObject) : {} }
}
