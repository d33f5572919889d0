import pg from 'pg'
import type { ComparedTable } from '../../../domain/comparison.ts'
import { asOutput } from '../column-expressions.ts'
import type { Table } from '../read-tables.ts'
import type { RowSpec } from '../row-difference/spec.ts'
import { writeRowHash } from '../row-hash.ts'
import type { ColumnPair } from './pair-columns.ts'

export type Tolerance = number | string

/** Two tables, or two SELECTs, that are compared row by row. */
export interface Pairing extends Pick<ComparedTable, 'name' | 'other' | 'without' | 'unmapped'> {
  readonly here: Source
  readonly there: Source
  readonly pairs: readonly ColumnPair[]
  readonly key: readonly string[]
  readonly tolerance: { readonly [column: string]: Tolerance }
}

/** What stands after FROM on one side, and about how much it is. */
export interface Source {
  readonly from: string
  readonly where: string | null
  readonly bytes: number
}

/** Characters of a value that are kept of it. */
const SHOWN = 200

/** A table with all its rows: of a partitioned one those of its partitions, of any other not those of its children. */
export function sourceOf(table: Table): Source {
  const only = table.kind === 'partitioned table' ? '' : 'ONLY '
  return { from: `${only}${table.sqlName}`, where: table.where ?? null, bytes: table.bytes }
}

/** A SELECT of the plan; a comment at its end ends with its line. */
export function sourceOfSelect(sql: string): Source {
  return { from: `(${sql.replace(/;\s*$/, '')}\n) AS asked`, where: null, bytes: 0 }
}

/** One side's rows under the names that both sides share. */
export function writeSpec(pairing: Pairing, side: 'here' | 'there'): RowSpec {
  const { from, where, bytes } = pairing[side]
  const columns = pairing.pairs.map((pair) => `${pair[side]} AS ${pg.escapeIdentifier(pair.name)}`)
  const condition = where === null ? '' : ` WHERE (${where}\n)`
  const all = pairing.pairs.map((pair) => pair.as)
  const key = all.filter(({ name }) => pairing.key.includes(name))
  const text = pairing.key.map((name) => asOutput(pg.escapeIdentifier(name))).join(', ')
  return {
    from: `(SELECT ${columns.join(', ')} FROM ${from}${condition}) AS one`,
    where: null,
    key: key.length === 0 ? null : writeRowHash(key),
    keyText: key.length === 0 ? `''` : `concat_ws(', ', ${text})`,
    row: writeRowHash(all),
    bytes,
  }
}

/** Of each value a hash, its beginning and, where a tolerance is set, its number: three texts a value in one JSON. */
export function writeValues({ pairs, tolerance }: Pairing): string {
  const values = pairs.flatMap(({ name }) => {
    const text = asOutput(pg.escapeIdentifier(name))
    return [
      `hashtextextended(${text} COLLATE "C", 0)::text`,
      `left(${text}, ${SHOWN})`,
      writeNumber(pg.escapeIdentifier(name), Object.hasOwn(tolerance, name) ? tolerance[name] : undefined),
    ]
  })
  return `to_json(ARRAY[${values.join(', ')}]::text[])::text`
}

/** A time as seconds; any other value as it prints. */
function writeNumber(name: string, tolerance: Tolerance | undefined): string {
  if (tolerance === undefined) return 'NULL'
  return typeof tolerance === 'number' ? asOutput(name) : `extract(epoch FROM (${asOutput(name)})::timestamptz)::text`
}
