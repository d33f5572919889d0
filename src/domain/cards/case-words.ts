import { listAnswerers } from '../ask.ts'
import type { CardRow } from '../card.ts'
import { markPerson, markTime, plainText } from '../text.ts'
import { listWaitingCases, listWords, readCase } from '../uat.ts'
import type { JobView } from '../view.ts'

/** Cases that one card lists. */
const MOST_CASES = 8

/** Who is awaited by the cases of a job, for how many of them, until when; null where none waits for anybody. */
export function sayCases(view: JobView, people: readonly string[]): { who: string; what: string; by: string } | null {
  const waiting = listWaitingCases(view)
  const [first, ...more] = waiting
  if (first === undefined) return null
  const roles = [...new Set(waiting.flatMap(listAnswerers))]
  return {
    who: people.map(markPerson).join(' or ') || `somebody with the role ${roles.map(plainText).join(' or ')}`,
    what: more.length === 0 ? `case ${readCase(first).no}` : `${waiting.length} cases`,
    by: first.answerBy === null ? '' : ` by ${markTime(first.answerBy)}`,
  }
}

/** The cases of a job that wait, one a row, and the words with which somebody judges one. */
export function listCaseRows(view: JobView): CardRow[] {
  const waiting = listWaitingCases(view)
  if (waiting.length === 0) return []
  const rows = waiting.slice(0, MOST_CASES).map((ask): CardRow => {
    const { no, name } = readCase(ask)
    const count = ask.needed > 1 ? ` · ${listWords(ask.given).judgements.length} of ${ask.needed} have judged it` : ''
    return { kind: 'text', text: `🧪 ${view.job.id}, case ${no}: ${plainText(name)}${count}` }
  })
  const more = waiting.length - rows.length
  const { id } = view.job
  const words = `\`pass ${id} <case>\`, \`fail ${id} <case> <what you saw>\`, \`blocked ${id} <case> <why>\``
  return [...rows, { kind: 'small', text: `${more > 0 ? `and ${more} more · ` : ''}Testers say ${words}` }]
}
