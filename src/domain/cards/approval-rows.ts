import type { Approval } from '../approval.ts'
import type { CardRow } from '../card.ts'
import type { Job } from '../job.ts'
import { markPerson, markTimesIn, plainText } from '../text.ts'

/** Which job of which incident asks, in whose words, and what it brings back: a copy stands in no thread that says so. */
export function sayWhose({ incident, subject }: Approval, { id, requester, words }: Job): CardRow[] {
  const asked: CardRow = {
    kind: 'small',
    text: `${id} of #${incident} · Asked by ${markPerson(requester)}: ${plainText(words)}`,
  }
  return subject.from === undefined
    ? [asked]
    : [asked, { kind: 'fact', label: 'From', text: markTimesIn(subject.from) }]
}

/** What goes away, and what comes back. */
export function sayChanges({ lost, returns }: Approval['subject']): CardRow[] {
  return [fact('Lost', lost), ...(returns === undefined ? [] : [fact('Comes back', returns)])]
}

function fact(label: string, text: string): CardRow {
  return { kind: 'fact', label, text: plainText(text) }
}
