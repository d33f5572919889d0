import type { Card } from '../card.ts'
import type { Failure } from '../step.ts'
import { markTimesIn } from '../text.ts'

/** An error for the asker alone: what happened, what was seen, what to do next. */
export function buildErrorCard(failure: Failure): Card {
  const said = markTimesIn(failure.said)
  return {
    headline: `❌ ${said}`,
    rows: [
      { kind: 'text', text: markTimesIn(failure.hint) },
      ...(failure.excerpt ? [{ kind: 'code' as const, text: failure.excerpt }] : []),
    ],
    buttons: [],
    fallback: `${said} ${markTimesIn(failure.hint)}`,
  }
}
