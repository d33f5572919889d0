import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import pg from 'pg'
import { convertCustomers } from './convert-customers.ts'
import { type MigrationLog, openMigrationLog } from './migration-log.ts'
import { moveOrders } from './move-orders.ts'

/** Many small batches, whatever the size of the tables: a failing value costs a fortieth. */
const BATCHES = 40
const USAGE = 'usage: ORDERS_APP_URL=… migrate-orders.ts run|stop <log> [<orders-api-ctl>]\n'

const [action, logPath, control] = process.argv.slice(2)
const url = process.env.ORDERS_APP_URL
if (logPath === undefined || (action !== 'stop' && (action !== 'run' || url === undefined))) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else if (action === 'stop') stopMigration(`${logPath}.pid`)
else process.exitCode = await migrateOrders(url ?? '', logPath, control)

/** The migration to version 2 of the shop. It is meant to fail, in the ways in which migrations do; gives its exit code. */
async function migrateOrders(address: string, path: string, ctl: string | undefined): Promise<number> {
  const log = openMigrationLog(path)
  const client = new pg.Client({ connectionString: address, application_name: 'migrate-orders' })
  client.on('error', (error) => log.fail('ERROR', 'connection', error))
  writeFileSync(`${path}.pid`, String(process.pid))
  try {
    log.say('INFO', 'migration orders 2.0 started')
    await stopService(log, ctl)
    await client.connect()
    await convertCustomers(client, log, BATCHES)
    await moveOrders(client, log, BATCHES)
    log.say('INFO', 'migration orders 2.0 finished')
    return 0
  } catch (error) {
    log.fail('FATAL', 'migration orders 2.0 aborted, not rolled back', error)
    return 1
  } finally {
    rmSync(`${path}.pid`, { force: true })
    await client.end().catch(() => {})
  }
}

async function stopService(log: MigrationLog, ctl: string | undefined): Promise<void> {
  if (ctl === undefined) return
  await promisify(execFile)(ctl, ['stop'])
  log.say('INFO', 'orders-api stopped for the cut-over')
}

function stopMigration(pidFile: string): void {
  if (!existsSync(pidFile)) return
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM')
  } catch {
    // It has ended by itself and was killed before it could remove the file.
  }
}
