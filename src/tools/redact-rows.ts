type Tag = (kind: string, value: string) => string

/** A place where a database prints data of a row: how it opens, what closes it, and which kind it is. */
interface RowShape {
  readonly opens: RegExp
  /** The last such text in the message counts, for the data itself may hold it; null: the data reaches to the message's end. */
  readonly closes: string | null
  /** Kind of data, from the opening's groups: the column where it is known. */
  readonly kind: (match: RegExpExecArray) => string
}

/**
 * Openings are bounded, so that a hostile text costs linear time; those without words hold in every language. Quotes
 * may be escaped, as in a message inside JSON.
 */
const shapes: readonly RowShape[] = [
  // DETAIL:  Key (email)=(u1@ex.org) already exists.
  { opens: /\(([^()\n]{1,200})\)=\(/g, closes: ')', kind: (match) => match[1] ?? 'value' },
  // DETAIL:  Failing row contains (1, null, …). The second is Korean.
  { opens: /(?:row contains|실패한 자료:) \(/g, closes: ')', kind: () => 'row' },
  // CONTEXT:  COPY orders, line 4, column phone: "…"
  {
    opens: /\bCOPY [^\n"]{1,300}?(?:, column ([^\n":,]{1,80}))?: \\{0,7}"/g,
    closes: '"',
    kind: (match) => match[1] ?? 'row',
  },
  { opens: /\binvalid input (?:syntax|value) for [^\n":]{1,120}: \\{0,7}"/g, closes: '"', kind: () => 'value' },
  { opens: /\b(?:field value out of range|malformed [^\n":]{1,60}): \\{0,7}"/g, closes: '"', kind: () => 'value' },
  { opens: /\b(?:value|[Tt]oken|parameter \$?\d{1,5}) \\{0,7}"/g, closes: '"', kind: () => 'value' },
  { opens: /\bJSON data, line \d{1,9}: /g, closes: null, kind: () => 'json' },
  { opens: /\bparameters: (?=\$1 = )/g, closes: null, kind: () => 'parameters' },
  // MySQL: Duplicate entry 'u1@ex.org' for key 'people.email'; Incorrect date value: '31.02.' for column …
  { opens: /\bDuplicate entry '/g, closes: "' for key", kind: () => 'value' },
  { opens: /\bIncorrect [^\n':]{1,60} value: '/g, closes: "' for ", kind: () => 'value' },
  { opens: /\b[Tt]runcated incorrect [^\n':]{1,60} value: '/g, closes: "'", kind: () => 'value' },
  // SQL Server: Conversion failed when converting the varchar value 'abc' to data type int.
  { opens: /\bconverting the [^\n']{1,60} value '/g, closes: "' to data type", kind: () => 'value' },
  { opens: /\bduplicate key value is \(/g, closes: ')', kind: () => 'value' },
  // MongoDB: E11000 duplicate key error … dup key: { email: "u1@ex.org" }
  { opens: /\bdup key: \{/g, closes: '}', kind: () => 'value' },
]

/** A line that begins something new: everything before it may still be data with line breaks in it. */
const nextMessage =
  /\n(?=\d{4}-\d\d-\d\d|\{|pg_\w+: |psql:|[^\n]{0,160}\b(?:ERROR|FATAL|PANIC|WARNING|NOTICE|LOG|INFO|DEBUG|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION|Command was): )/g

/** Replaces row data in the messages of PostgreSQL and other databases by tags. */
export function findRowData(text: string, tag: Tag): string {
  const withTags = shapes.reduce((so, shape) => replaceShape(so, shape, tag), text)
  return replaceLiterals(withTags, tag)
}

function replaceShape(text: string, shape: RowShape, tag: Tag): string {
  const opens = new RegExp(shape.opens)
  let done = ''
  let from = 0
  for (let match = opens.exec(text); match !== null; match = opens.exec(text)) {
    const start = match.index + match[0].length
    const end = findEnd(text, start, shape.closes)
    done += text.slice(from, start) + tag(shape.kind(match), text.slice(start, end))
    from = end
    opens.lastIndex = Math.max(end, start)
  }
  return done + text.slice(from)
}

/** The end of the data that starts at `start`: its last closing sign, or all of the message when that was cut off. */
function findEnd(text: string, start: number, closes: RowShape['closes']): number {
  const messageEnd = findMessageEnd(text, start)
  if (closes === null) return messageEnd
  const close = text.slice(start, messageEnd).lastIndexOf(closes)
  return close < 0 ? messageEnd : start + close
}

function findMessageEnd(text: string, start: number): number {
  const next = new RegExp(nextMessage)
  next.lastIndex = start
  return next.exec(text)?.index ?? text.length
}

/** String literals of statements that a log repeats. */
function replaceLiterals(text: string, tag: Tag): string {
  const statement = /\b(?:STATEMENT|QUERY|Command was|SQL statement):? /g
  let done = ''
  let from = 0
  for (let match = statement.exec(text); match !== null; match = statement.exec(text)) {
    const start = match.index + match[0].length
    const end = findMessageEnd(text, start)
    const hidden = text
      .slice(start, end)
      .replace(/'((?:[^']|'')*)(?:'|$)/g, (_, value: string) => `'${tag('text', value)}'`)
    done += text.slice(from, start) + hidden
    from = end
    statement.lastIndex = end
  }
  return done + text.slice(from)
}
