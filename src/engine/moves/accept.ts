import {
  describeRefused,
  findByIds,
  idOfFindings,
  isAcceptable,
  type RefusedFinding,
  tellFindings,
} from '../../domain/acceptance.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { Utterance } from '../../domain/person.ts'
import { findCurrentStep, type JobView } from '../../domain/view.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'
import { goOn, lockOrFail, mustMove } from './steer.ts'

/**
 * Goes on over findings for which a step refused: exactly those, by the digest of what was seen. The step looks again,
 * and what is new or changed refuses again. What was accepted is named first on the approval that follows, which
 * whoever accepted may not give.
 */
export async function accept(
  deps: EngineDeps,
  said: Utterance,
  id: string,
  of: { readonly findings: readonly string[]; readonly reason: string },
): Promise<void> {
  const by = said.person.id
  const reason = of.reason.trim()
  if (reason === '') throw new SalvorError('accept_reason', { job: id, accept: of.findings.join(', ') })
  await makeMove(deps, said, async (tx) => {
    const view = await lockOrFail(tx, id)
    const step = findCurrentStep(view)
    mustMove(view.job, 'go on over a finding')
    if (step?.state !== 'failed') throw new SalvorError('accept_none', { job: id, step: step?.name ?? 'it' })
    const open = step.failure?.findings ?? []
    if (open.length === 0 || !(await endsInApproval(deps, view, step.name))) {
      throw new SalvorError('accept_none', { job: id, step: step.name })
    }
    const named = of.findings.flatMap((one) => findOpen(id, open, one))
    const findings = [...new Map(named.map((one) => [one.digest, one])).values()]
    const before = new Set(view.accepted.map(({ digest }) => digest))
    const fresh = findings.filter((one) => !before.has(one.digest))
    const at = deps.clock.now().toISOString()
    for (const one of fresh) await tx.addAcceptance(id, { ...one, step: step.name, by, reason, at })
    const data = { step: step.name, findings: JSON.parse(JSON.stringify(findings)), reason }
    await tx.append(view.job.incident, { type: 'findings_accepted', job: id, actor: by, data })
    await tx.moveStep(step.id, { state: 'failed' }, { state: 'waiting', attempt: step.attempt + 1, failure: null })
    await goOn(deps, tx, view, { type: 'job_resumed', job: id, actor: by, data: { by } })
    return null
  })
}

/** By what the card called them. What the register does not let anybody accept is refused, whatever a row says. */
function findOpen(job: string, open: readonly RefusedFinding[], id: string): readonly RefusedFinding[] {
  const found = findByIds(open, id)
  if (found.length === 0) throw new SalvorError('accept_unknown', { finding: id, job, open: nameOpen(open) })
  const never = found.find((one) => !isAcceptable(one.why.code))
  if (never !== undefined) throw new SalvorError('accept_never', { finding: describeRefused(never) })
  return found
}

function nameOpen(open: readonly RefusedFinding[]): string {
  return tellFindings(open)
    .map(({ findings }) => idOfFindings(findings))
    .join(', ')
}

/** Another person sees what was accepted only where a step behind this one is approved by the pinned plan. */
async function endsInApproval(deps: EngineDeps, { job, steps }: JobView, name: string): Promise<boolean> {
  const kind = deps.jobs.find(job.kind)
  const definition = kind?.steps.find((one) => one.name === name)
  if (!kind || definition?.shownBy === undefined) return false
  const shown = kind.steps.find((one) => one.name === definition.shownBy)
  const plan = await deps.plans.byDigest(job.planDigest)
  if (shown?.evidence === undefined || !steps.some((one) => one.name === shown.name)) return false
  return deps.plans.policyFor(plan, kind.system(kind.params.parse(job.params) as never), shown.risk).count > 0
}
