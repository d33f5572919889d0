import { type Acceptance, tellFindings } from '../acceptance.ts'
import type { Approval } from '../approval.ts'
import { describeWarning } from '../approval-warnings.ts'
import type { CardRow } from '../card.ts'
import { markPerson, plainText } from '../text.ts'

/** The very first lines of what asks for an approval: what people accepted, then what must be read before all else. */
export function listWarnings({ accepted = [], warnings = [] }: Approval['subject']): CardRow[] {
  return [...sayAccepted(accepted), ...warnings.map((one) => `⚠ ${plainText(describeWarning(one))}`)].map((text) => ({
    kind: 'text',
    text,
  }))
}

/** One by one, or by kind with who accepted them and why: then the window that Approve opens names each. */
function sayAccepted(accepted: readonly Acceptance[]): string[] {
  const sayBy = ({ by, reason }: Acceptance) => ` · accepted by ${markPerson(by)}: ${plainText(reason)}`
  const acts = Map.groupBy(accepted, ({ by, reason }) => `${by}\0${reason}`)
  return [...acts.values()].flatMap((act) =>
    tellFindings(act, accepted.length).map(
      ({ text, findings: [first] }) => `⚠ ${plainText(text)}${first === undefined ? '' : sayBy(first)}`,
    ),
  )
}
