import { createBounds } from './bounds.ts'
import { findContentEnd } from './brackets.ts'
import { findTagEnd, isTag, type Tag } from './tag.ts'

/** Words of tools before a list of values, and the list: `[parameters: (…)]`, `bindings: […]`, `for row […]`. */
const list =
  /(?<![\p{L}\d])(?!binding parameter [[(])(?<!binding )(?:(?:(?:sql|query|statement|bind|bound|with)[ _-]?)?(?:parameters?|params|param values|binds|bindings|bind(?:ing)? (?:variables?|values?|params|parameters)|bind)["']?\s?(?::{1,2}|=>?|->)?\s{0,4}|(?:with |new |old |row )?values\s?(?::|=>?)\s{0,4}|(?:for|bad|rejected|failed|failing|invalid|offending|skipped|skipping|this|the)\s(?:row|record|tuple|document|entry|item)\s?[:=]?\s{0,4}(?:(?-i:\p{Lu})\w{1,80} ?(?=[({[]\w{1,60} ?[=:]))?|(?:row|record|document|doc|item|entry) (?:#|no\.? )?\d{1,12}\s?[:=-]\s{0,4}|["':]?(?:rows?|records?|tuple|document|raw_data|event|payload|:action|item|entity|sample|failed_rows?|failed_records?|bad_rows?|job_args|dataValues|before|after|args|newRow|oldRow|op)["']?\s?(?::|=>?)\s{0,4}(?!\{\\{0,7}"(?:log_time|error_severity|severity|level|message|msg|timestamp|time|ts|process_id)\\{0,7}")|(?:Struct|Row|Record|SinkRecord|SourceRecord|Tuple\d?|GenericRecord)(?=[({])|(?:\$\d{1,4}\)?|\bRETURNING "\w{1,63}"(?:, ?"\w{1,63}"){0,40}) {1,2}(?=\[)|\[(?:generated in|cached since|raw sql|no key|dialect)[^\]\n]{0,80}\]\s|\bDATA\s?<\s?#|\b(?:(?:insert|updat|upsert|sav|stor|writ|delet|load|migrat|mapp|convert|process)ing|to (?:insert|update|upsert|save|store|write|delete|load|migrate|map|convert|process)) (?:the |a |an )?(?-i:\p{Lu})\w{1,80} ?(?=[{(]))["']?(?=[[({])/giu
/** `[["name", "Kim"], ["id", 7]]` */
const pairs = /\[(?=\[(?:\\{0,7}"[^"\n]{0,80}"|'[^'\n]{0,80}'|nil), )/g

/** Values to the end of their line, or to a sign. */
const singles: readonly (readonly [opens: RegExp, closes: RegExp])[] = [
  [/\bbinding parameter [[(][^\])\n]{1,60}[\])](?: as \[[\w ]{1,40}\])? ?(?:-|<-) \[/g, /\]\s*$/m],
  [/\bparameter value \[/g, /\], value class|\]\s*$/m],
  [/(?:==>|<==) {1,9}(?:Parameters|Row): /g, /$/m],
  [/\bBinding variable \d{1,5} *: /g, /$/m],
  [/\bdata for row: /gi, /$/m],
  // Laravel, which puts values into its statements as they are.
  [
    /(?<=\(Connection: [\w.-]{1,60},(?: Host: [^\n,]{1,80},| Port: \d{1,6},| Database: [^\n,]{1,80},){0,4} SQL: [^\n]{0,4000}[`"\]]) (?:=|<>|!=|<=?|>=?|like) (?=[^\s?])/gi,
    /(?= (?:and|or|where|order by|limit|group by) |, [`"[])|\)?\)\s*$/m,
  ],
  // Perl's DBI, behind the statement.
  [/\bwith ParamValues: /g, /\](?= at |[.\s]*$)|$/m],
  // JSON Schema's validators: the value on the line below its place.
  [
    /\bOn instance(?:\[[^\]\n]{1,80}\]){0,6}:[^\n]{0,300}\n(?:[^\n'"{[]{0,60}\[\w{1,8} {0,8}\])?[ \t]{0,40}(?=['"{[\d])/g,
    /(?= {2,}\w{1,40}=)|$/m,
  ],
  // Sequelize: what was bound, behind the statement.
  [/\$\d{1,4}[^\n;$]{0,100}; (?=["'\d[{])/g, /$/m],
  [/\bbind (?:variable )?:?\d{1,4} ?[:=] ?/g, /$/m],
  // The row below its own header in an error file of bcp.
  [/^#@ Row \d{1,12}, Column \d{1,6}: [^\n]{1,300} @#[ \t\r]*\n/gm, /$/m],
  // Rejected rows as the old imp prints them: number and value of each column.
  [
    /^ {0,4}Column \d{1,4} (?=[^\n]{0,4000}$)(?!of |is |was |name|count|type|not |has )/gm,
    /\s{8,40}\d{1,12} rows imported|$/m,
  ],
  [/\braw_(?:line|field_value) *[:|=] */g, /\s{0,9}\|?\s{0,9}(?=err_|colname)|$/m],
  [
    /\b(?:rejected|bad|invalid|failing|failed|offending|malformed|skipped|corrupt) (?:row|record|tuple|document|entry|line|item)s?(?: (?:at|in|on) (?:line|row|record|position))?(?: #?\d{1,12})? ?[:=] ?(?=[^\n]{0,400}(?:[,;|\t"'{]| {3}))(?!(?:expected|missing|column|field|cannot|could|unknown|too|the|no|not|null|invalid|value|error)\b)/gi,
    /$/m,
  ],
  [/(?:\$\d{1,5}|[@:]\w{1,60}) ?= ?N?'/g, /'(?=\s*(?:$|[,;)\]([]|\\n))|(?<!')'(?=")/m],
  [/(?<![\w@])@p?\d{1,5} ?= ?(?=[^\s'"\]@,])/g, /(?=[,\s\])]|$)/m],
  // SQLite's drivers of Dart, Flutter and Swift, behind the statement.
  [/(?<=\bCausing statement\b[^\n]{0,4000}), parameters: (?=[^\s[({])/g, /$/m],
  [/(?<=['"`]) (?:args|with arguments) \[/g, /\](?=[\s).,;]|$)/m],
  // Drizzle: what was bound, on a line of its own.
  [/^[ \t]{0,12}params: (?=[^\s[({])/gm, /$/m],
  [/\bOriginal Line: (?=\S)/g, /$/m],
  [/\braw field value: (?=\S)/g, /(?= original error:)|$/m],
  // A body of a form, and of a message as it was sent.
  [
    /\b(?:[Bb]ody|BODY|[Pp]ayload|[Dd]ata)(?: was)?[:=] {0,2}(?=[\w.%-]{1,60}=[^\s&]{0,200}&[\w.%-]{1,60}=)/g,
    /(?=[\s"'])|$/m,
  ],
  [/ (?:-d|--data(?:-raw|-binary|-urlencode)?|--json)[ =]'(?=[{[]|[^'\n]{0,200}=)/g, /'(?=\s|$)/m],
  // A trace of Oracle
  [/^ {1,4}value="/gm, /"[ \t\r]*$/m],
  // Kafka's records, key and value.
  [
    /\b(?:Consumer|Producer)Record\((?=[^\n]{0,2000}?\bvalue ?=)[^\n]{0,2000}?\b(?:value|key) ?= ?/g,
    /\)(?=\s*(?:$|[.,;:]| at | to ))|$/m,
  ],
]

/** Replaces values that tools print beside a statement, or instead of one, by tags. */
export function hideBinds(text: string, tag: Tag): string {
  const withoutPairs = hideLists(hideLists(text, list, tag), pairs, tag)
  return singles.reduce((so, [opens, closes]) => hideSingles(so, opens, closes, tag), withoutPairs)
}

const placeholders = /^(?:[\s,[\](){}]|\$\d{1,5}|\?|:\w{1,60}|%s|null|nil|None|undefined)*$/

/** Replaces what stands in the brackets that follow a match of the shape. */
export function hideLists(text: string, shape: RegExp, tag: Tag): string {
  const bounds = createBounds(text)
  const opens = new RegExp(shape)
  let done = ''
  let from = 0
  for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
    let open = shape === pairs ? match.index : match.index + match[0].length
    if (open < from) continue
    // One list, or several as in `with values: [1], [Kim]`.
    for (;;) {
      const end = findContentEnd(text, open, bounds.messageEnd(open))
      const content = text.slice(open + 1, end)
      if (!placeholders.test(content) && !isTag(content)) {
        done += text.slice(from, open + 1) + tag('row', content)
        from = end
      }
      opens.lastIndex = Math.max(end, opens.lastIndex)
      if (!/^[\])}],? ?[[({]/.test(text.slice(end, end + 4))) break
      open = end + text.slice(end, end + 4).search(/[[({]/)
    }
  }
  return done + text.slice(from)
}

function hideSingles(text: string, opens: RegExp, closes: RegExp, tag: Tag): string {
  const bounds = createBounds(text)
  const shape = new RegExp(opens)
  const close = new RegExp(closes.source, 'gm')
  let done = ''
  let from = 0
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const start = match.index + match[0].length
    close.lastIndex = findTagEnd(text, start) < 0 ? start : findTagEnd(text, start)
    const found = close.exec(text)?.index ?? text.length
    const end = Math.min(found, bounds.messageEnd(start))
    if (end > start) done += text.slice(from, start) + tag('value', text.slice(start, end))
    else done += text.slice(from, start)
    from = Math.max(end, start)
    shape.lastIndex = from
    if (match[0].length === 0) shape.lastIndex += 1
  }
  return done + text.slice(from)
}
