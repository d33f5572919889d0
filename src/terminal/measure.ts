const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** East Asian wide and full-width ranges of Unicode, as terminals give them two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** Characters as a reader counts them, so that none is ever cut in half. */
export function splitCharacters(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return [...text]
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}

/** Cells that a text takes in a terminal; it holds no line break. */
export function measure(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  return splitCharacters(text).reduce((sum, one) => sum + measureCharacter(one), 0)
}

function measureCharacter(one: string): number {
  if (invisible.test(one)) return 0
  return wide.test(one) || emoji.test(one) ? 2 : 1
}

/** Lines of at most `width` cells, broken between words, within a word only where it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(2, width)
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (measure(longer) <= room) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = breakWord(word, room)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
    }
    lines.push(line)
  }
  return lines
}

/** Text shown as it is, such as commands: spaces are kept, only what does not fit goes on in the next line. */
export function breakLines(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => breakWord(line, Math.max(2, width)))
}

function breakWord(word: string, room: number): string[] {
  if (measure(word) <= room) return [word]
  const pieces: string[] = []
  let piece = ''
  let filled = 0
  for (const one of splitCharacters(word)) {
    const cells = measureCharacter(one)
    if (filled + cells > room && piece !== '') {
      pieces.push(piece)
      piece = ''
      filled = 0
    }
    piece += one
    filled += cells
  }
  return [...pieces, piece]
}
