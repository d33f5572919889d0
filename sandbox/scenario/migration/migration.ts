import type pg from 'pg'
import type { MigrationLog } from './migration-log.ts'

/** Many small batches, whatever the size of the tables: a failing value costs a fortieth. */
export const BATCHES = 40

/** What a migration works with. `home` is the shop's folder. */
export type Workplace = { client: pg.Client; log: MigrationLog; home: string }

/** A small migration script as teams write them for one weekend. */
export type Migration = {
  /** As its log calls it. */
  title: string
  stopsService: boolean
  move: (workplace: Workplace) => Promise<void>
}

/** One slice of a table by its id, both ends included; `name` is how the log speaks of it. */
export type Batch = { number: number; from: number; to: number; name: string }

/** Cuts a table into BATCHES slices by its column `id`, as it is now. */
export async function cutIntoBatches(
  client: pg.Client,
  table: 'customers' | 'orders',
  from: string = table,
): Promise<Batch[]> {
  const { rows } = await client.query<{ last: string }>(`SELECT max(id) AS last FROM ${from}`)
  const size = batchSize(Number(rows[0]?.last ?? 0))
  return Array.from({ length: BATCHES }, (_, index) => {
    const [first, last] = [index * size + 1, (index + 1) * size]
    return {
      number: index + 1,
      from: first,
      to: last,
      name: `${table} batch ${index + 1}/${BATCHES} (id ${first}..${last})`,
    }
  })
}

/** Ids in a batch of a table whose highest id is `last`. */
export function batchSize(last: number): number {
  return Math.ceil(last / BATCHES)
}
