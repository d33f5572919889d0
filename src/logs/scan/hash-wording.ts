/** Characters of a line that are looked at. */
const shown = 320
const quote = 34
/** All frames of stacks are alike: there are more of them than of anything else in an event. */
const frame = 1

/**
 * A number for what a raw line says apart from its values: digits and what stands in double quotes do not count, but
 * the digits of codes do (`ORA-00942`, `ERROR 1062`, `SQLSTATE: 23505`). In JSON all is quoted, so only digits are left
 * out. FNV-1a of 32 bits, which is enough among the few thousand wordings that are remembered at a time.
 */
export function hashWording(raw: string): number {
  const isJson = raw.charCodeAt(0) === 123
  if (!isJson && (raw.startsWith('\tat ') || raw.startsWith('    at '))) return frame
  const length = Math.min(raw.length, shown)
  let hash = 0x811c9dc5 | 0
  /** The last letters, to know a code by the word before it. */
  let letters = 0
  /** Where a dash right behind a letter stands. */
  let dash = -2
  for (let at = 0; at < length; at++) {
    let code = raw.charCodeAt(at)
    const kind = kinds[code]
    if (kind === letter) letters = (letters << 8) | code
    else if (kind === digit) {
      const isCode = dash === at - 1 || endsWithCodeWord(letters)
      for (; at + 1 < length && kinds[raw.charCodeAt(at + 1)] === digit; at++) {
        if (isCode) hash = Math.imul(hash ^ raw.charCodeAt(at), prime)
      }
      code = isCode ? raw.charCodeAt(at) : 48
    } else if (code === quote && !isJson) {
      const end = raw.indexOf('"', at + 1)
      if (end !== -1 && end < length) at = end
    } else if (code === 45 && kinds[raw.charCodeAt(at - 1)] === letter) dash = at
    hash = Math.imul(hash ^ code, prime)
  }
  return hash
}

const prime = 0x01000193
const letter = 1
const digit = 2
const kinds = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[A-Za-z]/.test(character) ? letter : /\d/.test(character) ? digit : 0
})

const [or, te, de, no, sg] = ['or', 'te', 'de', 'no', 'sg'].map((pair) => Buffer.from(pair).readUInt16BE())

/** Whether the last letters are those of `error`, `state`, `code`, `errno` or `msg`. */
function endsWithCodeWord(letters: number): boolean {
  const pair = (letters & 0xffff) | 0x2020
  return pair === or || pair === te || pair === de || pair === no || pair === sg
}
