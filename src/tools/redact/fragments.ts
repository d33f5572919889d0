import { hideFragment } from './statements.ts'
import { isTag, type Tag } from './tag.ts'

/** `LINE 1: …` of PostgreSQL's clients, in their languages. */
const lines =
  /((?<![\p{L}\d])(?:(?:LINE|ZEILE|LÍNEA|LIGNE|RIGA|行|ხაზი|줄|LINIA|LINHA|СТРОКА|RAD|SATIR|РЯДОК) ?\d{1,9} ?|第 ?\d{1,9} ?行):\s?)([^\n]*)/gu

/** MySQL shows what is left of the statement, from wherever it could not be read on. */
const near = /(\bto use near ')([\s\S]{0,400}?)(' at line \d)/g
const nearOpen = /(\bto use near ')(?![^\n]*' at line \d)([^\n]*)/g
/** A piece of the statement at which a parser stopped, as PostgreSQL says it in its languages: before it, or behind. */
const token =
  /((?:at or near|bei|cerca de|proche de|sur ou près de|a o presso|w lub blisko|em ou próximo a|vid eller nära|в або поблизу|pada atau didekat|(?:примерное )?положение:|около|位置在|または(?:その)?近辺|부근) ?\\{0,7}["»«„“]\s?)([^"»«„“”\n]{1,200})/g
const tokenBefore =
  /(["»«„“]\s?)([^"»«„“”\n]{1,200})(?=["»«“”]\s{0,2}(?:または(?:その)?近辺|부근|-სთან ან|yerinde|或其?附近))/g

/** Words that only a statement has. */
const keyword =
  /^(?:add|after|all|alter|and|as|asc|autoincrement|auto_increment|begin|between|by|call|bigint|bit|blob|boolean|bytea|cascade|case|char|character|charset|check|collate|column|comment|commit|constraint|create|cross|database|date|datetime|decimal|double|float|integer|interval|json|jsonb|money|number|numeric|nvarchar|real|smallint|text|time|timestamp|uuid|varchar2|declare|default|delete|desc|distinct|do|drop|else|end|engine|enum|exists|foreign|from|full|function|grant|group|having|identity|if|ignore|in|index|inner|insert|int|into|is|join|key|language|left|like|limit|lock|merge|not|null|offset|on|or|order|outer|over|owner|partition|primary|procedure|references|rename|replace|returning|returns|right|row|schema|select|sequence|serial|set|table|then|to|trigger|truncate|type|union|unique|unlock|unsigned|update|user|using|values|varchar|view|when|where|with|zerofill)$/i

/** A line that holds nothing but values, as statements of many lines have them. */
const rowLine =
  /^(?:[ \t]{0,40}|[\w.-]{1,40} *\| *)(?:values\s*)?\(?\s*(?:N?'(?:[^'\n]|''){0,4000}'|-?\d[\d.]*|null|true|false|default)(?:\s*,\s*(?:N?'(?:[^'\n]|''){0,4000}'|-?\d[\d.]*|null|true|false|default|now\(\)))*\s*\)?\s*[,;]{0,2}\s*$/i

/** Replaces data in parts of statements that stand without their beginning. */
export function hideFragments(text: string, tag: Tag): string {
  const hideToken = (found: string, opens: string, rest: string) =>
    isTag(rest) || isSyntax(rest.trim()) ? found : opens + tag('text', rest)
  return text
    .replace(lines, (_, label: string, rest: string) => label + hideLine(rest, tag))
    .replace(near, (_, opens: string, rest: string, closes: string) => opens + hideRest(rest, tag) + closes)
    .replace(nearOpen, (_, opens: string, rest: string) => opens + hideRest(rest, tag))
    .replace(token, hideToken)
    .replace(tokenBefore, hideToken)
}

/** What of COPY's or bcp's own form is null is written out in it. */
const written = /\t\\N(?:\t|$)|\\N\t|(?:\t|\s{2})<NULL>/
/** What may stand before the row. */
const beforeRow = /^(?:.{0,160}?\bData: |.{0,160}?: "|)/

function hideNullLines(text: string, tag: Tag): string {
  if (!text.includes('\\N') && !text.includes('<NULL>')) return text
  return text
    .split('\n')
    .map((line) => {
      if (!written.test(line)) return line
      const before = beforeRow.exec(line)?.[0] ?? ''
      return before + tag('row', line.slice(before.length))
    })
    .join('\n')
}

/** Hides lines of values; `lines` are whole ones. */
export function hideRowLines(text: string, tag: Tag): string {
  return hideNullLines(text, tag).replace(/^[^\n]{0,4000}'[^\n]{0,4000}$/gm, (line) => {
    if (!rowLine.test(line)) return line
    const data = /^(\s*|[\w.-]{1,40} *\| *)(.*?)([,;]*\s*)$/.exec(line)
    return data === null ? line : `${data[1]}${tag('row', data[2] ?? '')}${data[3]}`
  })
}

/** A part that is cut at its beginning may begin inside of data. */
function hideLine(rest: string, tag: Tag): string {
  if (rest === '' || isTag(rest)) return rest
  if (rest.startsWith('...') && rest.includes("'")) return tag('sql', rest)
  if (isOpen(rest)) return tag('sql', rest)
  const shown = hideFragment(rest, tag)
  // What it took for data was not: `''select`, of which one quote is left.
  return isOpen(shown) ? tag('sql', rest) : shown
}

/** Whether a quotation mark has no partner although the line was not cut. */
function isOpen(line: string): boolean {
  return line.split("'").length % 2 === 0 && !line.endsWith('...')
}

function hideRest(rest: string, tag: Tag): string {
  if (rest === '' || isTag(rest)) return rest
  const isData = /['",\d\\]|[\u0250-\uffff]/.test(rest) || rest.length >= 78
  if (!isData) return rest
  const words = rest.split(/(\s+)/)
  const kept = words.findIndex((word, index) => index % 2 === 0 && !keyword.test(word) && !isTable(words, index))
  if (kept < 0) return rest
  const head = words.slice(0, kept).join('')
  const tail = rest.slice(head.length)
  return isTag(tail) ? rest : head + tag('sql', tail)
}

function isTable(words: readonly string[], index: number): boolean {
  return (
    /^(?:into|update|table|from)$/i.test(words[index - 2] ?? '') &&
    index === 4 &&
    /^[\w.`"]{1,60}$/.test(words[index] ?? '')
  )
}

function isSyntax(text: string): boolean {
  return (
    keyword.test(text) || !/[\p{L}\p{N}]/u.test(text) || /^[A-Z_]+$/.test(text) || /^\$\d/.test(text) || /_/.test(text)
  )
}
