import { createBounds } from './bounds.ts'
import { findContentEnd, findQuoteEnd } from './brackets.ts'
import { findTagEnd, isTag, type Tag } from './tag.ts'

const space = String.raw`(?:\s|\\[nrt])`
const name = '[\\p{L}\\p{N}_."`[\\]$\\\\]{1,200}'

/** How statements that carry data begin. Line breaks may be escaped, as in a statement inside JSON. */
const begins = new RegExp(
  String.raw`(?:(?<=\\[nrt])|(?<![\p{L}\p{N}_‹]))(?:${[
    String.raw`insert(?:${space}{1,20}\w{1,12}){0,2}${space}{1,20}into`,
    `(?:replace|upsert|merge)${space}{1,20}into`,
    String.raw`update${space}{1,20}(?:only${space}{1,9})?${name}(?:${space}{1,20}(?:as${space}{1,9})?["\w]{1,60})?${space}{1,40}set`,
    `delete${space}{1,20}from`,
    String.raw`select(?=${space}[^;]{0,300}?(?:\bfrom\b|\(|'))`,
    String.raw`values${space}{0,20}(?=\()`,
    String.raw`where(?=${space}{1,20}["\w.()${'`'}]{1,80}${space}{0,9}(?:=|<|>|in\b|like\b|between\b))`,
    String.raw`call${space}{1,9}${name}(?=\()`,
    `exec(?:ute)?${space}{1,9}${name}${space}{1,9}(?=@|N?')`,
  ].join('|')})`,
  'giu',
)
/** Labels behind which every literal is one of a statement, whatever its verb. */
const labelled =
  /(?<![\p{L}_])(?:STATEMENT|QUERY|Command was|SQL statement|ANWEISUNG|ANFRAGE|SENTENCIA|CONSULTA|INSTRUCTION|REQUÊTE|ISTRUZIONE|文|問い合わせ|명령 구문|쿼리|COMANDO|ОПЕРАТОР|ЗАПРОС|ІНСТРУКЦІЯ|ЗАПИТ|WYRAŻENIE|ZAPYTANIE|SATS|FRÅGA|KOMUT|SORGU|语句|查询|陳述式|查詢) ?:? {1,2}(?=\S)/gu

const placeholders =
  /^(?:[\s,()]|\\n|\$\d{1,5}|\?\d{0,5}|[:@]\w{1,60}|%\(\w{1,60}\)s|%s|::[\w ]{1,40}|null|default|true|false|(?:now|current_timestamp|nextval|uuid_generate_v4|gen_random_uuid)(?:\(\))?)*$/i

/** Replaces literals of statements, and whole rows of VALUES, by tags; names, keywords and placeholders stay. */
export function hideStatements(text: string, tag: Tag): string {
  const bounds = createBounds(text)
  const starts = new RegExp(`${begins.source}|(?-i:${labelled.source})`, 'giu')
  let done = ''
  let from = 0
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    const { hidden, end } = readStatement(text, match.index, match[0].length, bounds.messageEnd(match.index), tag)
    done += text.slice(from, match.index) + hidden
    from = end
    starts.lastIndex = Math.max(end, match.index + match[0].length)
  }
  return done + text.slice(from)
}

/** A part of a statement that a message shows alone, such as behind `LINE 1:`. */
export function hideFragment(text: string, tag: Tag): string {
  return readStatement(text, 0, 0, text.length, tag, true).hidden
}

/** What is behind a row of VALUES if the statement goes on. */
const goesOn =
  /(?:\s|\\[nrt])*(?:,?(?:\s|\\[nrt])*\(|on\b|returning\b|as\b|union\b|where\b|select\b|from\b|order\b|::|;|\))/iy
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const number = /-?\d[\d.,]*(?:e[+-]?\d{1,4})?/iy
/** Text behind a statement: `- Duplicate entry …`, `was aborted`, `: ERROR`. */
const prose = /\s-\s[A-Za-z]{2,40}\s[a-z]|\swas aborted|:\s(?!:)|\s--\s/iy

function readStatement(text: string, start: number, verb: number, limit: number, tag: Tag, isFragment = false) {
  const first = verb > 0 && /["'`]/.test(text[start + verb] ?? '') ? start + verb : start - 1
  const outer = /["'`]/.test(text[first] ?? '') ? text[first] : null
  let hidden = ''
  let from = start
  let [depth, square] = [0, 0]
  /** The last sign or word that is no blank. */
  let before = text.slice(start, start + verb).toLowerCase()
  const put = (kind: string, begin: number, end: number) => {
    hidden += text.slice(from, begin) + (begin === end ? '' : tag(kind, text.slice(begin, end)))
    from = end
  }
  const finish = (end: number) => ({ hidden: hidden + text.slice(from, end), end })
  let at = /^values/.test(before) ? start : Math.max(start + verb, first + 1)
  while (at < limit) {
    const sign = text[at] ?? ''
    const tagEnd = findTagEnd(text, at)
    if (tagEnd >= 0) {
      at = tagEnd
      continue
    }
    if (sign === outer && depth === 0 && text[at - 1] !== '\\' && text[at + 1] !== outer) return finish(at)
    if (sign === "'" || (sign === '"' && isDataQuote(text, at, before))) {
      const end = findQuoteEnd(text, at, limit)
      const stop = end < 0 ? limit : end
      const close = end > at + 1 && text[end - 1] === '\\' ? stop - 1 : stop
      if (!isPath(text.slice(at + 1, close), before)) put('text', at + 1, close)
      at = stop + 1
      before = 'literal'
      continue
    }
    if (sign === '"' || sign === '`') {
      const end = findIdentifierEnd(text, at, limit)
      at = end < 0 ? at + 1 : end + 1
      before = 'name'
      continue
    }
    word.lastIndex = at
    const found = word.exec(text)?.[0]
    if (found !== undefined) {
      at += found.length
      before = found.toLowerCase()
      if (before !== 'values' && before !== 'in') continue
      const rows = readRows(text, at, limit, before)
      if (rows === null) continue
      for (const { begin, end } of rows.contents)
        if (!placeholders.test(text.slice(begin, end)) && !isTag(text.slice(begin, end))) put('row', begin, end)
      at = rows.end
      goesOn.lastIndex = at
      if (before === 'values' && !isFragment && !goesOn.test(text)) return finish(at)
      before = ')'
      continue
    }
    number.lastIndex = at
    const figure = /[\p{L}\p{N}_$:@?.%]/u.test(text[at - 1] ?? '') ? undefined : number.exec(text)?.[0]
    if (figure !== undefined) {
      const digits = figure.replace(/[.,]+$/, '')
      if (/[=<>]|^(?:between|and|like|\()$/.test(before) || (isFragment && /^[,(]$/.test(before)))
        put('number', at, at + digits.length)
      at += digits.length
      before = 'number'
      continue
    }
    if (sign === ';') return finish(at + 1)
    prose.lastIndex = at
    if (depth <= 0 && prose.test(text)) return finish(at)
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (sign === '[') square += 1
    if (sign === ']') square -= 1
    if (!isFragment && (depth < 0 || square < 0)) return finish(at)
    if (!/\s/.test(sign)) before = sign
    at += 1
  }
  return finish(limit)
}

/** MySQL also takes double quotes for data; elsewhere they hold names, which are followed by a dot or stand in lists. */
function isDataQuote(text: string, at: number, before: string): boolean {
  if (!/^(?:=|<|>|like|between)$/.test(before)) return false
  const end = findIdentifierEnd(text, at, Math.min(text.length, at + 300))
  return end < 0 || text[end + 1] !== '.'
}

function findIdentifierEnd(text: string, at: number, limit: number): number {
  const sign = text[at]
  const most = Math.min(limit, at + 130)
  for (let end = at + 1; end < most && text[end] !== ';'; end += 1) if (text[end] === sign) return end
  return -1
}

/** Files and addresses that a statement reads say where to look, and are none of the data. */
function isPath(literal: string, before: string): boolean {
  return (
    /^(?:from|infile|to|program|location|directory)$/.test(before) && /^(?:\/|\.|\w{1,10}:)[^\s']{1,300}$/.test(literal)
  )
}

/** The rows behind VALUES, or the list behind IN; null where no bracket follows, or a statement of its own. */
function readRows(text: string, start: number, limit: number, of: string) {
  const opens = of === 'in' ? /(?:\s|\\[nrt])*\((?!(?:\s|\\[nrt])*select\b)/iy : /(?:\s|\\[nrt])*\(/y
  const contents: { begin: number; end: number }[] = []
  let at = start
  for (;;) {
    opens.lastIndex = at
    const match = opens.exec(text)
    if (match === null || opens.lastIndex > limit) break
    const begin = opens.lastIndex
    const end = findContentEnd(text, begin - 1, limit)
    contents.push({ begin, end })
    at = Math.min(limit, end + 1)
    const comma = /(?:\s|\\[nrt])*,(?=(?:\s|\\[nrt])*\()/y
    comma.lastIndex = at
    if (of === 'in' || !comma.test(text)) break
    at = comma.lastIndex
  }
  return contents.length === 0 ? null : { contents, end: at }
}
