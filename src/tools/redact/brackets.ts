/** The bracket that closes the one at each of these. */
const pairs: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' }

/**
 * Where the content of the bracket at `open` ends: at its closing sign, which stands outside of quotes; where quotes
 * and brackets do not fit together, at the last such sign of the line; at `limit` where there is none.
 */
export function findContentEnd(text: string, open: number, limit: number): number {
  const opening = text[open] ?? ''
  const closing = pairs[opening] ?? ')'
  let depth = 0
  let lineEnd = -1
  for (let at = open; at < limit; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\n' && lineEnd < 0) lineEnd = at
    if (isOpeningQuote(text, at)) {
      const end = findQuoteEnd(text, at, limit)
      if (end < 0) break
      at = end
    } else if (sign === opening) depth += 1
    else if (sign === closing) {
      depth -= 1
      if (depth === 0) return at
    }
  }
  const found = text.indexOf('\n', open)
  const line = Math.min(limit, found < 0 ? limit : found)
  for (let at = line - 1; at > open; at -= 1) if (text[at] === closing) return at
  return limit
}

/** A quotation mark inside of a word is an apostrophe; before one that opens may stand a letter of its own: `N'…'`. */
function isOpeningQuote(text: string, at: number): boolean {
  const sign = text[at]
  if (sign !== "'" && sign !== '"') return false
  const before = text.slice(Math.max(0, at - 2), at)
  return before === '' || /[^\p{L}\p{N}_]$|(?:^|[^\p{L}\p{N}_])[NnXxEeBbUu]$/u.test(before)
}

/**
 * Where the quote at `at` is closed; -1 where it is not before `limit`. Doubled and escaped signs are content, and so
 * is one that a letter or figure follows: people write O'Brien as it is.
 */
export function findQuoteEnd(text: string, at: number, limit: number): number {
  const sign = text[at]
  const isEscaped = text[at - 1] === '\\'
  for (let end = at + 1; end < limit; end += 1) {
    if (text[end] !== sign) continue
    if (text[end + 1] === sign && end > at + 1) end += 1
    else if (!isEscaped && text[end - 1] === '\\' && text[end - 2] !== '\\') continue
    else if (!/[\p{L}\p{N}_]/u.test(text[end + 1] ?? '')) return end
  }
  return -1
}
