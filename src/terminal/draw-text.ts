import { styleText } from 'node:util'
import type { Card, CardRow } from '../domain/card.ts'
import { drawButtons } from './draw-buttons.ts'
import { drawRow, type Look } from './draw-row.ts'
import { measure, wrap } from './measure.ts'
import { disarm, writeText } from './write-text.ts'

/** How a card is drawn: cells a line, whether colours are wanted, and the zone of its times. */
export interface TextOptions {
  readonly width: number
  readonly colour: boolean
  /** IANA zone; default UTC. */
  readonly timezone?: string
}

/** No narrower than that: a line that holds no word helps nobody. */
const NARROWEST = 20

/** A card as text, one string; pure. No line is wider than `width` cells. */
export function drawText(card: Card, options: TextOptions): string {
  return drawLines(card, options).join('\n')
}

/** The same, line by line. */
export function drawLines(card: Card, options: TextOptions): string[] {
  const timezone = options.timezone ?? 'UTC'
  const look: Look = {
    width: Math.max(NARROWEST, options.width),
    labels: longestLabel(card.rows),
    write: (text) => writeText(text, timezone),
    paint: (style, text) => (options.colour && text !== '' ? styleText(style, text, { validateStream: false }) : text),
  }
  const headline = wrap(look.write(card.headline), look.width).map((line) => look.paint('bold', line))
  const rows = card.rows.flatMap((row) => drawRow(row, look))
  return [...headline, ...rows, ...drawButtons(card.buttons, look)]
}

/** Values stand under each other, unless a label is longer than labels are. */
function longestLabel(rows: readonly CardRow[]): number {
  const lengths = rows.map((row) => (row.kind === 'fact' ? measure(disarm(row.label)) : 0))
  return Math.min(16, Math.max(0, ...lengths))
}
