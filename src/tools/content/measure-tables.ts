import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { OnTableProgress } from '../../ports/content-tools.ts'
import { codeOf } from '../postgres-errors.ts'
import { LARGE_OBJECTS, measureLargeObjects, measureTable, type TableMeasure } from './fingerprint.ts'
import type { Table } from './read-tables.ts'
import { exportSnapshot, type Snapshot, type SnapshotOptions, trySavepoint, withSnapshot } from './snapshot.ts'

/** What became of one table: its measure, or why it could not be read. */
export type TableOutcome = { readonly measure: TableMeasure } | { readonly why: string }

export interface MeasureTablesOptions {
  readonly withCopyBytes: boolean
  readonly withLargeObjects: boolean
  /** Sessions that scan at the same time, all in the same snapshot. */
  readonly parallel: number
  readonly onProgress?: OnTableProgress | undefined
}

/** Measures tables in one snapshot, the largest first; a table that cannot be read does not cost the others. */
export async function measureTables(
  of: SnapshotOptions,
  snapshot: Snapshot,
  tables: readonly Table[],
  options: MeasureTablesOptions,
): Promise<Map<string, TableOutcome>> {
  const outcomes = new Map<string, TableOutcome>()
  const queue = tables.toSorted((a, b) => b.bytes - a.bytes)
  const bytesTotal = queue.reduce((sum, table) => sum + table.bytes, 0)
  let bytesDone = 0
  const say = (table: string) =>
    options.onProgress?.({ table, bytesDone, bytesTotal, tablesDone: outcomes.size, tablesTotal: tables.length })

  const work = async (client: pg.Client) => {
    for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
      const current = table
      of.signal.throwIfAborted()
      say(current.name)
      const tried = await trySavepoint(client, of.signal, () => measureTable(client, current, options.withCopyBytes))
      outcomes.set(current.name, 'value' in tried ? { measure: tried.value } : { why: explain(tried.error) })
      bytesDone += current.bytes
      say(current.name)
    }
  }
  const helpers = Math.min(options.parallel, tables.length) - 1
  await workTogether(of, snapshot, helpers, work)
  if (options.withLargeObjects) {
    const tried = await trySavepoint(snapshot.client, of.signal, () => measureLargeObjects(snapshot.client))
    if ('error' in tried) outcomes.set(LARGE_OBJECTS, { why: explain(tried.error) })
    else if (tried.value !== null) outcomes.set(LARGE_OBJECTS, { measure: tried.value })
  }
  return outcomes
}

/** Helpers import the snapshot of the first session, which must outlive them: so wait for all, also after an error. */
async function workTogether(
  of: SnapshotOptions,
  snapshot: Snapshot,
  helpers: number,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  if (helpers < 1) return work(snapshot.client)
  const id = await exportSnapshot(snapshot)
  const others = Array.from({ length: helpers }, () =>
    withSnapshot({ ...of, snapshot: id }, (other) => work(other.client)),
  )
  const ended = await Promise.allSettled([work(snapshot.client), ...others])
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/**
 * Why a table could not be read, without row data: messages of the classes syntax/access (42), lock (55) and
 * operator (57) name objects only, others may quote values.
 */
export function explain(error: Error): string {
  const code = codeOf(error)
  if (error instanceof SalvorError || /^(42|55|57|25|54)/.test(code)) return error.message
  return code === '' ? 'it could not be read' : `it could not be read (SQLSTATE ${code})`
}
