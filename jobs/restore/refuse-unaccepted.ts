import {
  type Acceptance,
  describeGroup,
  describeRefused,
  groupFindings,
  idOfFinding,
  idOfFindings,
  isAcceptable,
  MOST_ON_CARD,
  type RefusedFinding,
  refusedFinding,
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
  const { seen, accept } = open.length > MOST_ON_CARD ? describeMany(open) : describeEach(open)
  throw new SalvorError('content_differs', { seen, job: context.job.id, accept }, { findings: open })
}

function describeEach(open: readonly RefusedFinding[]): { seen: string; accept: string } {
  const ids = open.filter((one) => isAcceptable(one.why.code)).map(idOfFinding)
  return {
    seen: open.map((one) => `${describeRefused(one)} (${idOfFinding(one)})`).join('; '),
    accept: ids.join(', ') || '<finding>',
  }
}

/** By kind, each with an id that means exactly those findings; the hint's one means all that can be accepted. */
function describeMany(open: readonly RefusedFinding[]): { seen: string; accept: string } {
  const groups = groupFindings(open)
  const acceptable = open.filter((one) => isAcceptable(one.why.code))
  const rest = groups.length > KINDS ? [`${groups.length - KINDS} more kinds`] : []
  const named = groups.slice(0, KINDS).map((one) => `${describeGroup(one)} (${idOfFindings(one.findings)})`)
  return {
    seen: [...named, ...rest].join('; '),
    accept: acceptable.length === 0 ? '<finding>' : idOfFindings(acceptable),
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
