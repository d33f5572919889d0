import type { CardRow, ChecklistItem } from '../domain/card.ts'
import { drawButtons } from './draw-buttons.ts'
import { breakLines, measure, wrap } from './measure.ts'
import { disarm } from './write-text.ts'

/** Colours and weights that cards use. */
export type Paint = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan'

/** What every part of a card is drawn with. */
export interface Look {
  readonly width: number
  /** Cells that the labels of facts take. */
  readonly labels: number
  write(text: string): string
  paint(style: Paint, text: string): string
}

const signs: Record<ChecklistItem['state'], readonly [string, Paint]> = {
  done: ['✓', 'green'],
  running: ['▶', 'cyan'],
  waiting: ['·', 'dim'],
  failed: ['✗', 'red'],
  skipped: ['–', 'dim'],
  in_doubt: ['?', 'yellow'],
}

/** Where less than this is left for the value, it stands below its label. */
const NARROW = 12

/** One row as lines, each indented by two. */
export function drawRow(row: CardRow, look: Look): string[] {
  switch (row.kind) {
    case 'text':
      return hang('  ', look.write(row.text), look)
    case 'fact':
      return drawFact(row.label, look.write(row.text), look)
    case 'bar':
      return drawBar(row.fraction, look.write(row.text), look)
    case 'checklist':
      return row.items.flatMap((item) => drawItem(item, look))
    case 'code':
      return breakLines(disarm(row.text), look.width - 4).map((line) => `  ${look.paint('dim', '│')} ${line}`)
    case 'small':
      return hang('  ', look.write(row.text), look).map((line) => look.paint('dim', line))
    case 'buttons':
      return drawButtons(row.buttons, look)
  }
}

/** Lines that begin under the first one's text. */
function hang(lead: string, text: string, look: Look): string[] {
  const under = ' '.repeat(measure(lead))
  return wrap(text, look.width - under.length).map((line, index) => `${index === 0 ? lead : under}${line}`)
}

function drawFact(label: string, text: string, look: Look): string[] {
  const named = disarm(label)
  const padded = `${named}${' '.repeat(Math.max(0, look.labels - measure(named)))}`
  const indent = 4 + measure(padded)
  if (look.width - indent < NARROW) {
    const label = hang('  ', named, look).map((line) => look.paint('dim', line))
    return [...label, ...hang('    ', text, look)]
  }
  const lines = wrap(text, look.width - indent)
  return lines.map((line, index) =>
    index === 0 ? `  ${look.paint('dim', padded)}  ${line}` : `${' '.repeat(indent)}${line}`,
  )
}

function drawBar(fraction: number, text: string, look: Look): string[] {
  const cells = Math.min(24, look.width - 4)
  const share = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0
  const full = Math.floor(share * cells)
  const bar = `${look.paint('cyan', '█'.repeat(full))}${look.paint('dim', '░'.repeat(cells - full))}`
  const [first = '', ...rest] = wrap(text, look.width - cells - 4)
  const fits = look.width - cells - 4 >= 16
  if (!fits) return [`  ${bar}`, ...hang('  ', text, look)]
  return [`  ${bar}  ${first}`, ...rest.map((line) => `${' '.repeat(cells + 4)}${line}`)]
}

function drawItem(item: ChecklistItem, look: Look): string[] {
  const [sign, style] = signs[item.state]
  const detail = item.detail === undefined ? '' : ` (${item.detail})`
  const [first = '', ...rest] = hang(`  ${sign} `, look.write(`${item.title}${detail}`), look)
  const painted = `  ${look.paint(style, sign)}${first.slice(2 + sign.length)}`
  return [painted, ...rest]
}
