import type { Card } from '../card.ts'
import { describeError, hintOf } from '../errors/error-message.ts'
import type { Failure } from '../step.ts'
import { markTimesIn } from '../text.ts'

/** An error for the asker alone: what happened, what was seen, what to do next. */
export function buildErrorCard(failure: Failure): Card {
  const said = markTimesIn(describeError(failure))
  const hint = markTimesIn(hintOf(failure))
  return {
    headline: `❌ ${said}`,
    rows: [
      ...(hint === '' ? [] : [{ kind: 'text' as const, text: hint }]),
      ...(failure.excerpt ? [{ kind: 'code' as const, text: failure.excerpt }] : []),
    ],
    buttons: [],
    fallback: `${said} ${hint}`,
  }
}
