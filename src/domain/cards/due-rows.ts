import type { CardRow } from '../card.ts'
import type { Due, DueKind } from '../due.ts'
import { fillIn } from '../message.ts'
import { markTime } from '../text.ts'

/** What will happen by itself, by kind. */
const dueTexts: Readonly<Record<DueKind, string>> = {
  approval_remind: 'whoever may approve {about} is reminded',
  approval_escalate: 'others may approve {about} as well',
  approval_expire: 'the approval of {about} runs out',
  page: 'somebody is paged about {about}',
  ask_remind: 'whoever is asked about {about} is reminded',
  ask_escalate: 'others are asked about {about} as well',
  ask_expire: 'the question about {about} ends',
}

/** Rows that one card takes. */
const MOST_ROWS = 8

/** What will happen by itself, the next first. */
export function listDueRows(due: readonly Due[]): CardRow[] {
  const rows = due.slice(0, MOST_ROWS).map((one): CardRow => {
    const again = one.tries > 0 ? ` · tried ${one.tries} times` : ''
    const text = `${markTime(one.at)} ${fillIn(dueTexts[one.kind], { about: one.job ?? one.subject.replace(/#.*/, '') })}${again}`
    return { kind: 'fact', label: 'Due', text }
  })
  const more = due.length - rows.length
  return more > 0 ? [...rows, { kind: 'small', text: `and ${more} more` }] : rows
}
