const escape = '\u001b'
const bell = '\u0007'
/** Colours, cursor moves and titles of terminals (ECMA-48), every part bounded. */
const colours = new RegExp(
  `${escape}(?:\\[[0-9;?]{0,20}[ -/]{0,3}[@-~]|\\][^${bell}${escape}]{0,200}(?:${bell}|${escape}\\\\)|[@-Z\\\\^_])`,
  'g',
)

/** Text of a raw line: UTF-8 decoded (what is not UTF-8 becomes U+FFFD), without colours, no-break spaces made plain. */
export function decodeLine(raw: string): string {
  const text = /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw
  const plain = text.includes(escape) ? text.replace(colours, '') : text
  return plain.includes('\u00a0') ? plain.replaceAll('\u00a0', ' ') : plain
}
