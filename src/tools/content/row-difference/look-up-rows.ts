import pg from 'pg'
import type { Column } from '../column-expressions.ts'
import type { OpenSide } from './buckets.ts'
import type { MovedRow } from './moved-rows.ts'
import { writeContent, writeFrom, writeIdentity } from './spec.ts'

/**
 * Types whose values that print alike are equal to the index, so that a search by what is printed finds every row of
 * that identity. What it finds besides (1.0 for 1.00) has another identity, and is left out.
 */
const searchable = new Set([
  ...['int2', 'int4', 'int8', 'oid', 'numeric', 'uuid', 'text', 'varchar', 'bpchar', 'bytea', 'bool'],
  ...['date', 'time', 'timestamp', 'timestamptz', 'inet', 'cidr', 'macaddr', 'name'],
])

const SOUGHT_AT_ONCE = 1000

/** Names and types of a key by which rows can be searched; null where they cannot. */
export function searchableKey(columns: readonly Column[], key: readonly string[]): KeyColumn[] | null {
  const found = key.map((name): KeyColumn | null => {
    const column = columns.find((one) => one.name === name)
    const type = column?.isArray === false ? column.builtIn : null
    return type !== null && type !== undefined && searchable.has(type) ? { name, type } : null
  })
  const all = found.filter((one) => one !== null)
  return all.length > 0 && all.length === key.length ? all : null
}

interface KeyColumn {
  readonly name: string
  readonly type: string
}

/** Content hashes by identity of those rows that there are; null where one identity has several. */
export async function lookUpRows(
  { client, spec }: OpenSide,
  key: readonly KeyColumn[],
  rows: readonly MovedRow[],
): Promise<Map<string, string> | null> {
  const sought = [...new Map(rows.map((row) => [row.identity, row])).values()]
  const { first, second } = writeIdentity(spec)
  const sql = `SELECT ${first}::text || ' ' || ${second}::text AS identity, ${writeContent(spec)}::text AS content
                 ${writeFrom(spec, writeSearch(key))}`
  const wanted = new Set(sought.map((row) => row.identity))
  const found = new Map<string, string>()
  for (let at = 0; at < sought.length; at += SOUGHT_AT_ONCE) {
    const some = sought.slice(at, at + SOUGHT_AT_ONCE)
    const values = key.map((_, n) => some.map((row) => row.values[n]))
    const answer = await client.query<{ identity: string; content: string }>(sql, values)
    for (const { identity, content } of answer.rows) {
      if (!wanted.has(identity)) continue
      if (found.has(identity)) return null
      found.set(identity, content)
    }
  }
  return found
}

function writeSearch(key: readonly KeyColumn[]): string {
  const [only, ...more] = key
  const name = ({ name: column }: KeyColumn) => pg.escapeIdentifier(column)
  if (only !== undefined && more.length === 0) return `${name(only)} = ANY ($1::text[]::pg_catalog.${only.type}[])`
  const arrays = key.map((_, n) => `$${n + 1}::text[]`)
  const values = key.map(({ type }, n) => `each.v${n}::pg_catalog.${type}`)
  return `(${key.map(name).join(', ')}) IN (SELECT ${values.join(', ')}
            FROM unnest(${arrays.join(', ')}) AS each(${key.map((_, n) => `v${n}`).join(', ')}))`
}
