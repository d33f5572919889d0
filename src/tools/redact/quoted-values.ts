import { createBounds } from './bounds.ts'
import { createClosingFinder } from './closing.ts'
import type { Tag } from './tag.ts'

/** A place where a server or a library quotes data: how it opens, what closes it, and which kind it is. */
interface ValueShape {
  readonly opens: RegExp
  readonly signs: readonly string[]
  readonly tail: RegExp
  /** Kind of data, from the opening's groups: the column where it is known. */
  readonly kind?: (match: RegExpExecArray) => string
}

/** What follows a key of a row in PostgreSQL's languages: `) already exists`, `)« existiert`, `) 키가`. */
const afterKey =
  /[.。]?\\?["»«'”]?\s*$|["»«'”\\]|\.(?:\s|\\n)|\s{0,2}(?:already exists|is |conflicts|was |existiert|ist |wird |kollidiert|steht |existe|n'est |est |entre |no |non |è |esiste|confligge|nie |już |jest |pozostaje |já |não |ainda |está |entra |finns |existerar|refereras|står |är |уже |отсутств|конфликт|на |все |не |присут|вже |tidak |sudah |anahtar|[\u0300-\uffff])/my

const afterRow = /[.。]?\s*$|[.。]["'\\ ]|\s?(?:を|içeriyor)|[\\"][^,]|\s\[/my
const afterCopy = /\\?["']?[.,]?\s*$|\s\[|\\n|\\?["'][,}\s]|, |\)/my
const afterValue = /[.。]?["')\]}>]{0,3}\s*$|[\s,;:.)\]\\}|]/my
/** Some servers close with words. */
const words = (text: string) => new RegExp(text, 'y')

const quote = String.raw`\\{0,7}["»«„“]\s?`
const shapes: readonly ValueShape[] = [
  // DETAIL:  Key (lower(email))=(u1@ex.org) already exists.
  {
    opens: /(?:\(([^()\n=]{1,200})|[^\n()]\))\)=\(/g,
    signs: [')'],
    tail: afterKey,
    kind: (match) => match[1] ?? 'key',
  },
  // DETAIL:  Failing row contains (1, null, …), as PostgreSQL says it in its languages.
  {
    opens:
      /(?:row contains|enthält|contiene|contient|contém|содержит|містить|innehåller|içeriyor|berisi|ograniczenia wiersza|Hata veren satır|실패한 (?:자료|로우의 파티션 키 값):|失敗した行(?:のパーティションキー)?は|行包含|分区键包含|資料列包含|索引鍵包含|მწკრივი ")\s?\(/gi,
    signs: [')'],
    tail: afterRow,
    kind: () => 'row',
  },
  // CONTEXT:  COPY orders, line 4, column phone: "…", in any language.
  {
    opens: new RegExp(
      String.raw`\bCOPY(?:[、,]| (?=[^\n,]{1,160},))[^\n"»«„“]{0,200}?(?:[\p{L}]{2,12}[\s:]+([^\s":,：]{1,80})|([^\s",、]{1,80}) (?:열|칼럼)|[\d번째줄]|[^\n"»«„“]) ?[:：] ?${quote}`,
      'gu',
    ),
    signs: ['"', '«', '»', '“', '”'],
    tail: afterCopy,
    kind: (match) => columnOf(match[1] ?? match[2]),
  },
  value(String.raw`\binvalid input (?:syntax|value) for (?:enum \\{0,7}"[^\n"]{1,120}"|[^\n":]{1,120}): ${quote}`),
  value(String.raw`\b(?:field value out of range|malformed [^\n":]{1,60}): ${quote}`),
  value(String.raw`\b(?:value|[Tt]oken|parameter \$?\d{1,5}) \\{0,7}"`),
  // The same of a value that is out of range, in PostgreSQL's other languages.
  value(
    String.raw`(?<!\p{L})(?:Wert|valeur|valore?|wartość|värdet|значение|значення|입력한|値|值) ?\\{0,7}["»«„“]\s?`,
    '"',
    'iu',
  ),
  value(
    String.raw`(?<!\p{L})(?:(?:Wert|valeur|valore?|wartość|värdet|значение|значення)(?: \p{L}{2,12}){0,2}|값|値|值) ?'`,
    "'",
    'iu',
  ),
  value(
    String.raw`\bgot(?: an?)? \\{0,7}"(?!(?:string|number|null|object|array|boolean|undefined|int|integer|text|date|float|list|dict|none)\b)`,
    '"',
    'i',
  ),
  // MySQL
  { opens: /\bDuplicate entry '/g, signs: ["'"], tail: words(' for key') },
  { opens: /\bIncorrect [^\n':]{1,60} value: '/gi, signs: ["'"], tail: words(' for ') },
  value(String.raw`\btruncated incorrect [^\n':]{1,60} value: '`, "'"),
  // SQL Server
  { opens: /\bconverting the [^\n']{1,60} value '/g, signs: ["'"], tail: words(' to data type') },
  {
    opens:
      /(?:\bduplicate key value is|Schlüsselwert ist|clave duplicada es|clé (?:dupliquée|en double)(?: est)? ?:?|chiave duplicat[ao] è|chave duplicada é|значение ключа:?|キーの?値は|중복(?:된)? 키 값은|键值为|鍵值(?:是|為)) ?\(/gi,
    signs: [')'],
    tail: afterKey,
  },
  value(String.raw`\bTruncated value: '`, "'"),
  // MongoDB
  { opens: /\bdup key: \{/g, signs: ['}'], tail: afterValue },
  // BigQuery, CockroachDB, Polars: what it was to become stands behind it.
  ...["'", '"', '`'].map((sign) => ({
    opens: new RegExp(
      String.raw`\b(?:[Cc]ould not|[Cc]annot|[Ff]ailed to|[Uu]nable to|[Ee]rror) (?:parse|pars(?:e|ing)|convert|cast) (?:string |value )?\\{0,7}${sign}`,
      'g',
    ),
    signs: [sign],
    tail: words('\\\\{0,7} (?:as|to|into|with type)\\b'),
  })),
  value(String.raw`\bValue too long for column [^\n:]{1,200}: \\{0,7}"'`, "'"),
  // Snowflake, BigQuery, Java, Python, Go, Ruby and .NET, of a value that is none
  // A setting of SQL Server is named where others quote a value.
  value(
    String.raw`\b(?:(?<!\bsp_configure )value|string|text|literal|date|number|input string|input|parse|parsing|parsed) '`,
    "'",
    'i',
  ),
  // Django's validators begin with the value, and its fixtures end with it.
  {
    opens:
      /[“‘](?=[^\n”’]{1,400}[”’] (?:value|is not a valid|must be|no es|n'est|ist kein|은\(는\)|은|는|は|不是|не является))/g,
    signs: ['”', '’'],
    tail: words(" (?:value|is not a valid|must be|no es|n'est|ist kein|은|는|は|不是|не является)"),
  },
  value(String.raw`\bfield_value was '`, "'"),
  // Oracle's loaders print a value that could not be converted as bytes, in any language.
  { opens: /\b0X'(?=[\da-f]{0,8000}')/gi, signs: ["'"], tail: words('') },
  value(
    String.raw`\b(?:input string|Unparseable \w{1,20}|from String|parsing|to (?:float|int)|with base \d{1,2}|Integer\(\)|Float\(\)|type string)(?::| \()? ?\\{0,7}"`,
  ),
  // Go, pydantic, zod, pandas, and validators of JavaScript
  value(String.raw`\b(?:parsing time|cannot parse|Unable to parse string) \\{0,7}"`),
  value(String.raw`\b(?:input_value=|value: )'`, "'"),
  value(String.raw`\b(?:input_value=|value: |(?:CSV |input )?(?:line|row|record) \d{1,12}: )\\{0,7}"`),
  value(
    String.raw`"received\\{0,7}":\s?\\{0,7}"(?!(?:string|number|boolean|undefined|null|nan|object|array|date|bigint|unknown)\b)`,
  ),
  { opens: /\bUnknown string format: /g, signs: [' '], tail: words('present at ') },
  value(String.raw`\bparsed text: "`),
  value(String.raw`\b(?:Preview of field's value|expected [^\n]{1,20} before): '`, "'"),
  { opens: /\b[Ff]ailed to parse (?=[^\n]{1,400}? : )(?!["'])/g, signs: [' '], tail: words(': ') },
  // Joda and Elasticsearch, whose values stand in brackets too.
  { opens: /\bInvalid format: \\{0,7}"/g, signs: ['"'], tail: words('\\s(?:is malformed|is too short)') },
  value(String.raw`\bis malformed at \\{0,7}"`),
  {
    opens:
      /\b(?:[Ff]ailed to parse (?:date field|value|date)|(?:[Cc]annot|[Cc]ould not|[Uu]nable to|[Ff]ailed to) (?:parse|convert|coerce) (?:value|date|boolean|number)|[Ii]llegal (?:latitude|longitude) value|not a valid (?:date|boolean|number)):? \[/g,
    signs: [']'],
    tail: words(' (?:with|as|for|of|to|into|in|from)\\b|\\\\{0,7}["\'.,;:]'),
  },
  // JSON Schema's validators begin with the value.
  {
    opens:
      /(?<=^|[\s:"])'(?=[^\n]{1,500}?' (?:is not (?:an? '|of type '|one of \[|valid under any)|does not match (?:any of )?['"]|is too (?:long|short)))/gm,
    signs: ["'"],
    tail: words(
      ` (?:is not (?:an? '|of type '|one of \\[|valid under any)|does not match (?:any of )?['"]|is too (?:long|short))`,
    ),
  },
  value(String.raw`\b(?:to (?:float|int)|with base \d{1,2}|time data|Invalid isoformat string):? '`, "'"),
  value(String.raw`\([sid]:'`, "'"),
  value(String.raw`\bkey value is \((?:"[^"\n]{1,60}"|\w{1,60}) = '`, "'"),
  value(String.raw`\b(?:line|row|record|entry) \d{1,12} \(\\{0,7}"`),
  // Loaders, warehouses and engines
  value(
    String.raw`\b(?:[Cc]onvert|[Cc]onverting|[Cc]ast(?:ing)?(?: [A-Za-z]{3,20}(?:\(\d{1,9}\))?)?|shrink [A-Z ]{3,30}|value containing|[Uu]nrecognized token|decode|coerce|(?:integer|numeric|date|timestamp|boolean|float|number|time) format|got|but (?:got|was|found|received)|consideredValue:) '`,
    "'",
  ),
  value(
    String.raw`\b(?:[Cc]onvert|[Cc]onverting|[Cc]ast(?:ing)?|parse|decode|coerce|containing|from string|exceeded by string|Offending value:?|offending value|input value|bad value|unexpected value) \\{0,7}"`,
    '"',
    'i',
  ),
  value(String.raw`\b(?:parse|parsing|convert|cast|value|literal|string|cell|entry) \x60`, '\x60'),
  {
    opens:
      /(?:\bkey value|\brow with column values|\bDuplicate (?:row|record|key) (?:is|was|found):?|\bkey) ?\((?=[^()\n]{1,80}(?:=|:))/g,
    signs: [')'],
    tail: afterKey,
  },
  { opens: /\[Source: \([\w[\].]{2,40}\)\\{0,7}"/g, signs: ['"'], tail: words('; line') },
  {
    opens: /(?<=Unexpected token [^\n]{1,12}, )(?:\.{3})?"/g,
    signs: ['"'],
    tail: words('(?:\\.{3})? (?:is not valid JSON|\\.\\.\\.)'),
  },
]

function value(opens: string, sign = '"', flags = ''): ValueShape {
  const signs = sign === '"' ? ['"', '«', '»', '“', '”'] : [sign]
  return { opens: new RegExp(opens, `g${flags}`), signs, tail: afterValue }
}

function columnOf(name: string | undefined): string {
  return name === undefined || /^\d+$/.test(name) ? 'row' : name
}

/** Replaces data that databases and libraries quote in their messages. */
export function hideQuotedValues(text: string, tag: Tag): string {
  return shapes.reduce((so, shape) => hideShape(so, shape, tag), text)
}

function hideShape(text: string, { opens, kind, ...closing }: ValueShape, tag: Tag): string {
  const shape = new RegExp(opens)
  const findEnd = createClosingFinder(text, createBounds(text), closing)
  let done = ''
  let from = 0
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const start = match.index + match[0].length
    const end = findEnd(start)
    // The blank that French puts inside its quotation marks is none of the data.
    const space = /\s$/.test(match[0]) && text[end - 1] === ' ' && end - 1 > start ? 1 : 0
    done += text.slice(from, start) + tag(kind?.(match) ?? 'value', text.slice(start, end - space))
    from = end - space
    shape.lastIndex = Math.max(end, start)
  }
  return done + text.slice(from)
}
