import {
  type Acceptance,
  idOfFinding,
  idOfFindings,
  isAcceptable,
  MOST_ON_CARD,
  type RefusedFinding,
  refusedFinding,
  tellFindings,
} from '../../src/domain/acceptance.ts'
import type { Finding } from '../../src/domain/content.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RestoreParams } from './params.ts'

/** Kinds that are named where there are too many findings to name each. */
const KINDS = 12

/**
 * Throws content_differs for every difference over which nobody went on; answers the digests of those that somebody
 * accepted and that are still exactly what they were.
 */
export function refuseUnaccepted(context: LookContext<RestoreParams>, differing: readonly Finding[]): string[] {
  const refused = differing.map(identified)
  const accepted = new Map(context.accepted.map((one) => [one.digest, one]))
  const open = refused.filter((one) => !matches(accepted.get(one.digest), one))
  if (open.length === 0) return refused.map((one) => one.digest)
  throw new SalvorError('content_differs', { ...describeOpen(open), job: context.job.id }, { findings: open })
}

/** Each, or each kind, with an id that means exactly those; of kinds the hint's one means all that can be accepted. */
function describeOpen(open: readonly RefusedFinding[]): { seen: string; accept: string } {
  const isMany = open.length > MOST_ON_CARD
  const told = tellFindings(open)
  const named = told.slice(0, isMany ? KINDS : told.length)
  const rest = told.length > named.length ? [`${told.length - named.length} more kinds`] : []
  const acceptable = open.filter((one) => isAcceptable(one.why.code))
  const ids = isMany && acceptable.length > 0 ? [idOfFindings(acceptable)] : acceptable.map(idOfFinding)
  return {
    seen: [...named.map(({ text, findings }) => `${text} (${idOfFindings(findings)})`), ...rest].join('; '),
    accept: ids.join(', ') || '<finding>',
  }
}

/** What the register no longer lets anybody accept is not accepted, whoever did. */
function matches(known: Acceptance | undefined, one: RefusedFinding): boolean {
  return known !== undefined && isAcceptable(one.why.code)
}

function identified(finding: Finding): RefusedFinding {
  const { identity } = finding
  if (identity === undefined) throw new Error(`the finding about ${finding.name} was not identified`)
  return refusedFinding({ ...finding, identity })
}
