import { type Anchor, writePostedAnchor } from '../anchor.ts'
import type { Card } from '../card.ts'

/** The head of a journal, for a channel that remembers it: what to type to compare it later. */
export function buildAnchorCard(anchor: Anchor): Card {
  const { incident, no, hash } = anchor
  const journal = incident === 0 ? 'the journal system' : `the journal of #${incident}`
  return {
    headline: `⚓ Event ${no} of ${journal}`,
    rows: [{ kind: 'code', text: `salvor audit ${incident} --anchor ${no}:${hash}` }],
    buttons: [],
    fallback: writePostedAnchor(anchor),
  }
}
