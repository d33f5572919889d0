import type { Card, CardRow } from '../card.ts'
import { splitText } from '../text.ts'

/** Characters of headline and rows together: nobody reads more on a phone, and Slack refuses messages above 4,000. */
const MOST = 3_800
const MOST_OF_HEADLINE = 300
const MOST_OF_FALLBACK = 1_000
/** Rows beyond are folded into one, from the longest list of lines. */
const MOST_ROWS = 40
/** What says that something was cut, and how much. */
const ROOM_FOR_REST = 60

/**
 * A card that stays readable whatever it was told: the longest texts are cut first, so that one list of a thousand
 * findings does not push out what is lost or the way back. What was cut says how much more there is.
 */
export function boundCard(card: Card): Card {
  const rows = foldRows(card.rows)
  const headline = cutText(card.headline, MOST_OF_HEADLINE)
  const sizes = rows.map((row) => ({ length: lengthOf(row), isWhole: row.kind === 'code' && row.whole === true }))
  const fixed = sizes.reduce((sum, { length, isWhole }) => sum + (isWhole ? length : 0), headline.length)
  const share = findShare(
    sizes.flatMap(({ length, isWhole }) => (isWhole ? [] : [length])),
    MOST - fixed,
  )
  return {
    ...card,
    headline,
    rows: rows.map((row) => cutRow(row, share)),
    fallback: cutText(card.fallback, MOST_OF_FALLBACK),
  }
}

/** Characters of a row as they stand in the card. */
function lengthOf(row: CardRow): number {
  switch (row.kind) {
    case 'fact':
      return row.label.length + row.text.length
    case 'checklist':
      return row.items.reduce((sum, { title, detail = '' }) => sum + title.length + detail.length, 0)
    case 'buttons':
      return 0
    default:
      return row.text.length
  }
}

/** The most that a part may have so that all of them fit: short ones leave their room to the others. */
export function findShare(lengths: readonly number[], room: number): number {
  let left = room
  const sorted = lengths.toSorted((one, other) => one - other)
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index))
    if (length > share) return share
    left -= length
  }
  return Number.POSITIVE_INFINITY
}

function cutRow(row: CardRow, share: number): CardRow {
  if (lengthOf(row) <= share || (row.kind === 'code' && row.whole)) return row
  switch (row.kind) {
    case 'fact':
      return { ...row, text: cutText(row.text, share - row.label.length) }
    case 'code':
      return { ...row, text: cutCode(row.text, share) }
    case 'checklist':
    case 'buttons':
      return row
    default:
      return { ...row, text: cutText(row.text, share) }
  }
}

function cutCode(text: string, most: number): string {
  const lines = text.split('\n')
  const kept: string[] = []
  let room = most - ROOM_FOR_REST
  for (const line of lines) {
    room -= line.length + 1
    if (room < 0) break
    kept.push(line)
  }
  if (kept.length === 0) return cutText(text, most)
  return [...kept, `… and ${lines.length - kept.length} more lines`].join('\n')
}

/** Whole marks and whole characters, at the end of a part of a list where there is one near. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const room = Math.max(0, most - ROOM_FOR_REST)
  let end = room
  let at = 0
  for (const part of splitText(text)) {
    const length = part.kind === 'plain' ? part.text.length : lengthOfMark(text, at)
    if (part.kind !== 'plain' && at < room && at + length > room) end = at
    at += length
    if (at >= room) break
  }
  const kept = cutAtPart(text.slice(0, end).replace(/[\ud800-\udbff]$/, ''))
  return `${kept}… (${text.length - kept.length} characters more)`
}

function lengthOfMark(text: string, at: number): number {
  return text.indexOf('⟧', at) + 1 - at
}

function cutAtPart(text: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('; '), text.lastIndexOf(', '))
  return end > text.length * 0.7 ? text.slice(0, end + 1).trimEnd() : text
}

function foldRows(rows: readonly CardRow[]): CardRow[] {
  const folded = [...rows]
  while (folded.length > MOST_ROWS) {
    const { from, length } = findLongestRun(folded)
    if (length < 2) return [...folded.slice(0, MOST_ROWS - 1), moreRow(folded.length - MOST_ROWS + 1)]
    const keep = Math.max(0, length - 1 - (folded.length - MOST_ROWS))
    folded.splice(from + keep, length - keep, moreRow(length - keep))
    if (keep > 0) break
  }
  return folded
}

function findLongestRun(rows: readonly CardRow[]): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  let from = 0
  for (const [index, row] of rows.entries()) {
    // What stands right before code is its title.
    const isTitle = rows[index + 1]?.kind === 'code'
    if (row.kind !== 'text' || isTitle || row.text.startsWith('… and ')) from = index + 1
    else if (index + 1 - from > best.length) best = { from, length: index + 1 - from }
  }
  return best
}

function moreRow(count: number): CardRow {
  return { kind: 'text', text: `… and ${count} more lines` }
}
