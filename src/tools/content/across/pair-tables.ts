import type pg from 'pg'
import type { CompareMapping, TableMapping } from '../../../domain/compare-mapping.ts'
import type { UnmappedTables } from '../../../domain/comparison.ts'
import { writeName } from '../../../domain/object-name.ts'
import { isNamed } from '../compare-tables.ts'
import { readTables, type Table } from '../read-tables.ts'
import type { Snapshot } from '../snapshot.ts'
import { oneStatement } from './one-statement.ts'
import { pairColumns } from './pair-columns.ts'
import { type Pairing, sourceOf, sourceOfSelect } from './sides.ts'

/** A pairing, or one that cannot be made of what the plan says. */
export type Paired = { readonly pairing: Pairing } | { readonly broken: Pairing; readonly why: string }

interface Asked {
  readonly mapping: CompareMapping
  readonly tables: readonly string[] | undefined
  /** Sides that are read as another role than `url`'s, with which no SQL may run that calls code of owners. */
  readonly asOthers: { readonly here: boolean; readonly there: boolean }
}

/** Which table of the one database is which of the other, and what is neither. */
export async function pairTables(
  both: { readonly here: Snapshot; readonly there: Snapshot },
  of: Asked,
): Promise<{ readonly paired: readonly Paired[]; readonly unmapped: UnmappedTables }> {
  const [ours, theirs] = [await readWhole(both.here.client), await readWhole(both.there.client)]
  const mapped = listMapped(of.mapping, ours, theirs)
  const names = new Map(mapped.map(({ here, there, mapping }) => [here.name, { there, mapping }]))
  const taken = new Set(mapped.map(({ there }) => there.name))
  const tables = [...ours.values()].flatMap((here) => {
    const there = names.get(here.name)?.there ?? (taken.has(here.name) ? undefined : theirs.get(here.name))
    return there === undefined ? [] : [{ here, there, mapping: names.get(here.name)?.mapping }]
  })
  const selects: Paired[] = []
  for (const [name, one] of Object.entries(of.mapping))
    if (one.left !== undefined && one.right !== undefined && isAsked(name, of.tables))
      selects.push(await pairSelects(both, name, { mapping: one, asOthers: of.asOthers }))
  const found = new Set(tables.map(({ here }) => here.name))
  const foundThere = new Set(tables.map(({ there }) => there.name))
  // What SELECTs speak of is compared by them.
  const asked = Object.values(of.mapping).flatMap(({ left, right }) => [left ?? '', right ?? ''])
  const isRead = (table: Table) =>
    asked.some((sql) => new RegExp(`\\b${quoteForPattern(table.relation)}\\b`, 'i').test(sql))
  const lonely = (all: ReadonlyMap<string, Table>, mine: ReadonlySet<string>) =>
    [...all.values()]
      .filter((table) => !mine.has(table.name) && !isRead(table) && isNamed(table.name, of.tables))
      .map(({ name }) => name)
  const compared = tables.filter(({ here }) => isNamed(here.name, of.tables))
  return {
    paired: [
      ...compared
        .toSorted((one, two) => two.here.bytes - one.here.bytes)
        .map(({ here, there, mapping }) => refuseSql(pairUp(here, there, mapping), mapping, of.asOthers)),
      ...selects,
    ],
    unmapped: {
      here: lonely(ours, found),
      there: lonely(theirs, foundThere),
      unknown: listUnknown(of, ours, theirs),
    },
  }
}

/** Tables with rows of their own; partitions are in the table that is partitioned. */
async function readWhole(client: pg.ClientBase): Promise<Map<string, Table>> {
  const tables = await readTables(client)
  const { rows } = await client.query<{ schema: string; relation: string; part: boolean; bytes: string }>(
    `SELECT n.nspname AS schema, c.relname AS relation, c.relispartition AS part,
            CASE WHEN c.relkind = 'p' THEN (SELECT sum(pg_table_size(relid)) FROM pg_partition_tree(c.oid))
                 ELSE 0 END::text AS bytes
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'p' OR c.relispartition`,
  )
  const special = new Map(rows.map((row) => [writeName([row.schema, row.relation]), row]))
  return new Map(
    tables.flatMap((table) => {
      const one = special.get(table.name)
      if (one?.part === true || table.kind === 'materialized view') return []
      return [[table.name, one === undefined ? table : { ...table, bytes: Number(one.bytes) }]]
    }),
  )
}

/** What the plan pairs, as far as both sides have it. A side database of before the migration has the same names. */
function listMapped(
  mapping: CompareMapping,
  ours: ReadonlyMap<string, Table>,
  theirs: ReadonlyMap<string, Table>,
): { here: Table; there: Table; mapping: TableMapping }[] {
  return Object.entries(mapping).flatMap(([name, one]) => {
    if (one.left !== undefined || one.right !== undefined) return []
    const here = find(ours, one.to ?? name)
    const there = find(theirs, name)
    return here === undefined || there === undefined ? [] : [{ here, there, mapping: one }]
  })
}

function find(tables: ReadonlyMap<string, Table>, name: string): Table | undefined {
  const [schema, relation] = name.includes('.') ? name.split('.', 2) : ['public', name]
  return tables.get(writeName([schema ?? '', relation ?? '']))
}

