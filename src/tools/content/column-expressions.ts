import pg from 'pg'

/** A column as the catalogue knows it; domains are already walked down to what they are made of. */
export interface Column {
  readonly name: string
  /** Name of the base type if it is one of PostgreSQL's own plain types; null for enums, arrays, composites, extensions … */
  readonly builtIn: string | null
  readonly isArray: boolean
  readonly hasLength: boolean
  readonly collatable: boolean
  /** A generated column is in the content but not in a COPY. */
  readonly generated: boolean
}

/** Length in bytes of the row's line in a text COPY: values with their escapes, `\N` for null, one separator each. */
export function writeCopyLength(columns: readonly Column[]): string {
  const copied = columns.filter((column) => !column.generated)
  return copied.length === 0 ? '1' : copied.map((column) => `${writeLength(column)} + 1`).join(' + ')
}

/**
 * The text that COPY would write, by the type's own output. A cast to text is no such thing: whoever owns a type may
 * define one that calls a function of theirs, which then runs here and answers what it likes.
 */
export function asOutput(sql: string): string {
  return `CASE WHEN num_nulls(${sql}) = 0 THEN concat(${sql}) END`
}

const fixedLength: { readonly [type: string]: number } = { bool: 1, uuid: 36, macaddr: 17 }
/** Types whose text never holds a character that COPY escapes. */
const neverEscaped = new Set([
  'int2',
  'int4',
  'int8',
  'oid',
  'numeric',
  'float4',
  'float8',
  'date',
  'timestamp',
  'timestamptz',
])

function writeLength(column: Column): string {
  const name = pg.escapeIdentifier(column.name)
  const { builtIn } = column
  if (!column.isArray && builtIn !== null) {
    const fixed = fixedLength[builtIn]
    if (fixed !== undefined) return `CASE WHEN ${name} IS NULL THEN 2 ELSE ${fixed} END`
    // `\\x` and two digits a byte.
    if (builtIn === 'bytea') return `coalesce(3 + 2 * octet_length(${name}), 2)`
    if (neverEscaped.has(builtIn)) return `coalesce(octet_length(${name}::text), 2)`
    if (builtIn === 'bpchar') return `coalesce(octet_length(${name}) + ${countEscapes(`${name}::text`)}, 2)`
  }
  const text = asOutput(name)
  return `coalesce(octet_length(${text}) + ${countEscapes(text)}, 2)`
}

/** COPY writes a backslash before each of these seven characters. */
function countEscapes(text: string): string {
  return `(char_length(${text}) - char_length(translate(${text}, E'\\b\\f\\n\\r\\t\\x0b\\\\', '')))`
}
