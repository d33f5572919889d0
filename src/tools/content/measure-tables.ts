import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { OnTableProgress } from '../../ports/content-tools.ts'
import { codeOf } from '../postgres-errors.ts'
import { inBatches } from './batches.ts'
import { LARGE_OBJECTS, measureLargeObjects, measureMany, type TableMeasure } from './fingerprint.ts'
import type { Table } from './read-tables.ts'
import { type Snapshot, type SnapshotOptions, trySavepoint } from './snapshot.ts'

/** What became of one table: its measure, or why it could not be read. */
export type TableOutcome = { readonly measure: TableMeasure } | { readonly why: string }

export interface MeasureTablesOptions {
  readonly withCopyBytes: boolean
  readonly withLargeObjects: boolean
  /** Sessions that scan at the same time, all in the same snapshot. */
  readonly parallel: number
  readonly onProgress?: OnTableProgress | undefined
}

/** Small tables that one statement measures together: at most so many, and at most so many bytes and columns. */
const TABLES_TOGETHER = 50
const BYTES_TOGETHER = 8 << 20
const COLUMNS_TOGETHER = 1000

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

  const work = async (client: pg.Client, batch: readonly Table[]) => {
    say(batch[0]?.name ?? '')
    for (const [name, outcome] of await measureBatch(client, of.signal, batch, options.withCopyBytes))
      outcomes.set(name, outcome)
    bytesDone += batch.reduce((sum, table) => sum + table.bytes, 0)
    say(batch.at(-1)?.name ?? '')
  }
  await inBatches(of, snapshot, groupTables(queue), work, options.parallel)
  if (options.withLargeObjects) {
    const tried = await trySavepoint(snapshot.client, of.signal, () => measureLargeObjects(snapshot.client))
    if ('error' in tried) outcomes.set(LARGE_OBJECTS, { why: explain(tried.error) })
    else if (tried.value !== null) outcomes.set(LARGE_OBJECTS, { measure: tried.value })
  }
  return outcomes
}

/** One statement for all; where one of them cannot be read, each for itself. */
async function measureBatch(
  client: pg.Client,
  signal: AbortSignal,
  batch: readonly Table[],
  withCopyBytes: boolean,
): Promise<[string, TableOutcome][]> {
  const together = await trySavepoint(client, signal, () => measureMany(client, batch, withCopyBytes))
  if ('value' in together) return batch.map((table, at) => [table.name, readOutcome(together.value[at])])
  if (batch.length === 1) return batch.map((table) => [table.name, { why: explain(together.error) }])
  const outcomes: [string, TableOutcome][] = []
  for (const table of batch) outcomes.push(...(await measureBatch(client, signal, [table], withCopyBytes)))
  return outcomes
}

function readOutcome(measure: TableMeasure | undefined): TableOutcome {
  return measure === undefined ? { why: 'it was not measured' } : { measure }
}

function groupTables(tables: readonly Table[]): Table[][] {
  const groups: Table[][] = []
  let current: Table[] = []
  const size = (of: (table: Table) => number) => current.reduce((sum, table) => sum + of(table), 0)
  for (const table of tables) {
    const full =
      current.length >= TABLES_TOGETHER ||
      size((one) => one.bytes) + table.bytes > BYTES_TOGETHER ||
      size((one) => one.columns.length) + table.columns.length > COLUMNS_TOGETHER
    if (full && current.length > 0) {
      groups.push(current)
      current = []
    }
    current.push(table)
  }
  return current.length === 0 ? groups : [...groups, current]
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
