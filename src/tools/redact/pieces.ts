/** One value out of data that was hidden. */
export interface Piece {
  readonly value: string
  /** Nothing but letters: it may be a word of the message, or a name, as well. */
  readonly isWord: boolean
}

const longestData = 20_000
/** No longer value is looked for; see hidden-values.ts. */
const longestPiece = 2_000
const mostPieces = 400

/** What stands in quotes, and what makes it a name: a sign of assignment behind it. */
const quoted = /(?:'((?:[^'\\\n]|\\.|''){1,400})'|"((?:[^"\\\n]|\\.|""){1,400})")(\s{0,2}(?:=>|[:=](?!:)))?/g
/** Signs between values, and names in front of them. */
const between = /[,;|\t\n\r(){}[\]<>"'`]+|\s{2,}|(?<=^|[\s,{(;])[\w.@$-]{1,60}\s?(?:=>|=|: )/

/** What was taken for data and holds more of the message, as where a quotation mark was not closed. */
const message =
  /SQLSTATE|Exception\b|\b(?:ERROR|FATAL|LOG|WARN|INFO|DETAIL|CONTEXT|STATEMENT)\b|Caused by|RetCode|SqlState|, line \d+, column|^\s*at [\w.$]+\(|was aborted|Traceback/m

/** Words of messages and statements: what holds one between others is no name, no address, no note of a row. */
const vocabulary =
  /\b(?:occurred|while|executing|error|errors|exception|query|violation|violates|access|syntax|invalid|byte|sequence|encoding|is|are|was|were|be|not|the|of|an|for|with|that|this|has|have|exists?|aborted|columns?|tables?|values?|keys?|constraint|check|cannot|could|can|failed|failure|rows?|line|copy|insert|into|select|update|delete|alter|create|drop|where|references|relation|database|schema|index|type|null|already|duplicate|unique|foreign|primary|connection|timeout|permission|denied|unknown|missing|required|must|should|too|long|version|file|directory|server|user|role|password|statement|transaction|migration|script|record|field|integer|numeric|timestamp|varying|character|without|zone|default|does|did|will|been|because|from|to|at)\b/i

/** Takes data apart into the values that another text may repeat; what is too common to be told from words is left out. */
export function listPieces(data: string): Piece[] {
  if (message.test(data)) return []
  const text = data.length > longestData ? data.slice(0, longestData) : data
  const found = new Set<string>()
  const add = (piece: string | undefined) => {
    if (piece === undefined || piece.length > longestPiece) return
    const value = piece.trim().replace(/^[-–•:=*]\s+|^\\+|(?<!\\)\\+$|[.:]$/g, '')
    if (value !== '' && !/[‹›]/.test(value) && found.size < mostPieces) found.add(value)
  }
  if (!/[,;|\t\n{}()[\]="]/.test(text)) add(text)
  for (const [, single, double, assigned] of text.matchAll(quoted))
    if (assigned === undefined) add((single ?? double)?.replaceAll("''", "'"))
  for (const piece of text.replace(quoted, ',').split(between)) add(piece)
  return [...found].flatMap(judge)
}

/** Names of things that migrations have, which are no data though a row may hold them. */
const technical: readonly RegExp[] = [
  // Versions and names of migrations, commits, revisions, files, hosts.
  /^v?\d{1,6}(?:[._]\d{1,6}){1,5}$|^[Vv]?\d{1,14}_{1,2}\w/,
  /^(?:19|20)\d{2}[01]\d(?:[0-3]\d(?:[0-2]\d[0-5]\d(?:[0-5]\d(?:\d{3})?)?)?)?$/,
  /^[0-9a-f]{12}$|^[0-9a-f]{40}$|^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/,
  /^[\w.$-]{1,120}\.(?:sql|ddl|py|js|mjs|ts|xml|ya?ml|rb|json|csv|tsv|go|php|log|conf|ini|properties|sh|dump|ctl|bad|dsc|dat|gz|zip)$/i,
  /^[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)+$/,
  /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\|\w{2,12}:\/\/)|^[\w.-]+(?:\/[\w.-]+)+$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}|:\d{2,5})?$/,
  // Times; a date long ago may be somebody's birth.
  /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/,
  /^20[1-9]\d-[01]\d-[0-3]\d(?:[T ]\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?$/,
  // Types, codes, functions, constants, placeholders.
  /^(?:u?int|float|utf|latin|sha|md|char|varchar|bigint|ipv|decimal|numeric|enum|bit|base|real|ucs|cp|iso|euc|time|date)\w{0,12}(?:\([\d, ]*\))?$/i,
  /^(?=.*\d)[0-9A-Z]{5}$|^[A-Z]{2,6}-\d{2,6}$|^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/,
  /^\w+\(.*\)$|^[$:?@%]/,
  /^(?:null|nil|none|true|false|default|undefined|current_timestamp|now|varchar|character|integer|numeric|timestamp|text|json|error|failed|value|values|data|unknown|invalid|required|string|number|object|array|empty|missing|system|public|postgres|mysql|root|admin|oracle)$/i,
]

function judge(value: string): Piece[] {
  if (technical.some((form) => form.test(value))) return []
  if (/\s/.test(value) && vocabulary.test(value)) return []
  const letters = value.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) {
    // Numbers: long enough not to be a count, a line or a port.
    return value.replace(/\D/g, '').length >= 6 ? [{ value, isWord: false }] : []
  }
  if (/^[\x20-\x7e]*$/.test(value)) {
    if (/^[A-Za-z_$]+$/.test(value)) return value.length >= 4 ? [{ value, isWord: true }] : []
    // `pending review` may be words of the message as well: two words of small letters are.
    if (/^[a-z]{1,20}(?: [a-z]{1,20}){0,2}$/.test(value)) return value.length >= 10 ? [{ value, isWord: true }] : []
    return value.length >= 5 ? [{ value, isWord: false }] : []
  }
  if (/^\p{L}+$/u.test(value) && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(value))
    return value.length >= 4 ? [{ value, isWord: true }] : []
  return value.length >= 3 ? [{ value, isWord: false }] : []
}
