import type pg from 'pg'
import { emptyByName } from '../../../domain/by-name.ts'
import { compareObjectDefinitions, nameObject, type ObjectDefinition } from '../../../domain/definitions.ts'
import { finding } from '../../../domain/finding-texts.ts'
import type { HeldRows, Loss, ObjectLoss, TableLoss } from '../../../domain/loss.ts'
import type { KnownLoss, LossSince } from '../../../ports/database-tools.ts'
import { kindsAsWritten, printedFacets } from '../definitions/printed-facets.ts'
import { readDefinitions } from '../definitions/read.ts'
import { LARGE_OBJECTS } from '../fingerprint.ts'
import { explain } from '../measure-tables.ts'
import { readConfigTables, readTablesToLose, type Table } from '../read-tables.ts'
import type { Snapshot, SnapshotOptions } from '../snapshot.ts'
import { readWriteMark, writeSince } from '../write-mark.ts'
import { diffRows, together } from './diff-rows.ts'
import { type SinceCounts, tellGone } from './gone-since.ts'
import { type RowSpec, specOf } from './spec.ts'
import { findStepsBack } from './steps-back.ts'
import { tryWithoutLocks } from './without-locks.ts'

export interface WholeOptions extends SnapshotOptions {
  readonly sample: number
  readonly since: LossSince | null
  readonly redact: (text: string) => string
  /** What was found before, and the marks of then: tables whose mark has not moved are not read again. */
  readonly known: KnownLoss | null
  readonly marks: KnownLoss['marks']
  /** Live's definitions when the backup was made, as the server wrote them there; null compares with the other side. */
  readonly definitions: readonly ObjectDefinition[] | null
  /** Those of the other side, where they were read before. */
  readonly otherDefinitions?: readonly ObjectDefinition[] | undefined
  /** The role of a table that only live has. */
  readonly roleOf: (
    client: pg.ClientBase,
    table: Pick<Table, 'name' | 'relation' | 'sqlName'>,
  ) => Promise<TableLoss['role']>
}

/** A table of one side, or its large objects. */
export interface Place extends Pick<Table, 'name'> {
  readonly table: (Table & { readonly where?: string }) | null
  readonly spec: RowSpec | null
}

const largeObjects: RowSpec = {
  from: 'pg_largeobject_metadata',
  where: null,
  key: 'ROW(oid)',
  keyText: 'oid::text',
  row: 'ROW(oid, lo_get(oid))',
  bytes: 0,
}

/** All that live has and the other side lacks or holds differently, each side in the snapshot that is open. */
export async function diffDatabases(live: Snapshot, other: Snapshot, of: WholeOptions): Promise<KnownLoss> {
  const [ours, theirs] = await together([readPlaces(live.client), readPlaces(other.client)])
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  const after = of.since === null ? null : writeSince(of.since.mark, await readWriteMark(live.client))
  const before = new Map(of.known?.loss.tables.map((one) => [one.table, one]))
  const tables: TableLoss[] = []
  const held = emptyByName<HeldRows>()
  for (const name of names) {
    of.signal.throwIfAborted()
    const [one, two] = [ours.get(name), theirs.get(name)]
    const was = before.get(name)
    const mark = of.marks[name]
    const isStill = of.known !== null && mark !== undefined && of.known.marks[name] === mark && was?.by !== 'none'
    const still = isStill ? of.known?.held[name] : undefined
    const found = isStill
      ? { loss: was, held: still }
      : await diffTable(live, other, { one, two, name }, { ...of, after })
    if (found.held !== undefined) held[name] = found.held
    if (found.loss !== undefined && isLoss(found.loss)) tables.push(found.loss)
  }
  const sequences = await findStepsBack(live.client, other.client)
  const objects = await diffObjects(live, other, of)
  const loss: Loss = { tables, sequences, objects, compared: names.length }
  return { loss, held, marks: of.marks }
}

function isLoss(one: TableLoss): boolean {
  return one.added + one.changed + one.gone > 0 || one.atLeast || one.by === 'none' || one.columns.length > 0
}

/** What holds rows on one side, by name. */
export async function readPlaces(client: pg.ClientBase): Promise<Map<string, Place>> {
  const own = (await readTablesToLose(client)).filter((table) => table.kind === 'table')
  const tables = [...own, ...(await readConfigTables(client))]
  const places: Place[] = tables.map((table) => ({ name: table.name, table, spec: null }))
  places.push({ name: LARGE_OBJECTS, table: null, spec: largeObjects })
  return new Map(places.map((place) => [place.name, place]))
}

interface Pair {
  readonly name: string
  readonly one: Place | undefined
  readonly two: Place | undefined
}

const nothing = {
  added: 0,
  changed: 0,
  gone: 0,
  atLeast: false,
  role: 'data',
  columns: [],
  keys: [],
  why: null,
} as const