function pairUp(here: Table, there: Table, mapping: TableMapping | undefined): Paired {
  const { pairs, key, without, unmapped } = pairColumns(here, there, mapping)
  const tolerance = mapping?.tolerance ?? {}
  const pairing = {
    ...{ name: here.name, other: there.name, pairs, key, without, unmapped, tolerance },
    ...{ here: sourceOf(here), there: sourceOf(there) },
  }
  return check(pairing, mapping)
}

/** Columns of both SELECTs, by name; their types are not looked at, so each value counts as it prints. */
async function pairSelects(
  both: { readonly here: Snapshot; readonly there: Snapshot },
  name: string,
  { mapping, asOthers }: { readonly mapping: TableMapping; readonly asOthers: Asked['asOthers'] },
): Promise<Paired> {
  const { left = '', right = '', key = [], tolerance } = mapping
  const out = new Map(Object.entries(mapping.without))
  const without = [...out].map(([column, reason]) => ({ column, reason }))
  const base: Pairing = {
    ...{ name, other: name, pairs: [], key, without, unmapped: { here: [], there: [] }, tolerance },
    ...{ here: sourceOfSelect(right), there: sourceOfSelect(left) },
  }
  const refused = refuseSql({ pairing: base }, mapping, asOthers)
  if ('broken' in refused) return refused
  try {
    const ours = await readNames(both.here, base.here.from)
    const theirs = await readNames(both.there, base.there.from)
    const shared = ours.filter((column) => theirs.includes(column) && !out.has(column))
    const pairs = shared.map((column) => {
      const sql = `"${column.replaceAll('"', '""')}"`
      const as = { name: column, builtIn: null, isArray: false, hasLength: false, collatable: true, generated: false }
      return { name: column, here: sql, there: sql, as }
    })
    const lone = (mine: readonly string[]) => mine.filter((one) => !shared.includes(one) && !out.has(one))
    return check({ ...base, pairs, unmapped: { here: lone(ours), there: lone(theirs) } }, mapping)
  } catch (thrown) {
    // The server's word for it; a broken session shows itself at the next statement.
    return { broken: base, why: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}

/** A column by its name alone, which calls nothing. */
const bareName = /^\s*(?:[\p{L}_][\p{L}\d_$]*|"[^"]+")\s*$/u

/**
 * A view, a function, a cast of an owner runs as whoever asks. So SQL of the plan runs only as `url`'s role: what a
 * read-only transaction lets a superuser do is too much.
 */
function refuseSql(paired: Paired, mapping: TableMapping | undefined, { here, there }: Asked['asOthers']): Paired {
  if ('broken' in paired || mapping === undefined) return paired
  const isSelect = mapping.left !== undefined
  const calls = isSelect || Object.values(mapping.columns).some((sql) => !bareName.test(sql))
  if (!calls || !(there || (here && isSelect))) return paired
  return { broken: paired.pairing, why: `SQL of the plan runs only as the role of url, which may not read all of this` }
}

async function readNames({ client }: Snapshot, from: string): Promise<string[]> {
  await client.query('SAVEPOINT names')
  try {
    const { fields } = await oneStatement(client).query(`SELECT * FROM ${from} LIMIT 0`)
    return fields.map((field) => field.name)
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT names')
  }
}

/** What the plan names has to be there: a key or a tolerance of a misspelt column would be without effect. */
function check(pairing: Pairing, mapping: TableMapping | undefined): Paired {
  const known = new Set(pairing.pairs.map(({ name }) => name))
  const all = [...pairing.key, ...Object.keys(pairing.tolerance), ...Object.keys(mapping?.columns ?? {})]
  const missing = all.filter((name) => !known.has(name))
  if (missing.length > 0) return { broken: pairing, why: `no column ${missing.join(', ')} on both sides` }
  if (known.size === 0) return { broken: pairing, why: 'the two sides have no column in common' }
  if (pairing.key.length === 0 && Object.keys(pairing.tolerance).length > 0)
    return { broken: pairing, why: 'a tolerance needs a key: without one nobody can tell which rows to hold together' }
  return { pairing }
}

function listUnknown(
  of: { readonly mapping: CompareMapping; readonly tables: readonly string[] | undefined },
  ours: ReadonlyMap<string, Table>,
  theirs: ReadonlyMap<string, Table>,
): string[] {
  const all = [...ours.keys(), ...theirs.keys(), ...Object.keys(of.mapping)]
  const asked = (of.tables ?? []).filter((one) => !all.some((name) => isNamed(name, [one])))
  const mapped = Object.entries(of.mapping).flatMap(([name, one]) => {
    if (one.left !== undefined || one.right !== undefined) return []
    const [here, there] = [find(ours, one.to ?? name), find(theirs, name)]
    // Of a schema that did not change yet neither is there under these names, and both are under one.
    return here === undefined || (there === undefined && find(theirs, one.to ?? name) === undefined) ? [name] : []
  })
  return [...new Set([...asked, ...mapped])]
}

function isAsked(name: string, tables: readonly string[] | undefined): boolean {
  return tables === undefined || tables.includes(name)
}

function quoteForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
