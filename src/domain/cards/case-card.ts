import type { Ask } from '../ask.ts'
import type { Card, CardButton, CardRow } from '../card.ts'
import type { Job } from '../job.ts'
import type { UatCase } from '../recovery-plan.ts'
import { markTime, plainText } from '../text.ts'

/** One case for one tester: what to do, what they said, and the buttons until the sign-off. */
export function buildCaseCard(
  ask: Ask,
  job: Job,
  { name, as, given, do: act, expect, url }: UatCase,
  person: string,
): Card {
  const { no = '', suite = '' } = ask.question.facts as { no?: string | number; suite?: string | number }
  const open = ask.state === 'asked'
  const mine = ask.given.findLast((one) => one.person === person)
  const headline = `🧪 ${plainText(String(suite))}, case ${no}: ${plainText(name)}`
  const by = ask.answerBy === null ? '' : ` · by ${markTime(ask.answerBy)}`
  const facts = { As: as, Given: given, Do: act, Expect: expect, Where: url }
  return {
    headline,
    rows: [
      ...Object.entries(facts).flatMap(([label, text]): CardRow[] =>
        text === undefined ? [] : [{ kind: 'fact', label, text: plainText(text) }],
      ),
      ...(mine === undefined
        ? []
        : [
            {
              kind: 'text' as const,
              text: `You said ${mine.answer}${mine.evidence ? `: ${plainText(mine.evidence)}` : ''}`,
            },
          ]),
      {
        kind: 'small',
        text: open ? `${job.id}${by} · can be changed until the sign-off` : `${job.id}: no answer is taken any more`,
      },
    ],
    buttons: open ? listButtons(job.id, String(no)) : [],
    fallback: open ? `Please try: ${plainText(name)} (${plainText(String(suite))}, case ${no})` : headline,
  }
}

function listButtons(job: string, no: string): CardButton[] {
  return [
    { verb: 'Pass', rest: '', command: `pass ${job} ${no}`, style: 'primary' },
    { verb: 'Fail', rest: '', command: `fail ${job} ${no}`, style: 'danger' },
    { verb: 'Blocked', rest: '', command: `blocked ${job} ${no}` },
    { verb: 'Comment', rest: '', command: `comment ${job} ${no}` },
  ]
}
