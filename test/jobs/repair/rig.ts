import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { compare } from '../../../jobs/compare/index.ts'
import { repair } from '../../../jobs/repair/index.ts'
import type { JsonObject } from '../../../src/domain/json.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { type SteppedJob, type SteppedJobOptions, stepJob } from '../../support/step-context.ts'

const system = 'orders-db'

/** A database and the source that it was migrated from, with jobs between them. */
export interface Pair extends AsyncDisposable {
  readonly live: TestDatabase
  readonly source: TestDatabase
  readonly folder: string
  inLive<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>
  inSource<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>
  repair(params: JsonObject, more?: Partial<SteppedJobOptions>): SteppedJob
  /** Takes a repair back. */
  undo(job: SteppedJob, more?: Partial<SteppedJobOptions>): SteppedJob
  /** How many rows differ, as a compare of its own says. */
  differing(tables: readonly string[]): Promise<number>
  /** Every row of these tables as text. */
  rows(tables: readonly string[]): Promise<string>
}

export async function createPair(of: {
  readonly live: string
  readonly source: string
  readonly mapping?: object
}): Promise<Pair> {
  const [live, source] = [await createDatabase({ prefix: 'o' }), await createDatabase({ prefix: 'o' })]
  await runSql(live.url, of.live)
  await runSql(source.url, of.source)
  const folder = mkdtempSync(join(inject('runFolder'), 'repair-'))
  const base = { url: live.url, source: source.url, folder, compare: of.mapping ?? {} }
  const play = (params: JsonObject, more: Partial<SteppedJobOptions>) =>
    stepJob({
      kind: repair,
      id: `repair-${randomBytes(3).toString('hex')}`,
      ...base,
      params: { system, ...params },
      ...more,
    })
  return {
    ...{ live, source, folder },
    inLive: (sql) => runSql(live.url, sql),
    inSource: (sql) => runSql(source.url, sql),
    repair: (params, more = {}) => play(params, more),
    undo: (job, more = {}) => play({ undoes: job.view.job.id }, { others: [job.view], ...more }),
    async differing(tables) {
      const job = stepJob({ kind: compare, ...base, params: { system, tables: [...tables] } })
      await job.runUpTo('compare')
      const { inserted, deleted, changed } = job.outputOf('compare') as Record<
        'inserted' | 'deleted' | 'changed',
        number
      >
      return inserted + deleted + changed
    },
    async rows(tables) {
      const texts = tables.map(async (table) => {
        const found = await runSql<{ row: string }>(live.url, `SELECT t::text AS row FROM ${table} t ORDER BY 1`)
        return [table, ...found.map(({ row }) => row)].join('\n')
      })
      return (await Promise.all(texts)).join('\n')
    },
    async [Symbol.asyncDispose]() {
      await live.drop()
      await source.drop()
    },
  }
}

/** Approves what the commit would do, and does it. */
export async function commit(job: SteppedJob): Promise<void> {
  await job.runUpTo('rehearse')
  await job.run('commit', { approved: await job.evidence('commit') })
}
