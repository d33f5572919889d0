import {
  type Acceptance,
  describeRefused,
  idOfFinding,
  isAcceptable,
  MOST_ACCEPTED,
  type RefusedFinding,
  refusedFinding,
} from '../../src/domain/acceptance.ts'
import type { Finding } from '../../src/domain/content.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RestoreParams } from './params.ts'

/** Named where there are too many to be accepted. */
const NAMED = 5

/**
 * Throws content_differs for every difference over which nobody went on; answers the digests of those that somebody
 * accepted and that are still exactly what they were.
 */
export function refuseUnaccepted(context: LookContext<RestoreParams>, differing: readonly Finding[]): string[] {
  if (differing.length > MOST_ACCEPTED) {
    const seen = `${differing.slice(0, NAMED).map(describe).join('; ')}; and ${differing.length - NAMED} more`
    throw new SalvorError('content_differs_much', { seen, count: differing.length, most: MOST_ACCEPTED })
  }
  const refused = differing.map(identified)
  const isAccepted = (one: RefusedFinding) => context.accepted.some((known) => matches(known, one))
  const open = refused.filter((one) => !isAccepted(one))
  if (open.length === 0) return refused.map((one) => one.digest)
  const seen = open.map((one) => `${describeRefused(one)} (${idOfFinding(one)})`).join('; ')
  const accept =
    open
      .filter((one) => isAcceptable(one.why.code))
      .map(idOfFinding)
      .join(', ') || '<finding>'
  throw new SalvorError('content_differs', { seen, job: context.job.id, accept }, { findings: open })
}

/** What the register no longer lets anybody accept is not accepted, whoever did. */
function matches(known: Acceptance, one: RefusedFinding): boolean {
  return known.digest === one.digest && isAcceptable(one.why.code)
}

function identified(finding: Finding): RefusedFinding {
  const { identity } = finding
  if (identity === undefined) throw new Error(`the finding about ${finding.name} was not identified`)
  return refusedFinding({ ...finding, identity })
}

function describe(finding: Finding): string {
  return describeRefused(refusedFinding({ ...finding, identity: '' }))
}
