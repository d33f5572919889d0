import type { Card } from '../card.ts'

/** One line of the thread as a card. May carry marks. */
export function buildLineCard(text: string): Card {
  return { headline: text, rows: [], buttons: [], fallback: text }
}