interface TableOptions extends WholeOptions {
  /** Condition on rows of live that came or were changed since. */
  readonly after: string | null
}

interface Found {
  readonly loss: TableLoss
  readonly held: HeldRows | undefined
}

async function diffTable(live: Snapshot, other: Snapshot, pair: Pair, of: TableOptions): Promise<Found> {
  const { name, one, two } = pair
  const base = { ...nothing, columns: [], keys: [], table: name }
  const clients = [live.client, other.client]
  const tried = await tryWithoutLocks(clients, of.signal, async (): Promise<Found> => {
    if (one === undefined || two === undefined) return countOne(live, other, pair, of)
    const { left, right, columns } = pairUp(one, two)
    const sides = [
      // Of large objects nobody sees when they were written.
      { client: live.client, spec: of.after === null || one.table === null ? left : { ...left, since: of.after } },
      { client: other.client, spec: right },
    ] as const
    const { added, changed, gone, by, keys, lacking, rows } = await diffRows(sides[0], sides[1], of.sample)
    const deleted = tellDeleted(name, { rows: rows.left, since: rows.since, added, gone }, of)
    const loss = { ...base, added, changed, ...deleted, by, columns, keys: keys.map(of.redact) }
    return { loss, held: { rows: rows.right, lacking } }
  })
  if ('value' in tried) return tried.value
  const { error } = tried
  const why = finding('table_unread', { seen: explain(error) })
  return { loss: { ...base, by: 'none', why }, held: undefined }
}

/** What live never had since it became live was not deleted from it. */
function tellDeleted(table: string, counts: SinceCounts, { since }: WholeOptions): { gone: number; atLeast: boolean } {
  if (since === null) return { gone: counts.gone, atLeast: false }
  return tellGone(counts, since.held === null || !Object.hasOwn(since.held, table) ? undefined : since.held[table])
}

/** A table that one side alone has: all its rows. */
async function countOne(live: Snapshot, other: Snapshot, { name, one, two }: Pair, of: TableOptions): Promise<Found> {
  const place = one ?? two
  const side = one === undefined ? other : live
  const table = place?.table
  const base: TableLoss = { ...nothing, columns: [], keys: [], table: name, by: 'count' }
  if (!table) return { loss: base, held: undefined }
  const where = table.where === undefined ? '' : ` WHERE ${table.where}`
  const after = one === undefined ? 'true' : (of.after ?? 'true')
  const { rows } = await side.client.query<{ count: string; since: string }>(
    `SELECT count(*), count(*) FILTER (WHERE ${after}) AS since FROM ONLY ${table.sqlName}${where}`,
  )
  const [count, since] = [Number(rows[0]?.count ?? 0), Number(rows[0]?.since ?? 0)]
  if (one === undefined) {
    const deleted = tellDeleted(name, { rows: 0, since: 0, added: 0, gone: count }, of)
    return { loss: { ...base, ...deleted }, held: { rows: count, lacking: 0 } }
  }
  const role = since === 0 ? 'data' : await of.roleOf(live.client, table)
  return { loss: { ...base, added: since, role }, held: { rows: 0, lacking: count } }
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
  const write = (table: Table & { readonly where?: string }) =>
    specOf(
      { ...table, columns: table.columns.map((each) => (retyped.has(each.name) ? { ...each, builtIn: null } : each)) },
      { columns: shared, key: isSameKey ? (one.table?.key ?? []) : [], where: table.where },
    )
  return { left: write(one.table), right: write(two.table), columns }
}

function typeOf(column: Table['columns'][number] | undefined): string {
  return column === undefined ? '' : `${column.builtIn} ${column.isArray} ${column.hasLength}`
}

/** Large objects have rows of their own; what a database as a whole is set to is carried over by the switch. */
const toldElsewhere = new Set(['large object', 'large objects'])
async function diffObjects(live: Snapshot, other: Snapshot, of: WholeOptions): Promise<ObjectLoss[] | null> {
  const tried = await tryWithoutLocks([live.client, other.client], of.signal, async () => {
    const now = await readDefinitions(live.client, live.versionNumber)
    const expected = of.definitions ?? of.otherDefinitions ?? (await readDefinitions(other.client, other.versionNumber))
    return compareObjectDefinitions(expected, now)
  })
  if ('error' in tried) return null
  return tried.value.flatMap((one): ObjectLoss[] => {
    if (toldElsewhere.has(one.kind)) return []
    const facets =
      of.definitions === null && !kindsAsWritten.has(one.kind)
        ? one.facets.filter((facet) => !printedFacets.has(facet))
        : [...one.facets]
    if (one.verdict === 'differs' && facets.length === 0) return []
    const verdict = one.verdict === 'missing' ? 'gone' : one.verdict === 'extra' ? 'added' : 'changed'
    return [{ name: nameObject(one), kind: one.kind, verdict, facets }]
  })
}
