import type pg from 'pg'
import { type WhyLeft, whyLeft } from '../../../domain/repair-texts.ts'
import type { Both } from '../across/compare-pairing.ts'
import type { Pairing } from '../across/sides.ts'
import type { LineTable } from './row-lines.ts'

/** A pairing whose rows can be written, and why some of its columns cannot. */
export interface Repairable {
  readonly pairing: Pairing
  readonly table: LineTable
  /** What an INSERT cannot write, or must not. */
  readonly keepsInsert: readonly WhyLeft[]
  /** The same for an UPDATE of a column. */
  readonly keepsUpdate: ReadonlyMap<string, WhyLeft>
  /** Columns that the server fills in by itself. */
  readonly generated: ReadonlySet<string>
}

interface Known {
  readonly columns: readonly { readonly name: string; readonly generated: boolean; readonly always: boolean }[]
  readonly uniques: readonly (readonly string[])[]
}

/** Looks whether rows of a pairing are rows of tables with a key on both sides, and which columns are the other's own. */
export async function judgePairing(both: Both, pairing: Pairing): Promise<Repairable | WhyLeft> {
  // A SELECT of the plan stands in brackets.
  if (pairing.here.from.startsWith('(') || pairing.there.from.startsWith('(')) return whyLeft('select')
  const [sqlName, otherName] = [nameIn(pairing.here.from), nameIn(pairing.there.from)]
  const [ours, theirs] = [await readKnown(both.here.client, sqlName), await readKnown(both.there.client, otherName)]
  if (ours === null || theirs === null) return whyLeft('no_table')
  const origins = findOrigins(pairing, theirs)
  const key = pairing.key
  const theirKey = key.flatMap((name) => origins.get(name) ?? [])
  if (key.length === 0 || theirKey.length < key.length || !tells(ours, key) || !tells(theirs, theirKey))
    return whyLeft('no_key', { key: key.length === 0 ? 'one key' : key.join(', ') })
  const generated = new Set(ours.columns.flatMap((one) => (one.generated ? [one.name] : [])))
  const keeps = new Map<string, WhyLeft>()
  for (const { name } of pairing.pairs) {
    if (!origins.has(name)) keeps.set(name, whyLeft('expression', { column: name }))
    else if (Object.hasOwn(pairing.tolerance, name)) keeps.set(name, whyLeft('tolerance', { column: name }))
  }
  const unmapped = pairing.unmapped.here.filter((name) => !generated.has(name))
  const always = ours.columns.flatMap((one): [string, WhyLeft][] => {
    if (one.generated) return [[one.name, whyLeft('generated', { column: one.name })]]
    return one.always ? [[one.name, whyLeft('identity', { column: one.name })]] : []
  })
  return {
    pairing,
    table: {
      ...{ name: pairing.name, sqlName, from: pairing.here.from, key },
      columns: ours.columns.flatMap(({ name }) => (generated.has(name) ? [] : [name])),
      wanted: pairing.pairs.flatMap(({ name }) => (generated.has(name) ? [] : [name])),
    },
    keepsInsert: [
      ...[...keeps].flatMap(([name, why]) => (generated.has(name) ? [] : [why])),
      ...unmapped.map((column) => whyLeft('unmapped', { column })),
    ],
    keepsUpdate: new Map([...always, ...keeps]),
    generated,
  }
}

function nameIn(from: string): string {
  return from.replace(/^ONLY /, '')
}

/** Which column of the other side a value comes from, where it is one and nothing is done to it. */
function findOrigins({ pairs }: Pairing, theirs: Known): Map<string, string> {
  const known = new Set(theirs.columns.map(({ name }) => name))
  return new Map(
    pairs.flatMap(({ name, there }): [string, string][] => {
      const bare = /^\(?\s*(?:([\p{L}_][\p{L}\d_$]*)|"((?:[^"]|"")+)")\s*\)?$/u.exec(there)
      if (bare === null) return []
      const origin = bare[1]?.toLowerCase() ?? (bare[2] ?? '').replaceAll('""', '"')
      return known.has(origin) ? [[name, origin]] : []
    }),
  )
}

/** Whether no two rows can have the same values in these columns. */
function tells({ uniques }: Known, key: readonly string[]): boolean {
  return uniques.some((columns) => columns.every((column) => key.includes(column)))
}

async function readKnown(client: pg.ClientBase, sqlName: string): Promise<Known | null> {
  const { rows } = await client.query<Known>({
    text: `SELECT coalesce((SELECT json_agg(json_build_object('name', a.attname, 'generated', a.attgenerated <> '',
                    'always', a.attidentity = 'a') ORDER BY a.attnum)
                  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns,
                  coalesce((SELECT json_agg((SELECT json_agg(a.attname) FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey[0:i.indnkeyatts - 1])))
                  FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                    AND i.indexprs IS NULL AND NOT EXISTS (SELECT FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey[0:i.indnkeyatts - 1]) AND NOT a.attnotnull)),
                  '[]') AS uniques
             FROM pg_class c WHERE c.oid = $1::regclass AND c.relkind IN ('r', 'p')`,
    values: [sqlName],
  })
  return rows[0] ?? null
}
