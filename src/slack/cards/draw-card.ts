import type { KnownBlock } from '@slack/types'
import type { Card, CardRow, ChecklistItem } from '../../domain/card.ts'
import { hashText } from '../../domain/digest.ts'
import { drawButtons } from './draw-buttons.ts'
import { limits } from './limits.ts'
import { type Voice, writeCode, writeLockScreen, writeMrkdwn } from './write-text.ts'

/** A message as Slack takes it. `shows` is a digest of both, to tell whether an edit would change anything. */
export interface DrawnMessage {
  readonly text: string
  readonly blocks: KnownBlock[]
  readonly shows: string
}

/** Draws any card within all of Slack's limits for a message; what did not fit is said to be cut. */
export function drawMessage(card: Card, voice: Voice): DrawnMessage {
  const text = writeLockScreen(card.fallback, voice, limits.messageText) || 'Salvor'
  const blocks = drawBlocks(card, voice, limits.blocks)
  const shows = hashText(JSON.stringify([text, blocks]))
  return { text, blocks, shows }
}

/** The plain form of a message, for when Slack refuses its blocks: everything it says, without buttons. */
export function drawPlainly(card: Card, voice: Voice): string {
  const lines = card.rows.map((row) => writeRow(row, voice)).filter((line) => line !== null)
  const commands = card.buttons.map((button) => `[${button.verb} ${button.rest}] \`${button.command}\``)
  return writeMrkdwn([card.fallback, ...commands].join('\n'), voice, 1000) + cutTo(`\n${lines.join('\n')}`, 2000)
}

/**
 * Blocks of a card for a message (50) or a view (100). Neighbouring lines share one section. `count` numbers the
 * buttons; cards that stand in one view share it.
 */
export function drawBlocks(card: Card, voice: Voice, most: number, count = { next: 0 }): KnownBlock[] {
  const last = drawButtons(card.buttons, voice, count).slice(0, most - 2)
  const room = most - last.length - 1
  const blocks: KnownBlock[] = []
  let total = 0
  let lines: string[] = [writeHeadline(card.headline, voice)]
  const flush = () => {
    if (lines.length > 0) blocks.push(section(lines.join('\n')))
    lines = []
  }
  for (const [index, row] of card.rows.entries()) {
    const line = writeRow(row, voice)
    if (line === '') continue
    total += line?.length ?? 0
    if (blocks.length + (lines.length > 0 ? 2 : 1) > room - 1 || total > limits.messageTotal) {
      flush()
      blocks.push(context(`… cut here: ${card.rows.length - index} more parts. \`status\` has the rest.`))
      return [...blocks, ...last]
    }
    if (line !== null && row.kind !== 'small' && row.kind !== 'code') {
      if (lines.join('\n').length + line.length + 1 > limits.sectionText) flush()
      lines.push(line)
      continue
    }
    flush()
    if (row.kind === 'buttons') blocks.push(...drawButtons(row.buttons, voice, count).slice(0, 1))
    else if (line !== null) blocks.push(row.kind === 'small' ? context(line) : section(line))
  }
  flush()
  return [...blocks, ...last]
}

/** A row as mrkdwn that fits one section; null for rows that are no text. */
function writeRow(row: CardRow, voice: Voice): string | null {
  switch (row.kind) {
    case 'text':
      return writeMrkdwn(row.text, voice, limits.sectionText).trim()
    case 'fact':
      return `*${writeMrkdwn(row.label, voice, 200)}*  ${writeMrkdwn(row.text, voice, 2700)}`.trim()
    case 'bar':
      return `${drawBar(row.fraction)} ${writeMrkdwn(row.text, voice, 2900)}`
    case 'checklist':
      return cutTo(row.items.map((item) => writeItem(item, voice)).join('  '), limits.sectionText)
    case 'code':
      return row.text.trim() === '' ? '' : writeCode(row.text, limits.sectionText)
    case 'small':
      return writeMrkdwn(row.text, voice, limits.contextText).trim()
    case 'buttons':
      return null
  }
}

/** Bold, on one line: an asterisk or a line break inside would end the bold too early. */
function writeHeadline(headline: string, voice: Voice): string {
  const line = writeMrkdwn(headline.replace(/\s*\n\s*/g, ' ').replaceAll('*', '∗'), voice, 1000).trim()
  return line === '' ? '*Salvor*' : `*${line}*`
}

/** Ten cells, the field's customary width on a phone. */
function drawBar(fraction: number): string {
  const full = Math.max(0, Math.min(10, Math.floor((Number.isFinite(fraction) ? fraction : 0) * 10)))
  return '▓'.repeat(full) + '░'.repeat(10 - full)
}

const itemIcons: Record<ChecklistItem['state'], string> = {
  done: '✔',
  running: '●',
  waiting: '○',
  failed: '✖',
  skipped: '–',
  in_doubt: '?',
}

function writeItem(item: ChecklistItem, voice: Voice): string {
  const detail = item.detail ? ` (${writeMrkdwn(item.detail, voice, 100)})` : ''
  // A sign at the end of one line and its step on the next would be read wrongly.
  return `${itemIcons[item.state]}\u00a0${writeMrkdwn(item.title, voice, 100)}${detail}`
}

/** Cuts between words of a list that holds whole marks, and says so. */
function cutTo(text: string, max: number): string {
  if (text.length <= max) return text
  const end = text.lastIndexOf('  ', max - 40)
  return `${text.slice(0, Math.max(end, 0))} … (cut, ${text.length - Math.max(end, 0)} characters more)`
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }
}
