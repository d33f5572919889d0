import type { KeptLink } from './chain.ts'

/** The hash of one event, kept where whoever owns the store cannot write. */
export interface Anchor {
  readonly incident: number
  readonly no: number
  readonly hash: string
}

/** The newest event of a journal. */
export interface Head extends Anchor {
  /** When its incident was closed, ISO 8601. */
  readonly closedAt: string | null
}

/** One line of a file of anchors: `2026-11-30T10:00:00.000Z #7 61 <hash>`. */
export function writeAnchor({ incident, no, hash }: Anchor, at: string): string {
  return `${at} #${incident} ${no} ${hash}`
}

/** The text of an anchor in a channel: `⚓ #7 61:<hash>`; what follows the number can be given to `salvor audit`. */
export function writePostedAnchor({ incident, no, hash }: Anchor): string {
  return `⚓ #${incident} ${no}:${hash}`
}

/** The anchor that a message of a channel is; undefined for any other. */
export function readPostedAnchor(text: string): Anchor | undefined {
  // Slack keeps signs by their names, and gives those back.
  const said = /^(?:⚓|:anchor:) #(\d{1,9}) (\d{1,9}):([0-9a-f]{64})$/.exec(text)
  return said ? { incident: Number(said[1]), no: Number(said[2]), hash: said[3] ?? '' } : undefined
}

/** Anchors of one incident: out of lines as `writeAnchor` makes them, or a single `61:<hash>`, as reports print it. */
export function readAnchors(text: string, incident: number): Anchor[] {
  const said = /^\s*(\d{1,9}):([0-9a-f]{64})\s*$/.exec(text)
  if (said) return [{ incident, no: Number(said[1]), hash: said[2] ?? '' }]
  return [...text.matchAll(/^\S+ #(\d{1,9}) (\d{1,9}) ([0-9a-f]{64})$/gm)]
    .map(([, number, no, hash = '']) => ({ incident: Number(number), no: Number(no), hash }))
    .filter((anchor) => anchor.incident === incident)
}

/** Anchors that a journal does not contain any more: it was cut, or written anew, since they were kept. */
export function findMissing(links: readonly Pick<KeptLink, 'no' | 'hash'>[], anchors: readonly Anchor[]): Anchor[] {
  const hashes = new Map(links.map(({ no, hash }) => [no, hash]))
  return anchors.filter(({ no, hash }) => hashes.get(no) !== hash)
}

/** Is it time to keep the head of a journal? At first, after `everyMs`, and once its incident is closed; if it grew. */
export function isAnchorDue(
  head: Pick<Head, 'no' | 'closedAt'>,
  last: { readonly no: number; readonly at: string } | undefined,
  everyMs: number,
  now: Date,
): boolean {
  if (head.no === 0) return false
  if (last === undefined) return true
  if (head.no <= last.no) return false
  const closed = head.closedAt !== null && Date.parse(head.closedAt) > Date.parse(last.at)
  return closed || now.getTime() - Date.parse(last.at) >= everyMs
}
