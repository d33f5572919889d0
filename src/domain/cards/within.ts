import type { Card } from '../card.ts'

/** Names the incident of a card that stands outside its thread, by a word that the surface can make a link of. */
export function within(incident: number, card: Card): Card {
  return { ...card, rows: [...card.rows, { kind: 'text', text: `→ thread of ${threadWord(incident)}` }] }
}

/** The word that stands for an incident's thread. */
export function threadWord(incident: number): string {
  return `incident-${incident}`
}
