import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { cutOver } from './cut-over/index.ts'
import { loadStorage } from './load/index.ts'
import { mapColumns } from './mapping/index.ts'
import type { Migration } from './migration.ts'
import { hearNotices, type MigrationLog, openMigrationLog } from './migration-log.ts'

/** By the story that they belong to. */
const migrations: { readonly [story: string]: Migration } = {
  'bad-cut-over': cutOver,
  'half-finished-load': loadStorage,
  'wrong-mapping': mapColumns,
}
const USAGE = 'usage: MIGRATION=… ORDERS_APP_URL=… migrate-orders.ts run|stop <home>\n'

const [action, home] = process.argv.slice(2)
const { ORDERS_APP_URL: url, MIGRATION: story = '' } = process.env
const migration = migrations[story]
if (action === 'stop' && home !== undefined) stopMigration(pidFileIn(home))
else if (action === 'run' && home !== undefined && url !== undefined && migration !== undefined)
  process.exitCode = await migrateOrders(migration, url, home)
else {
  process.stderr.write(USAGE)
  process.exitCode = 2
}

/** Runs one of the migrations; gives its exit code. They are meant to go wrong, in the ways in which migrations do. */
async function migrateOrders({ title, stopsService, move }: Migration, url: string, home: string): Promise<number> {
  const log = openMigrationLog(join(home, 'logs', 'migration.log'))
  const client = new pg.Client({ connectionString: url, application_name: 'migrate-orders' })
  client.on('error', (error) => log.fail('ERROR', 'connection', error))
  hearNotices(client, log)
  writeFileSync(pidFileIn(home), String(process.pid))
  try {
    log.say('INFO', `${title} started`)
    if (stopsService) await stopService(home, log)
    await client.connect()
    await move({ client, log, home })
    log.say('INFO', `${title} finished`)
    return 0
  } catch (error) {
    log.fail('FATAL', `${title} aborted, not rolled back`, error)
    return 1
  } finally {
    rmSync(pidFileIn(home), { force: true })
    await client.end().catch(() => {})
  }
}

async function stopService(home: string, log: MigrationLog): Promise<void> {
  await promisify(execFile)(join(home, 'bin', 'orders-api-ctl'), ['stop'])
  log.say('INFO', 'orders-api stopped')
}

function stopMigration(pidFile: string): void {
  if (!existsSync(pidFile)) return
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM')
  } catch {
    // It has ended by itself and was killed before it could remove the file.
  }
}

function pidFileIn(home: string): string {
  return join(home, 'run', 'migrate-orders.pid')
}
