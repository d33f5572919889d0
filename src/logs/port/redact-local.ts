import { toEnglish } from '../languages/to-english.ts'
import type { Redact } from './write-analysis.ts'

const hiddenPiece = /‹[^›\n]{1,60}›|\*\*\*/g
/** A shorter value stands in other places of a line by chance. */
const telling = 4

/**
 * Hides in lines of other languages what would be hidden in the English ones that PostgreSQL's catalogues make of them:
 * what is row data is known by the message that it stands in. Where the two cannot be laid beside each other, the
 * English line is shown.
 */
export function redactLocal(redact: Redact): Redact {
  return (text) => {
    const lines = text.split('\n')
    const english = lines.map(toEnglish)
    if (english.every((line, index) => line === lines[index])) return redact(text)
    const hidden = redact(english.join('\n')).split('\n')
    if (hidden.length !== lines.length) return hidden.join('\n')
    const shown = hidden.map((line, index) => {
      const [local = '', said = ''] = [lines[index], english[index]]
      if (local === said) return line
      return line === said ? local : (transplant(local, said, line) ?? line)
    })
    return redact(shown.join('\n'))
  }
}

/** The line with the same values taken out as in its English form; null when they cannot be found in it. */
function transplant(local: string, english: string, hidden: string): string | null {
  const marks = hidden.match(hiddenPiece) ?? []
  const kept = hidden.split(hiddenPiece)
  let shown = local
  let at = kept[0]?.length ?? 0
  if (english.slice(0, at) !== kept[0]) return null
  for (const [index, mark] of marks.entries()) {
    const next = kept[index + 1] ?? ''
    const isLast = index === marks.length - 1
    const end = isLast ? english.length - next.length : english.indexOf(next, at)
    if (end < at || english.slice(end, end + next.length) !== next) return null
    const found = replaceValue(shown, english, at, end, mark)
    if (found === null) return null
    shown = found
    at = end + next.length
  }
  return shown
}

function replaceValue(line: string, english: string, from: number, to: number, mark: string): string | null {
  const value = english.slice(from, to)
  // It was a mark before.
  if (value === '' || value === mark) return line
  if (value.length >= telling) return line.includes(value) ? line.replaceAll(value, mark) : null
  const around = english.slice(Math.max(0, from - 1), to + 1)
  const place = line.lastIndexOf(around)
  if (place < 0) return null
  const start = place + Math.min(1, from)
  return line.slice(0, start) + mark + line.slice(start + value.length)
}
