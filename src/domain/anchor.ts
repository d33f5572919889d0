import type { KeptLink } from './chain.ts'

/** The hash of one event, kept where whoever owns the store cannot write. */
export interface Anchor {
  readonly incident: number
  readonly no: number
  readonly hash: string
}

/** One line of a file of anchors: `2026-11-30T10:00:00.000Z #7 61 <hash>`. */
export function writeAnchor({ incident, no, hash }: Anchor, at: string): string {
  return `${at} #${incident} ${no} ${hash}`
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
