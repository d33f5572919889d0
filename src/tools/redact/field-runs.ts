import { isTag, type Tag } from './tag.ts'
import { isTellingField } from './telling-fields.ts'

const name = String.raw`(?<![\p{L}\p{N}_.$-])["'\x60[]?[\p{L}_][\p{L}\p{N}_-]{0,60}["'\x60\]]? ?= ?`
const quoted = String.raw`N?'(?:[^'\\\n]|\\.|''){0,600}'|"(?:[^"\\\n]|\\.){0,600}"`
/** Words of the message behind a field. */
const prose = 'in|on|of|for|at|from|is|was|has|not|already|because|violates|failed|could|cannot'
/** To a sign that parts fields, or to where the next field begins. */
const bare = String.raw`[^\s,;|'"()[\]{}<>‹=&](?:[^,;|'"()[\]{}<>‹=&\n]|,(?=\d)|(?<=\s)&(?=\s)){0,160}?(?=\s{0,3}(?:,(?!\d)|[;|)\]}(]|&(?!\s)|\.?$|\n)|\.?\s{1,3}["'\x60[]?[\p{L}_][\p{L}\p{N}_.-]{0,60}["'\x60\]]? ?=|\s{2}|\.\s|\s(?:${prose})\s)`
const pair = new RegExp(`(${name})(${quoted}|${bare})`, 'gmu')

/**
 * What stands before a row, or before the key that names one, whose fields follow with their names: the word for it in
 * the languages that programs have been seen to write.
 */
const label = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}_])(?:${[
    // SQL Server's replication, AWS DMS, Debezium: `with Primary Key(s): [Id] = 7`, `with PK id=7`.
    String.raw`(?:(?:primary |unique |row |document )?keys?(?:\(s\))?(?: (?:values?|columns?|fields?))?|pks?) ?[:：]? ?`,
    String.raw`(?:row|record|tuple|entry)(?: (?:in progress|being \w{3,20}|data|values?|contents?))? ?[:：] ?`,
    String.raw`(?:fila|registro|tupla|zeile|datensatz|satz|ligne|enregistrement|riga|linha|строк[аеиу]|запис[ьи])(?: [\p{L}\d#.]{1,20}){0,3} ?[:：] ?`,
  ].join(
    '|',
  )})|(?:행|레코드|자료|데이터|行|レコード|データ|记录|記錄|数据|資料)(?: [\p{L}\d#]{1,10}){0,2} ?[:：] ?)(?=["'\x60[]?[\p{L}_][\p{L}\p{N}_-]{0,60}["'\x60\]]? ?=(?![=>]))`,
  'iu',
)

/** A field of the line was that of a person: what stands beside it belongs to the same row. */
const personal = /=\s?["']?‹(?:value|email|phone|card|account|resident number|business number) [0-9a-f]{4}›/
/** A line of a program about itself, whose fields name its own parts. */
const ownLine = /(?<![\w.])(?:level|lvl|severity|msg|logger|caller)=/

/** What is no data: a flag, a count, a place, a name of a type. */
const plain =
  /^(?:-?\d{1,4}|null|nil|none|true|false|on|off|yes|no|\?|\*{3}|\$\d{1,4}|[:@%]\w.*|\/.*|\w{2,12}:\/\/.*)$/i

/** Replaces values of rows that are printed as `name=value` one behind the other, behind a word for it or beside a person's. */
export function hideFieldRuns(text: string, tag: Tag): string {
  if (!text.includes('=')) return text
  return text
    .split('\n')
    .map((line) => (line.includes('=') ? hideLine(line, tag) : line))
    .join('\n')
}

function hideLine(line: string, tag: Tag): string {
  if (personal.test(line) && !ownLine.test(line)) return hidePairs(line, tag, false)
  const found = label.exec(line)
  if (found === null) return line
  const from = found.index + found[0].length
  return line.slice(0, from) + hideFrom(line.slice(from), tag, /key|pk/i.test(found[0]))
}

/** A key may be a number of one field; of a row there are several fields. */
function hideFrom(rest: string, tag: Tag, isKey: boolean): string {
  const pairs = rest.match(pair) ?? []
  return isKey || pairs.length > 1 ? hidePairs(rest, tag, isKey) : rest
}

function hidePairs(text: string, tag: Tag, isKey: boolean): string {
  return text.replace(pair, (found: string, before: string, value: string) => {
    const field = before.replace(/["'`[\]=\s]/g, '')
    const signs = /^N?['"]/.exec(value)?.[0] ?? ''
    const inner = signs === '' ? value : value.slice(signs.length, -1)
    if (isTellingField(field) || isTag(inner) || inner.trim() === '') return found
    if (isKey ? /^(?:null|\?|\*{3}|[:@$%].*)$/i.test(inner) : plain.test(inner)) return found
    return before + signs + tag(field, inner) + (signs === '' ? '' : signs.slice(-1))
  })
}
