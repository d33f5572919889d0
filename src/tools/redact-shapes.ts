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
const inSql = /(\b(?:password|identified by)[ \t]{1,4})(?:E?'(?:[^'\n]|'')*'?|\$\w{0,30}\$[^$\n]*(?:\$\w{0,30}\$)?)/gi
/** SQL inside a text of SQL: its quotes are doubled, once for each text around it. */
const inQuotedSql = new RegExp(
  `(\\b(?:${names}|identified by)[ \\t]{0,4}(?:=>|:=|=|:)?[ \\t]{0,4})'{2,16}(?=[^\\s',;)&])[^'\\n]*'{0,16}`,
  'gi',
)
const inHeader = /(\b(?:bearer|basic)[ \t]{1,4})[\w.~+/=-]{6,}/gi

const cookies = /(\b(?:set-)?cookie["']?:[ \t]{0,4})[^\r\n]{1,4000}/gi
/** `expdp scott/tiger@orcl`; not a path such as `lib/name@1.2`. */
const inOracle = /((?<![\w./@-])[A-Za-z][\w$#]{0,29}\/)[^\s@/"']{1,64}(?=@(?:\/\/)?[A-Za-z])/g
const inMysql = /(\b(?:mysql|mariadb)\w{0,20}\b[^\n]{0,200}? -p)[^\s]{1,200}/g

/** `password=…`, `"token": "…"`, `--password …`, `PASSWORD '…'`, `Bearer …`. An unclosed quote reaches to the line's end. */
function hideNamedValues(text: string): string {
  return [cookies, inQuotedSql, named, flagged, inSql, inHeader, inOracle, inMysql].reduce(
    (so, shape) => so.replace(shape, '$1***'),
    text,
  )
}

const prefixes =
  /xox[a-z]-|xapp-|gh[pousr]_|github_pat_|glpat-|npm_|dckr_pat_|hf_|[spr]k_(?:live|test)_|whsec_|SG\.[\w-]{16}|AIza[\w-]{20}|ya29\.|(?:AKIA|ASIA)[0-9A-Z]{12}|hooks\.slack\.com\/[a-z]+\/|SCRAM-SHA-256\$|\bmd5[0-9a-f]{32}/

/** Shorter than any token: a name such as `npm_config`. */
const SHORTEST_TOKEN = 12

/**
 * Tokens of well-known services, and JSON Web Tokens (`eyJ`, the base64 of `{"`, and a dot behind it): from where they
 * begin to the end of the word. Found from their beginnings, because a pattern for whole words of any length
 * exhausts the stack on a line of ten megabytes.
 */
function hideTokens(text: string): string {
  const begins = new RegExp(`${prefixes.source}|eyJ`, 'g')
  let done = ''
  let from = 0
  let [end, dot] = [0, -1]
  for (let match = begins.exec(text); match !== null; match = begins.exec(text)) {
    const start = match.index
    // Both are looked for once: many beginnings in one word would otherwise each walk to its end.
    if (start >= end) end = findWordEnd(text, start)
    if (dot !== Number.POSITIVE_INFINITY && dot < start + 10) dot = findDot(text, start + 10)
    const isToken = match[0] === 'eyJ' ? dot < end : end - start >= SHORTEST_TOKEN
    begins.lastIndex = isToken ? end : start + 1
    if (!isToken) continue
    done += `${text.slice(from, start)}***`
    from = end
  }
  return done + text.slice(from)
}

function findWordEnd(text: string, start: number): number {
  const outside = /[^\w.+/=$:-]/g
  outside.lastIndex = start
  return outside.exec(text)?.index ?? text.length
}

function findDot(text: string, from: number): number {
  const found = text.indexOf('.', from)
  return found < 0 ? Number.POSITIVE_INFINITY : found
}
