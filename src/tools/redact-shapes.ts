/** Takes out credentials that are recognised by their shape alone. Rather too much than too little. */
export function hideCredentials(text: string): string {
  return hideTokens(hideNamedValues(hideAddresses(hidePemBlocks(text))))
}

/** Everything from BEGIN to END of the block, or to the end of the text when it was cut off. */
function hidePemBlocks(text: string): string {
  const [before = '', ...blocks] = text.split('-----BEGIN ')
  return before + blocks.map(hidePemBlock).join('')
}

function hidePemBlock(block: string): string {
  const label = /^[A-Z0-9 ]{1,40}-----/.exec(block)?.[0]
  if (label === undefined) return `-----BEGIN ${block}`
  const end = block.indexOf('-----END ')
  const after = end < 0 ? '' : block.slice(end + 9).replace(/^[A-Z0-9 ]{1,40}-----/, '')
  return `-----BEGIN ${label}***${after}`
}

/** `postgres://u:p@h/db` → `postgres://u:***@h/db`. The last @ counts: people write passwords with @ and / unencoded. */
function hideAddresses(text: string): string {
  return text.replace(/[^\s"<>]+/g, (word) => {
    if (!word.includes('://')) return word
    const [scheme = '', ...addresses] = word.split('://')
    return [scheme, ...addresses.map(hidePassword)].join('://')
  })
}

function hidePassword(address: string): string {
  const at = address.lastIndexOf('@')
  const colon = address.indexOf(':')
  return colon < 0 || colon > at ? address : `${address.slice(0, colon)}:***${address.slice(at)}`
}

const names =
  '(?:passw(?:or)?d|pwd|pgpassword|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|account[_-]?key|sig|credentials?)'
const value = `(?:'(?:[^'\\\\\\n]|\\\\.|'')*'?|"(?:[^"\\\\\\n]|\\\\.)*"?|[^\\s&]+)`
const named = new RegExp(`(${names}["']?[ \\t]{0,4}(?:=>|:=|=|:)[ \\t]{0,4})${value}`, 'gi')
const flagged = new RegExp(`(--?${names}[ \\t]{1,4})${value}`, 'gi')
const inSql = /(\b(?:password|identified by)[ \t]{1,4})'(?:[^'\n]|'')*'?/gi
const inHeader = /(\b(?:bearer|basic)[ \t]{1,4})[\w.~+/=-]{6,}/gi

const cookies = /(\b(?:set-)?cookie["']?:[ \t]{0,4})[^\r\n]{1,4000}/gi
/** `expdp scott/tiger@orcl`; not a path such as `lib/name@1.2`. */
const inOracle = /((?<![\w./@-])[A-Za-z][\w$#]{0,29}\/)[^\s@/"']{1,64}(?=@(?:\/\/)?[A-Za-z])/g
const inMysql = /(\b(?:mysql|mariadb)\w{0,20}\b[^\n]{0,200}? -p)[^\s]{1,200}/g

/** `password=…`, `"token": "…"`, `--password …`, `PASSWORD '…'`, `Bearer …`. An unclosed quote reaches to the line's end. */
function hideNamedValues(text: string): string {
  return [cookies, named, flagged, inSql, inHeader, inOracle, inMysql].reduce(
    (so, shape) => so.replace(shape, '$1***'),
    text,
  )
}

const prefixes =
  /xox[a-z]-|xapp-|gh[pousr]_|github_pat_|glpat-|npm_|dckr_pat_|hf_|[spr]k_(?:live|test)_|whsec_|SG\.[\w-]{16}|AIza[\w-]{20}|ya29\.|(?:AKIA|ASIA)[0-9A-Z]{12}|hooks\.slack\.com\/[a-z]+\/|SCRAM-SHA-256\$|\bmd5[0-9a-f]{32}/

/** Tokens of well-known services: from their prefix to the end of the word. */
function hideTokens(text: string): string {
  return text.replace(/[\w.+/=$:-]{12,}/g, (word) => {
    const known = prefixes.exec(word)
    const from = Math.min(known === null ? word.length : known.index, findJwt(word))
    return from === word.length ? word : `${word.slice(0, from)}***`
  })
}

/** Where a JSON Web Token begins in a word: a dotted part that holds `eyJ`, the base64 of `{"`; else the word's length. */
function findJwt(word: string): number {
  const start = word.indexOf('eyJ')
  return start >= 0 && word.indexOf('.', start + 10) > 0 ? start : word.length
}
