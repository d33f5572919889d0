/** One word, or one quoted stretch, of what was said. */
export interface Token {
  /** Without quotes around it. */
  readonly text: string
  /** As it was typed. */
  readonly raw: string
  /** Quoted words are never flags. */
  readonly quoted: boolean
}

/** Splits normalised text at spaces. Quotes are never needed; a pair of them keeps words together and flags from counting. */
export function splitWords(text: string): Token[] {
  const pieces = text.split(' ').filter((piece) => piece !== '')
  const last = new Map<string, number>()
  for (const [at, piece] of pieces.entries()) last.set(piece.at(-1) ?? '', at)
  const tokens: Token[] = []
  for (let at = 0; at < pieces.length; at++) {
    let piece = pieces[at] ?? ''
    const joined = /^(--?[a-z][a-z0-9-]*)=(.*)$/is.exec(piece)
    if (joined) {
      tokens.push(plainToken(joined[1] ?? ''))
      piece = joined[2] ?? ''
      if (piece === '') continue
    }
    const end = findClosingQuote(pieces, at, piece, last)
    if (end === undefined) {
      tokens.push(plainToken(piece))
      continue
    }
    const raw = [piece, ...pieces.slice(at + 1, end + 1)].join(' ')
    tokens.push({ text: raw.slice(1, -1), raw, quoted: true })
    at = end
  }
  return tokens
}

/** Free text of several tokens; quotes around the whole of it go, quotes inside it stay. */
export function joinText(tokens: readonly Token[]): string {
  const [only] = tokens
  if (only !== undefined && tokens.length === 1) return only.text.trim()
  return tokens.map((token) => token.raw).join(' ')
}

function plainToken(text: string): Token {
  return { text, raw: text, quoted: false }
}

/** `last` holds where a piece ends with each quote for the last time, so that a quote without a partner costs nothing. */
function findClosingQuote(
  pieces: readonly string[],
  from: number,
  first: string,
  last: ReadonlyMap<string, number>,
): number | undefined {
  const quote = first[0]
  if (quote !== '"' && quote !== "'") return undefined
  if (first.length > 1 && first.endsWith(quote)) return from
  // A lone apostrophe ('tis) has no partner and stays a letter.
  if ((last.get(quote) ?? -1) <= from) return undefined
  let end = from + 1
  while (!pieces[end]?.endsWith(quote)) end += 1
  return end
}

/** A name without what people paste or type around it: backticks, asterisks, quotes, a full stop or question mark. */
export function bareWord(text: string): string {
  const stopped = text.replace(/[.?!,。]{1,3}$/, '')
  const found = /^([`*_~"']{1,3})(.*)\1$/.exec(stopped)
  const bare = (found?.[2] ?? stopped).replace(/[.?!,。]{1,3}$/, '')
  return bare === '' ? text : bare
}
