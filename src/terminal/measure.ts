import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Cells that a text takes in a terminal; it holds no line break. */
export function measure(text: string): number {
  return stringWidth(text)
}

/** Lines of at most `width` cells, broken between words, within a word only where it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(2, width), { hard: true, wordWrap: true, trim: true }).split('\n')
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Text shown as it is, such as commands: every character is kept as it was written (wrap-ansi composes them, which
 * makes another file's name of a path), only what does not fit goes on in the next line.
 */
export function breakLines(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => breakLine(line, Math.max(2, width)))
}

function breakLine(line: string, room: number): string[] {
  if (measure(line) <= room) return [line]
  const pieces: string[] = []
  let piece = ''
  let filled = 0
  for (const { segment } of segmenter.segment(line)) {
    const cells = measure(segment)
    if (filled + cells > room && piece !== '') {
      pieces.push(piece)
      piece = ''
      filled = 0
    }
    piece += segment
    filled += cells
  }
  return [...pieces, piece]
}
