import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { breakOrders, createOrders, inspectTables, type Orders, removeOrders } from '../../../sandbox/scenario/index.ts'
import type { Verification } from '../../../src/domain/content.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql, urlOf } from '../../support/postgres.ts'

/** A shop after its backup and after a story, with what tests ask of it again and again. */
export interface BrokenShop {
  readonly orders: Orders
  readonly log: string
  /** `LEVEL words` of every line of the log that has a level, without time and program. */
  readonly lines: readonly string[]
  /** Rows of each table, as `before → now`; what is not there is `-`. */
  rows(): Promise<Record<string, string>>
  one<T>(sql: string): Promise<T | undefined>
  /** Compares with the backup: the shop's database, or what its backup restores to. */
  compare(what: 'the shop' | 'the backup'): Promise<Verification>
  close(): Promise<void>
}

const twelveLateOrders = 12

export async function breakShop(story: string): Promise<BrokenShop> {
  process.env.PATH = `${inject('postgresBin')}:${process.env.PATH}`
  const dir = mkdtempSync(join(inject('runFolder'), 'shop-'))
  const name = `orders_${randomBytes(4).toString('hex')}`
  const orders = await createOrders({ adminUrl: adminUrl(), dir, scale: 0.004, name })
  const archives = createArchiveTools({ run: createToolRunner() })
  const never = new AbortController().signal
  const target = (url: string) => ({
    system: 'orders-db',
    url,
    adminUrl: adminUrl(),
    session: { step: `test-${name}/compare`, fence: 1 },
  })
  const { point, manifest } = await archives.dump({
    target: target(orders.database.superUrl),
    folder: orders.backups,
    jobs: 2,
    signal: never,
  })
  const { log } = await breakOrders(orders, { story, lateOrders: twelveLateOrders })

  const compareWith = (url: string) =>
    createContentTools({ log: silentLog }).compare({
      target: target(url),
      manifest,
      against: 'the backup',
      checks: [],
      signal: never,
    })
  return {
    orders,
    log,
    lines: [...log.matchAll(/^\S+Z (\w+) migrate-orders\[\d+\] (.*)$/gm)].map(
      ([, level, words]) => `${level} ${words}`,
    ),
    async rows() {
      const tables = (await inspectTables(orders)) ?? []
      return Object.fromEntries(tables.map((table) => [table.name, `${table.before ?? '-'} → ${table.now ?? '-'}`]))
    },
    async one<T>(sql: string) {
      const [row] = await runSql<{ value: T }>(orders.database.superUrl, `SELECT (${sql}) AS value`)
      return row?.value
    },
    async compare(what) {
      if (what === 'the shop') return compareWith(orders.database.superUrl)
      const restored = await createDatabase()
      try {
        await archives.load({
          point,
          proven: await archives.prove({ point, signal: never }),
          manifest,
          target: target(restored.url),
          database: restored.name,
          owner: 'postgres',
          jobs: 2,
          signal: never,
        })
        return await compareWith(urlOf(restored.name))
      } finally {
        await restored.drop()
      }
    },
    close: () => removeOrders(orders),
  }
}
