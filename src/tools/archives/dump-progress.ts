import type { OnTableProgress, TableProgress } from '../../ports/content-tools.ts'

/** What pg_dump --verbose prints when it begins with a table. */
const begins = /dumping contents of table "(.+)"$/

/**
 * One progress of two that run side by side: measuring and dumping read the same tables, so each counts half. What
 * pg_dump has begun is finished once `jobs` later tables were begun.
 */
export function createDumpProgress(jobs: number, onProgress: OnTableProgress | undefined) {
  let sizes = new Map<string, number>()
  let bytesTotal = 0
  let measured: TableProgress | undefined
  let bytesDumped = 0
  let tablesDumped = 0
  const running: string[] = []

  const say = (table: string) =>
    onProgress?.({
      table,
      bytesDone: Math.round(((measured?.bytesDone ?? 0) + bytesDumped) / 2),
      bytesTotal,
      tablesDone: Math.min(measured?.tablesDone ?? 0, tablesDumped),
      tablesTotal: sizes.size,
    })

  return {
    /** Sizes on disk by `schema.table`, once they are known. */
    planned(tables: readonly { readonly name: string; readonly bytes: number }[]): void {
      sizes = new Map(tables.map((table) => [table.name, table.bytes]))
      bytesTotal = tables.reduce((sum, table) => sum + table.bytes, 0)
    },
    measured(progress: TableProgress): void {
      measured = progress
      say(progress.table)
    },
    readLine(line: string): void {
      const table = begins.exec(line)?.[1]
      if (table === undefined) return
      running.push(table)
      while (running.length > jobs) {
        bytesDumped += sizes.get(running.shift() ?? '') ?? 0
        tablesDumped += 1
      }
      say(table)
    },
  }
}
