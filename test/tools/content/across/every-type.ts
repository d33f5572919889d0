/** Every built-in type that a column may have, with values that print otherwise and that some operator calls equal. */
export const everyType: { readonly [type: string]: readonly string[] } = {
  bool: ['true', 'false'],
  int2: ['0', '-32768', '32767'],
  int4: ['0', '-2147483648', '2147483647'],
  int8: ['0', '4294967297', '-9223372036854775808', '9223372036854775807'],
  oid: ['0', '4294967295'],
  numeric: ['NaN', 'Infinity', '-Infinity', '1.0', '1.00', '0', '0.00000000000000000001'],
  'numeric(12,2)': ['1.00', '1.01', '-1.00'],
  float4: ['NaN', 'Infinity', '-Infinity', '0', '-0', '1e-30', '0.1'],
  float8: ['NaN', 'Infinity', '-Infinity', '0', '-0', '1e-300', '0.1', '0.10000000000000002'],
  money: ['0', '-0.01', '92233720368547758.07'],
  text: ['', ' ', 'a', 'A', 'é', 'é', 'NULL', String.raw`\\`, "it's", 'a\nb', 'a\tb'],
  'varchar(40)': ['', ' ', 'a', 'a '],
  'char(6)': ['', 'a', 'A', 'abcdef'],
  bpchar: ['a', 'a ', ''],
  '"char"': ['a', 'b'],
  name: ['a', 'b', ''],
  bytea: [String.raw`\x`, String.raw`\x00`, String.raw`\x0000`, String.raw`\xff`],
  date: ['infinity', '-infinity', '4713-01-01 BC', '0001-01-01', '2026-02-28'],
  time: ['00:00:00', '24:00:00', '12:00:00.000001'],
  timetz: ['12:00:00+00', '13:00:00+01', '12:00:00.000001+00'],
  timestamp: ['infinity', '-infinity', '0044-03-15 12:00:00 BC', '2026-01-01 00:00:00.000001', '2026-01-01 00:00:00'],
  timestamptz: ['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '2026-01-01 00:00:00.000001+00', '2026-01-01Z'],
  interval: ['1 mon', '30 days', '1 day', '24:00:00', '-00:00:00.000001', '0'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  json: ['{"a":1}', '{"a": 1}', '{"b":1,"a":1}', '{"a":1,"b":1}', 'null'],
  jsonb: ['{"a":1.0}', '{"a":1.00}', '{"a":1}', '[]', '{}', 'null'],
  jsonpath: ['$."a"', '$."b"'],
  inet: ['10.0.0.1', '10.0.0.1/24', '::1'],
  cidr: ['10.0.0.0/8', '10.0.0.0/16'],
  macaddr: ['08:00:2b:01:02:03', '08:00:2b:01:02:04'],
  macaddr8: ['08:00:2b:01:02:03:04:05', '08:00:2b:01:02:03:04:06'],
  'bit(3)': ['000', '001'],
  varbit: ['', '0', '00'],
  point: ['(0,0)', '(0,1e-9)', '(NaN,0)'],
  line: ['{1,-1,0}', '{1,-1,1}'],
  lseg: ['[(0,0),(1,1)]', '[(1,1),(0,0)]'],
  box: ['(1,1),(0,0)', '(2,1),(0,0)'],
  path: ['((0,0),(1,1))', '[(0,0),(1,1)]'],
  polygon: ['((0,0),(1,1),(1,0))', '((1,1),(1,0),(0,0))'],
  circle: ['<(0,0),1>', '<(0,0),1.0000000001>'],
  tsvector: ["'a'", "'a':1", "'a':1A"],
  tsquery: ["'a'", "'a':*", "'a' & 'b'"],
  int4range: ['empty', '[1,2)', '[1,3)', '(,)'],
  int8range: ['empty', '[1,2)', '(,)'],
  numrange: ['[1,2]', '[1,2)', '[1.0,2)'],
  tsrange: ['empty', '[2026-01-01,infinity)', '[2026-01-01,)'],
  tstzrange: ['empty', '[2026-01-01Z,2026-01-02Z)'],
  daterange: ['empty', '[2026-01-01,2026-01-02)'],
  int4multirange: ['{}', '{[1,2)}', '{[1,2),[5,6)}'],
  pg_lsn: ['0/0', '0/1'],
  regtype: ['integer', 'text'],
  'int4[]': ['{}', '{1,2}', '[0:1]={1,2}', '{{1,2}}', '{NULL}'],
  'text[]': ['{}', '{NULL}', '{"NULL"}', '{""}'],
  'float8[]': ['{0}', '{-0}'],
  mood: ['sad', 'ok', 'happy'],
  feeling: ['sad', 'ok'],
  'mood[]': ['{}', '{sad}', '{ok,sad}'],
  pair: ['(,)', '(1,)', '(,"")', '(1,sad)'],
}

export const TYPES = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); CREATE DOMAIN feeling AS mood;
  CREATE TYPE pair AS (n int, of text)`

const columns = Object.keys(everyType)

/** The name of a type's column: `c7`. */
export function columnOf(type: string): string {
  return `c${columns.indexOf(type)}`
}

export function literal(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`
}

/** What stands in a column of a row: the type's values one after the other, and NULL. */
export function valueAt(type: string, row: number): string | null {
  const values = [...(everyType[type] ?? []), null]
  return values[(row + columns.indexOf(type)) % values.length] ?? null
}

/** A table of all of them with so many rows; `keyed` or without a key. */
export function writeTable(name: string, rows: number, keyed: boolean): string {
  const fields = columns.map((type) => `${columnOf(type)} ${type}`)
  const lines = Array.from({ length: rows }, (_, row) => {
    const values = columns.map((type) => literal(valueAt(type, row)))
    return `(${row}, ${values.join(', ')})`
  })
  return `CREATE TABLE ${name} (id int${keyed ? ' PRIMARY KEY' : ''}, ${fields.join(', ')}); INSERT INTO ${name} VALUES ${lines.join(', ')}`
}
