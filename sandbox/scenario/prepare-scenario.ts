import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../bootstrap/index.ts'
import { createOrdersDatabase, type OrdersDatabase } from './create-orders-database.ts'
import { placeOrders } from './place-orders.ts'
import { writeHome } from './write-home.ts'

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
  /** Runs `bin/orders-api-ctl <action>`: start, stop, restart, status, identity, last-lines. */
  control: (action: string) => Promise<Exit>
}

/** How a program ended and what it said. */
export type Exit = { code: number; output: string }

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
  const control = (action: string) => run(join(dir, 'bin', 'orders-api-ctl'), action)
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
    control,
  }
}

/**
 * A few orders come in after the backup, then the migration runs and fails half-way: rows lost, values wrong, a view
 * gone, the service stopped. Throws when it did not fail. `lateOrders` each have two items.
 */
export async function breakOrders(orders: Orders, options: { lateOrders?: number } = {}): Promise<{ log: string }> {
  await placeOrders(orders.database.appUrl, options.lateOrders ?? 212)
  const migration = await run(join(orders.dir, 'bin', 'migrate-orders'), 'run')
  const log = readFileSync(orders.migrationLog, 'utf8')
  if (migration.code !== 1)
    throw new Error(`the migration was to end with 1, not ${migration.code}: ${migration.output}`)
  return { log }
}

function run(program: string, action: string): Promise<Exit> {
  return new Promise((resolve) => {
    execFile(program, [action], (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, output: `${stdout}${stderr}` })
    })
  })
}
