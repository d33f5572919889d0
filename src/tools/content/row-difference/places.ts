import type pg from 'pg'
import { LARGE_OBJECTS } from '../fingerprint.ts'
import { readTablesToLose, type Table } from '../read-tables.ts'
import { writeObjectHash } from '../row-hash.ts'
import { type RowSpec, specOf } from './spec.ts'

/** A table of one side, or its large objects. */
export interface Place extends Pick<Table, 'name'> {
  readonly table: Table | null
  readonly spec: RowSpec | null
}

const largeObjects: RowSpec = {
  from: 'pg_largeobject_metadata',
  where: null,
  key: writeObjectHash('oid'),
  keyText: 'oid::text',
  row: writeObjectHash('oid', 'lo_get(oid)'),
  bytes: 0,
}

/** What holds rows on one side, by name. */
export async function readPlaces(client: pg.ClientBase): Promise<Map<string, Place>> {
  const tables = (await readTablesToLose(client)).filter((table) => table.kind === 'table')
  const places: Place[] = tables.map((table) => ({ name: table.name, table, spec: null }))
  places.push({ name: LARGE_OBJECTS, table: null, spec: largeObjects })
  return new Map(places.map((place) => [place.name, place]))
}

/** Specs of columns that both have. A column of another type on the other side is compared as text. */
export function pairUp(one: Place, two: Place): { left: RowSpec; right: RowSpec; columns: string[] } {
  if (one.table === null || two.table === null) return { left: largeObjects, right: largeObjects, columns: [] }
  const theirs = new Map(two.table.columns.map((column) => [column.name, column]))
  const shared = one.table.columns.filter((column) => theirs.has(column.name)).map((column) => column.name)
  const columns = one.table.columns.filter((column) => !theirs.has(column.name)).map((column) => column.name)
  const ours = new Map(one.table.columns.map((column) => [column.name, column]))
  const retyped = new Set(shared.filter((name) => typeOf(ours.get(name)) !== typeOf(theirs.get(name))))
  const isSameKey = one.table.key.length > 0 && one.table.key.join('\0') === two.table.key.join('\0')
  const write = (table: Table) =>
    specOf(
      { ...table, columns: table.columns.map((each) => (retyped.has(each.name) ? { ...each, builtIn: null } : each)) },
      { columns: shared, key: isSameKey ? (one.table?.key ?? []) : [], where: table.where },
    )
  return { left: write(one.table), right: write(two.table), columns }
}

function typeOf(column: Table['columns'][number] | undefined): string {
  return column === undefined ? '' : `${column.builtIn} ${column.isArray} ${column.hasLength}`
}
