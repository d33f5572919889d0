import { type Acceptance, describeGroup, describeRefused, groupFindings, MOST_ON_CARD } from '../acceptance.ts'
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
  if (accepted.length <= MOST_ON_CARD) return accepted.map((one) => `⚠ ${plainText(describeRefused(one))}${sayBy(one)}`)
  const acts = Map.groupBy(accepted, ({ by, reason }) => `${by}\0${reason}`)
  return [...acts.values()].flatMap((act) =>
    groupFindings(act).map((group) => {
      const [first] = group.findings
      return `⚠ ${plainText(describeGroup(group))}${first === undefined ? '' : sayBy(first)}`
    }),
  )
}
