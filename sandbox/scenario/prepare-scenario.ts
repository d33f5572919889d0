import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../bootstrap/index.ts'
import { createOrdersDatabase, type OrdersDatabase } from './create-orders-database.ts'
import { countTables, type TableRows } from './inspect/count-tables.ts'
import { placeOrders } from './place-orders.ts'
import { type Exit, runProgram } from './run-program.ts'
import { findStory } from './stories/index.ts'
import type { StoryOptions } from './stories/story.ts'
import { configPaths, writeHome } from './write-home.ts'

/** A shop that works: database, plan, and a service that runs. */
export type Orders = {
  database: OrdersDatabase
  dir: string
  /** The recovery plan; Salvor's SALVOR_PLAN. */
  planPath: string
  /** What the plan's ${NAME}s mean: goes into Salvor's environment. */
  env: { ORDERS_DB_URL: string; ORDERS_ADMIN_URL: string }
  /** Where Salvor's backups of it go, and where the plan looks for them. */
  backups: string
  migrationLog: string
  apiUrl: string
  /** What a backup that is taken now will hold, before anything comes in or goes wrong. */
  before: { tables: TableRows[] }
  /** The file that the service reads, and the version of it to go back to. */
  config: { path: string; good: string }
  /** Runs `bin/orders-api-ctl <action>`: start, stop, restart, status, identity, last-lines. */
  control: (action: string) => Promise<Exit>
}

/** Where and how large. `endsWith`: the service ends with that process (default: this one; 0: never). */
export type ScenarioOptions = {
  adminUrl: string
  dir: string
  scale?: number
  name?: string
  apiPort?: number
  endsWith?: number
}

/** Creates the database, lays out `dir` and starts the service: the state in which a backup should be taken. */
export async function createOrders(options: ScenarioOptions): Promise<Orders> {
  const { dir } = options
  const database = await createOrdersDatabase(options)
  const apiPort = options.apiPort ?? (await findFreePort())
  const { appUrl, paidOrders } = database
  const planPath = writeHome({ dir, apiPort, appUrl, paidOrders, endsWith: options.endsWith ?? process.pid })
  const control = (action: string) => runProgram(join(dir, 'bin', 'orders-api-ctl'), [action])
  const started = await control('start')
  if (started.code !== 0) throw new Error(`the shop's service did not start: ${started.output}`)
  return {
    database,
    dir,
    planPath,
    env: { ORDERS_DB_URL: database.url, ORDERS_ADMIN_URL: database.maintenanceUrl },
    backups: join(dir, 'backups'),
    migrationLog: join(dir, 'logs', 'migration.log'),
    apiUrl: `http://127.0.0.1:${apiPort}`,
    before: { tables: await countTables(appUrl) },
    config: configPaths(dir),
    control,
  }
}

/**
 * A few orders come in after the backup, then the migration of the chosen story runs and goes wrong; the default story
 * is the bad cut-over. Throws when it did not. `lateOrders` each have two items. Gives the migration's log.
 */
export async function breakOrders(
  orders: Orders,
  options: { lateOrders?: number; story?: string } & StoryOptions = {},
): Promise<{ log: string }> {
  const story = findStory(options.story)
  await placeOrders(orders.database.appUrl, options.lateOrders ?? 212)
  await story.run(orders, options)
  return { log: readFileSync(orders.migrationLog, 'utf8') }
}
