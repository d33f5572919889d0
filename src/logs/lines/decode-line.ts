const control = '\u001b'
const bell = '\u0007'
/** Colours, cursor moves and titles of terminals (ECMA-48), every part bounded. */
const colours = new RegExp(
  `${control}(?:\\[[0-9;?]{0,20}[ -/]{0,3}[@-~]|\\][^${bell}${control}]{0,200}(?:${bell}|${control}\\\\)|[@-Z\\\\^_])`,
  'g',
)

/** The same as a logger writes them out that escapes what it quotes. */
const written = /\\(?:x1b|u001b|033|e)\[[0-9;]{0,20}m/gi

/** Text of a raw line: UTF-8 decoded (what is not UTF-8 becomes U+FFFD), without colours, no-break spaces made plain. */
export function decodeLine(raw: string): string {
  const text = /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw
  const plain = text.includes(control) ? text.replace(colours, '') : text
  const bare = plain.includes('\\') ? plain.replace(written, '') : plain
  return bare.includes('\u00a0') ? bare.replaceAll('\u00a0', ' ') : bare
}
