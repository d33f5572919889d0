import type { Answer, Ask } from '../ask.ts'
import type { Card, CardButton, CardRow } from '../card.ts'
import type { UatCase } from '../recovery-plan.ts'
import { markTime, plainText } from '../text.ts'
import { isCaseOpen, listWords, readCase } from '../uat.ts'
import type { JobView } from '../view.ts'

/**
 * One case for one tester, by their names: what to do, what they said, and the buttons until no word is taken any more:
 * its time is over, the job has ended, or the step that takes the results has begun.
 */
export function buildCaseCard(
  ask: Ask,
  view: Pick<JobView, 'job' | 'steps'>,
  { name, as, given, do: act, expect, url, covers }: UatCase,
  names: readonly string[],
): Card {
  const { job } = view
  const { no, suite } = readCase(ask)
  const open = isCaseOpen(view, ask)
  const headline = `🧪 ${plainText(suite)}, case ${no}: ${plainText(name)}`
  const by = ask.answerBy === null ? '' : ` · by ${markTime(ask.answerBy)}`
  const about = covers.length === 0 ? undefined : covers.join(', ')
  const facts = { As: as, Given: given, Do: act, Expect: expect, Where: url, Covers: about }
  return {
    headline,
    rows: [
      ...Object.entries(facts).flatMap(([label, text]): CardRow[] =>
        text === undefined ? [] : [{ kind: 'fact', label, text: plainText(text) }],
      ),
      ...listMine(ask, names),
      {
        kind: 'small',
        text: open ? `${job.id}${by} · can be changed until the sign-off` : `${job.id}: no answer is taken any more`,
      },
    ],
    buttons: open ? listButtons(job.id, no) : [],
    fallback: open ? `Please try: ${plainText(name)} (${plainText(suite)}, case ${no})` : headline,
  }
}

/** What stands of somebody's words: their judgement, and their last comment beside it. */
function listMine({ given }: Ask, names: readonly string[]): CardRow[] {
  const { judgements, comments } = listWords(given.filter(({ person }) => names.includes(person)))
  const show = (verb: string, one: Answer | undefined): CardRow[] =>
    one === undefined ? [] : [{ kind: 'text', text: `${verb}${one.evidence ? `: ${plainText(one.evidence)}` : ''}` }]
  const judgement = judgements.at(-1)
  return [...show(`You said ${judgement?.answer}`, judgement), ...show('You remarked', comments.at(-1))]
}

function listButtons(job: string, no: number): CardButton[] {
  return [
    { verb: 'Pass', rest: '', command: `pass ${job} ${no}`, style: 'primary' },
    { verb: 'Fail', rest: '', command: `fail ${job} ${no}`, style: 'danger' },
    { verb: 'Blocked', rest: '', command: `blocked ${job} ${no}` },
    { verb: 'Comment', rest: '', command: `comment ${job} ${no}` },
  ]
}
