import type { HomeView, KnownBlock } from '@slack/types'
import type { HomeCard, HomeSection } from '../../domain/cards/home-card.ts'
import { hashText } from '../../domain/digest.ts'
import { drawBlocks } from './draw-card.ts'
import { limits } from './limits.ts'
import type { Voice } from './write-text.ts'

/** A Home tab as Slack takes it. `shows` is a digest, to tell whether publishing would change anything. */
export interface DrawnHome {
  readonly view: HomeView
  readonly shows: string
}

/** Heading, note and line of a list, which it needs even where none of its cards has room. */
const FRAME = 3

/**
 * Draws a Home within all of Slack's limits. Sections that are always whole come first to the room there is, then
 * the lists from the last to the first, so that the uppermost takes all that is left. What did not fit is counted.
 */
export function drawHome(home: HomeCard, voice: Voice): DrawnHome {
  const count = { next: 0 }
  const drawn = new Map<HomeSection, KnownBlock[]>()
  const lists = home.sections.filter(({ hidden }) => hidden !== null).toReversed()
  for (const section of home.sections.filter(({ hidden }) => hidden === null))
    drawn.set(section, drawSection(section, voice, { blocks: limits.modalBlocks, bytes: limits.viewBytes }, count))
  for (const [index, section] of lists.entries()) {
    const taken = [...drawn.values()].flat()
    const kept = FRAME * (lists.length - index - 1)
    const room = { blocks: limits.modalBlocks - taken.length - kept, bytes: limits.viewBytes - measure(taken) }
    drawn.set(section, drawSection(section, voice, room, count))
  }
  const blocks = home.sections.flatMap((section) => drawn.get(section) ?? [])
  const shows = hashText(JSON.stringify(blocks))
  return { view: { type: 'home', blocks }, shows }
}

function drawSection(
  { title, cards, hidden }: HomeSection,
  voice: Voice,
  room: { readonly blocks: number; readonly bytes: number },
  count: { next: number },
): KnownBlock[] {
  const blocks: KnownBlock[] = [{ type: 'header', text: { type: 'plain_text', text: title, emoji: true } }]
  let left = hidden ?? 0
  for (const [index, card] of cards.entries()) {
    // Buttons belong to the card above them, which a line makes plain.
    const line: KnownBlock[] = (cards[index - 1]?.buttons.length ?? 0) > 0 ? [{ type: 'divider' }] : []
    const after = [...blocks, ...line, ...drawBlocks(card, voice, limits.blocks, count)]
    if (after.length + FRAME - 1 > room.blocks || measure(after) > room.bytes) {
      left += cards.length - index
      break
    }
    blocks.splice(0, blocks.length, ...after)
  }
  const text = `… and ${left} more. \`incidents\` and \`status\` show them.`
  if (left > 0) blocks.push({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] })
  return [...blocks, { type: 'divider' }]
}

/** Bytes as they travel; letters beyond ASCII count for what they are. */
function measure(blocks: readonly KnownBlock[]): number {
  return Buffer.byteLength(JSON.stringify(blocks))
}
