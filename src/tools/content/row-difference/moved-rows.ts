import pg from 'pg'
import { asOutput } from '../column-expressions.ts'
import type { OpenSide } from './buckets.ts'
import { type Horizon, type Reach, readReach, writeSuspects } from './horizon.ts'
import { readCursor } from './read-cursor.ts'
import { writeContent, writeFrom, writeIdentity } from './spec.ts'

/** A row that one of two snapshots of a table sees and the other does not. */
export interface MovedRow {
  /** Both hashes of what tells rows apart. */
  readonly identity: string
  readonly first: bigint
  readonly content: string
  readonly key: string
  /** The key's columns, each as its type prints it. */
  readonly values: readonly string[]
  /** As the spec asked for it. */
  readonly extra: string | null
  readonly since: boolean
}

export interface MovedRows {
  /** Only the earlier snapshot sees them: deleted since, or the former version of a changed row. */
  readonly went: readonly MovedRow[]
  /** Only the later one does. */
  readonly came: readonly MovedRow[]
}

const FETCHED = 1000
/** More is not kept in memory: then comparing the whole table is as good. */
const MOST_ROWS = 50_000
const MOST_CHARACTERS = 64 * 1024 * 1024

/**
 * What became of a table between two snapshots of it that are both open, the later one of a database in which nobody
 * else works any more; null where that is more than fits into memory.
 *
 * Why it is exact. A version of a row is its place and who made it (`ctid`, `xmin`): as long as the earlier snapshot is
 * open no place is used again that it sees, and the file is the same one (the caller has seen to that). A version that
 * only the later snapshot sees was made by a transaction that was not over at the earlier one, so its `xmin` is not
 * older than that one's horizon. A version that only the earlier snapshot sees was ended by such a transaction, whose
 * number stands in its `xmax`, or that of a multixact which holds it; VACUUM neither removes it, because the earlier
 * snapshot still sees it, nor clears an `xmax` that was committed. Both snapshots are asked for all such suspects, and
 * what both see is none. The later one is asked first: between the two questions VACUUM may clear the `xmax` of a row
 * that somebody only had locked, and a suspect that the second question alone answered would look as if it went. One
 * that the first alone answered is no new row unless its `xmin` says so. Freezing marks a row and leaves its number; one
 * of an earlier turn of the 32 bits looks recent in both snapshots, and is none.
 */
export async function readMovedRows(
  earlier: OpenSide,
  later: OpenSide,
  of: {
    readonly horizon: Horizon
    readonly key: readonly string[]
  },
): Promise<MovedRows | null> {
  const all = { ...of, reach: await readReach(later.client) }
  const after = await readSuspects(later, all)
  if (after === null) return null
  const before = await readSuspects(earlier, all)
  if (before === null) return null
  const came = [...after].filter(([version, { recent }]) => recent && !before.has(version))
  const went = [...before].filter(([version]) => !after.has(version))
  return { came: came.map(([, { row }]) => row), went: went.map(([, { row }]) => row) }
}

interface Suspect {
  readonly recent: boolean
  readonly row: MovedRow
}

/** By version: its place, and who made it. */
async function readSuspects(
  { client, spec }: OpenSide,
  of: { readonly horizon: Horizon; readonly reach: Reach; readonly key: readonly string[] },
): Promise<Map<string, Suspect> | null> {
  const { recent, suspect } = writeSuspects(of.horizon, of.reach)
  const { first, second } = writeIdentity(spec)
  const values = of.key.map((column) => asOutput(pg.escapeIdentifier(column)))
  const batches = readCursor<
    Omit<MovedRow, 'first' | 'identity'> & { version: string; recent: boolean; first: string; second: string }
  >(
    client,
    `SELECT ctid::text || ' ' || xmin::text AS version, ${recent} AS recent, ${first}::text AS first,
            ${second}::text AS second, ${writeContent(spec)}::text AS content, ${spec.keyText} AS key,
            to_json(ARRAY[${values.join(', ')}]::text[]) AS values, ${spec.extra ?? 'NULL'} AS extra,
            ${spec.since ?? 'true'} AS since
       ${writeFrom(spec, suspect)}`,
    { cursor: 'moved', batch: FETCHED },
  )
  const found = new Map<string, Suspect>()
  let characters = 0
  for await (const rows of batches) {
    for (const { version, recent: isRecent, first: one, second: two, ...row } of rows) {
      characters += row.key.length + (row.extra?.length ?? 0)
      found.set(version, { recent: isRecent, row: { ...row, first: BigInt(one), identity: `${one} ${two}` } })
    }
    if (found.size > MOST_ROWS || characters > MOST_CHARACTERS) return null
  }
  return found
}
