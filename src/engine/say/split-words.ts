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
  const tokens: Token[] = []
  for (let at = 0; at < pieces.length; at++) {
    let piece = pieces[at] ?? ''
    const joined = /^(--?[a-z][a-z0-9-]*)=(.*)$/is.exec(piece)
    if (joined) {
      tokens.push(plainToken(joined[1] ?? ''))
      piece = joined[2] ?? ''
      if (piece === '') continue
    }
    const end = findClosingQuote(pieces, at, piece)
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

function findClosingQuote(pieces: readonly string[], from: number, first: string): number | undefined {
  const quote = first[0]
  if (quote !== '"' && quote !== "'") return undefined
  if (first.length > 1 && first.endsWith(quote)) return from
  // A lone apostrophe ('tis) has no partner and stays a letter.
  const end = pieces.findIndex((piece, index) => index > from && piece.endsWith(quote))
  return end === -1 ? undefined : end
}
