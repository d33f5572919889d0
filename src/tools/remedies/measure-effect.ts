import pg from 'pg'
import { emptyByName } from '../../domain/by-name.ts'
import type { RemedyEffect } from '../../domain/remedy.ts'

interface Relation {
  readonly name: string
  readonly sqlName: string
  readonly storage: string
}

/** The database's tables at one moment inside a transaction, and the counters of that transaction so far. */
export interface Mark {
  readonly relations: ReadonlyMap<string, Relation>
  readonly columns: ReadonlyMap<string, string>
  readonly counters: ReadonlyMap<string, readonly [number, number, number]>
}

/** Tables with rows of their own, temporary ones left out. */
const OWN = `c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

/** Looks at the catalogue and at the transaction's own counters, which no other session adds to. */
export async function takeMark(client: pg.Client): Promise<Mark> {
  const relations = await client.query<{ oid: string; schema: string; relation: string; storage: string }>(
    `SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS relation, c.relfilenode::text AS storage
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN}`,
  )
  const columns = await client.query<{ id: string; name: string }>(
    `SELECT a.attrelid::text || '.' || a.attnum::text AS id, a.attname::text AS name
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OWN} AND a.attnum > 0 AND NOT a.attisdropped`,
  )
  const counters = await client.query<{ oid: string; ins: string; upd: string; del: string }>(
    `SELECT relid::text AS oid, n_tup_ins AS ins, n_tup_upd AS upd, n_tup_del AS del FROM pg_stat_xact_user_tables
      WHERE n_tup_ins + n_tup_upd + n_tup_del > 0`,
  )
  return {
    relations: new Map(
      relations.rows.map(({ oid, schema, relation, storage }) => [
        oid,
        {
          name: `${schema}.${relation}`,
          sqlName: `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(relation)}`,
          storage,
        },
      ]),
    ),
    columns: new Map(columns.rows.map(({ id, name }) => [id, name])),
    counters: new Map(counters.rows.map(({ oid, ins, upd, del }) => [oid, [Number(ins), Number(upd), Number(del)]])),
  }
}

/**
 * What happened between two marks of one transaction. Rows that tables held before are not known any more in there:
 * they come from `heldBefore`, by name; where it knows nothing, −1 stands until somebody has counted.
 */
export async function measureEffect(
  client: pg.Client,
  before: Mark,
  after: Mark,
  heldBefore: { readonly [table: string]: number },
): Promise<RemedyEffect> {
  const tables = emptyByName<{ inserted: number; updated: number; deleted: number }>()
  for (const [oid, [ins, upd, del]] of after.counters) {
    const [wasIns, wasUpd, wasDel] = before.counters.get(oid) ?? [0, 0, 0]
    const name = (after.relations.get(oid) ?? before.relations.get(oid))?.name
    const change = { inserted: ins - wasIns, updated: upd - wasUpd, deleted: del - wasDel }
    if (name !== undefined && change.inserted + change.updated + change.deleted > 0) tables[name] = change
  }
  const dropped = emptyByName<number>()
  const rewritten = emptyByName<{ before: number; after: number }>()
  const renamed: string[] = []
  for (const [oid, was] of before.relations) {
    const is = after.relations.get(oid)
    if (is === undefined) dropped[was.name] = heldBefore[was.name] ?? -1
    else {
      if (is.name !== was.name) renamed.push(`${was.name} → ${is.name}`)
      if (is.storage !== was.storage)
        rewritten[is.name] = { before: heldBefore[was.name] ?? -1, after: await countRows(client, is.sqlName) }
    }
  }
  const stays = (id: string) => after.relations.get(id.slice(0, id.indexOf('.')))
  return {
    tables,
    created: [...after.relations]
      .filter(([oid]) => !before.relations.has(oid))
      .map(([, { name }]) => name)
      .sort(),
    dropped,
    renamed: renamed.sort(),
    droppedColumns: [...before.columns]
      .filter(([id]) => !after.columns.has(id) && stays(id) !== undefined)
      .map(([id, name]) => `${stays(id)?.name}.${name}`)
      .sort(),
    rewritten,
  }
}

/** Names of tables whose rows before must be known to tell what was lost, as they were called before. */
export function namesToCount(before: Mark, after: Mark): string[] {
  return [...before.relations]
    .filter(([oid, was]) => after.relations.get(oid)?.storage !== was.storage)
    .map(([, { name }]) => name)
    .sort()
}

/** Rows of tables by name, as they are now; tables that are not there are left out. */
export async function countTables(
  client: pg.Client,
  mark: Mark,
  names: readonly string[],
): Promise<Record<string, number>> {
  const counted = emptyByName<number>()
  for (const { name, sqlName } of mark.relations.values()) {
    if (names.includes(name)) counted[name] = await countRows(client, sqlName)
  }
  return counted
}

/** Keeps everybody else out of tables whose rows are counted for the commit. */
export async function lockTables(client: pg.Client, mark: Mark, names: readonly string[]): Promise<void> {
  for (const { name, sqlName } of mark.relations.values()) {
    if (names.includes(name)) await client.query(`LOCK TABLE ONLY ${sqlName} IN ACCESS EXCLUSIVE MODE`)
  }
}

async function countRows(client: pg.Client, sqlName: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ONLY ${sqlName}`)
  return Number(rows[0]?.n)
}
