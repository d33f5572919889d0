import type { Card, CardRow } from '../card.ts'
import { describeError, type ErrorMessage, hintOf } from '../errors/error-message.ts'
import { describeLeft, type LeftBehind } from '../left-behind.ts'
import type { Failure } from '../step.ts'
import { markPerson, markTimesIn, plainText } from '../text.ts'
import type { JobView } from '../view.ts'
import { boundCard } from './bound-card.ts'
import { drawFailure } from './job-card.ts'
import { type Instead, listJobButtons } from './job-words.ts'

/** What a finished job says of itself; the shape of a kind's report. */
export interface OutcomeWords {
  readonly summary: string
  readonly proven: readonly string[]
  readonly lost: readonly string[]
  readonly left: readonly string[]
  readonly undo: boolean
  /** What helps where it failed: engine/job-offers.ts. */
  readonly instead?: Instead | null | undefined
}

/** A new message for the requester: it is done, with what was proven, lost and left, and the way back. */
export function buildSuccessCard(view: JobView, report: OutcomeWords): Card {
  const headline = `✅ ${view.job.id}: ${report.summary}`
  return boundCard({
    headline,
    rows: [
      ...firstRow(view),
      ...listFact('Proven', report.proven),
      ...listFact('Lost', report.lost),
      ...listFact('Left', report.left),
    ],
    buttons: listJobButtons(view, report),
    fallback: `${markPerson(view.job.requester)} ${headline}`,
  })
}

/** A new message for the requester: it failed, what was seen, what to do next. */
export function buildFailureCard(view: JobView, failure: Failure, { instead }: Pick<OutcomeWords, 'instead'>): Card {
  const { job } = view
  const said = markTimesIn(describeError(failure))
  const [, ...rest] = drawFailure(failure)
  return boundCard({
    headline: `❌ ${job.id}: ${said}`,
    rows: [...firstRow(view), ...rest],
    buttons: listJobButtons(view, { undo: false, instead }),
    fallback: `${markPerson(job.requester)} ${job.id} failed: ${said} ${plainText(hintOf(failure))}`,
  })
}

/** A new message for the requester: somebody stopped it for real, and this is what is left. */
export function buildStoppedCard(view: JobView, by: string, left: readonly LeftBehind[]): Card {
  const headline = `⏹ ${view.job.id} stopped by ${markPerson(by)}`
  return boundCard({
    headline,
    rows: [
      ...firstRow(view),
      ...listFact('Left', left.length > 0 ? left.map((one) => plainText(describeLeft(one))) : ['nothing']),
    ],
    buttons: listJobButtons(view, { undo: false }),
    fallback: `${markPerson(view.job.requester)} ${headline}`,
  })
}

/** A new message for the requester: an approver said no, and why. */
export function buildRejectedCard(view: JobView, by: string, reason: string): Card {
  const headline = `🚫 ${view.job.id} rejected by ${markPerson(by)}`
  return boundCard({
    headline,
    rows: [...firstRow(view), { kind: 'fact', label: 'Why', text: plainText(reason) }],
    buttons: listJobButtons(view, { undo: false }),
    fallback: `${markPerson(view.job.requester)} ${headline}: ${plainText(reason)}`,
  })
}

/** A new message for the requester: the world cannot say whether a step happened, so a person must. */
export function buildNeedsPersonCard(view: JobView, step: string, why: ErrorMessage): Card {
  const { job } = view
  const headline = `❓ ${job.id}: did ${step} happen?`
  const seen = markTimesIn(describeError(why))
  const how = `Look at the target, then: \`resume ${job.id} --settle done|not-done --reason …\``
  return boundCard({
    headline,
    rows: [...firstRow(view), { kind: 'fact', label: 'Seen', text: seen }, { kind: 'text', text: how }],
    buttons: listJobButtons(view, { undo: false }),
    fallback: `${markPerson(job.requester)} ${headline} ${seen}`,
  })
}

function firstRow(view: JobView): CardRow[] {
  return [{ kind: 'small', text: `${markPerson(view.job.requester)}: ${plainText(view.job.words)}` }]
}

function listFact(label: string, lines: readonly string[]): CardRow[] {
  return lines.length === 0 ? [] : [{ kind: 'fact', label, text: lines.join('\n') }]
}
