import type { FileChange } from '../../ports/file-tools.ts'
import { compareLines, findHunks } from './compare-lines.ts'

/** The longest line that is shown, in characters. */
const longestLine = 160

/**
 * What changes between two contents, with secrets hidden. Lines are compared as they are, so that a password that
 * changed is seen to change, and shown as the redactor leaves them; it sees each text as a whole, because a key goes
 * over several lines.
 */
export function showChange(
  redact: (text: string) => string,
  before: Uint8Array,
  after: Uint8Array,
  most: number,
): FileChange {
  const [old, fresh] = [readText(before), readText(after)]
  if (old === null || fresh === null)
    return { added: 0, removed: 0, lines: ['(not text: no difference is shown)'], hidden: 0 }
  let [oldLines, freshLines] = [splitLines(old), splitLines(fresh)]
  const [oldShown, freshShown] = [splitLines(redact(old)), splitLines(redact(fresh))]
  if (oldShown.length !== oldLines.length || freshShown.length !== freshLines.length)
    [oldLines, freshLines] = [oldShown, freshShown]
  const lines = compareLines(oldLines, freshLines)
  const shown = findHunks(lines).flatMap((hunk) => {
    const from = hunk[0]
    const title = `@@ line ${(from?.at ?? 0) + 1} @@`
    return [title, ...hunk.map(({ sign, at }) => sign + cut((sign === '+' ? freshShown : oldShown)[at] ?? ''))]
  })
  const notes = sayBytes(old, fresh)
  const count = (wanted: string) => lines.filter(({ sign }) => sign === wanted).length
  return {
    added: count('+'),
    removed: count('-'),
    lines: [...notes, ...shown].slice(0, most),
    hidden: Math.max(0, notes.length + shown.length - most),
  }
}

/** What looks like nothing is shown: a carriage return as ␍, a byte order mark by its name. */
function cut(line: string): string {
  const seen = line.replaceAll('\r', '␍').replaceAll('\uFEFF', '⟨BOM⟩')
  return seen.length > longestLine ? `${seen.slice(0, longestLine)}…` : seen
}

/** Differences that no line shows, in words. */
function sayBytes(old: string, fresh: string): string[] {
  const tell = (what: string, read: (text: string) => string) =>
    old === '' || fresh === '' || read(old) === read(fresh) ? [] : [`(${what}: ${read(old)}, then ${read(fresh)})`]
  return [
    ...tell('line ends', (text) =>
      text.includes('\r\n') ? (/(^|[^\r])\n/.test(text) ? 'CRLF and LF' : 'CRLF') : text.includes('\n') ? 'LF' : 'none',
    ),
    ...tell('byte order mark', (text) => (text.startsWith('\uFEFF') ? 'yes' : 'no')),
    ...tell('line end after the last line', (text) => (text.endsWith('\n') ? 'yes' : 'no')),
  ]
}

/** Null for what is no UTF-8 or holds a zero byte. */
function readText(content: Uint8Array): string | null {
  if (content.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
