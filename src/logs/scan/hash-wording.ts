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
  if (raw.startsWith('\tat ') || raw.startsWith('    at ')) return frame
  const length = Math.min(raw.length, shown)
  const isJson = raw.charCodeAt(0) === 123
  let hash = 0x811c9dc5 | 0
  /** The last two letters, lower case, to know a code by the word before it. */
  let letters = 0
  let isDash = false
  for (let at = 0; at < length; at++) {
    let code = raw.charCodeAt(at)
    if (code === quote && !isJson) {
      const end = raw.indexOf('"', at + 1)
      if (end !== -1 && end < length) at = end
    } else if (code >= 48 && code <= 57 && !isDash && !codeWords.has(letters)) {
      while (at + 1 < length && isDigit(raw.charCodeAt(at + 1))) at++
      code = 48
    } else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
      letters = ((letters & 0xff) << 8) | (code | 32)
    }
    isDash = code === 45 ? isLetter(raw.charCodeAt(at - 1)) : isDash && isDigit(code)
    hash = Math.imul(hash ^ code, 0x01000193)
  }
  return hash
}

/** Ends of `error`, `state`, `code`, `errno`, `msg`. */
const codeWords = new Set(['or', 'te', 'de', 'no', 'sg'].map((pair) => (pair.charCodeAt(0) << 8) | pair.charCodeAt(1)))

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
