import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, inject, type TestContext } from 'vitest'

/** A database of a test's own. */
export type TestDatabase = {
  name: string
  /** Superuser address; the cluster is the run's, see adminUrl(). */
  url: string
  /** Drops it and ends its sessions. After a failed test it is kept instead, and its name printed. */
  drop: () => Promise<void>
}

const STORE_TEMPLATE = 'salvor_store_template'
/** Any number that no product code locks in the database `postgres` of the test cluster. */
const TEMPLATE_LOCK = 7_319_001

let running: TestContext['task'] | undefined
let anyFailed = false
beforeEach((context) => {
  running = context.task
})
afterEach((context) => {
  anyFailed ||= context.task.result?.state === 'fail'
  running = undefined
})

/** The run's cluster, database `postgres`, as superuser: the maintenance connection of tests. */
export function adminUrl(): string {
  return inject('postgresUrl')
}

/** The address of another database (and, if given, another role) in the cluster that `url` points at. */
export function urlOf(database: string, role?: { name: string; password: string }, url = adminUrl()): string {
  const address = new URL(url)
  address.pathname = `/${encodeURIComponent(database)}`
  if (role !== undefined) {
    address.username = encodeURIComponent(role.name)
    address.password = encodeURIComponent(role.password)
  }
  return address.href
}

/** Creates a database, as a clone of `template` where given (nobody may be connected to that one meanwhile). */
export async function createDatabase(options: { template?: string; prefix?: string } = {}): Promise<TestDatabase> {
  const name = `${options.prefix ?? 't'}_${process.pid}_${randomBytes(4).toString('hex')}`
  const template = pg.escapeIdentifier(options.template ?? 'template1')
  await runSql(adminUrl(), `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${template}`)
  const drop = async () => {
    if (anyFailed || running?.result?.state === 'fail') return keep(name)
    await dropDatabase(name)
  }
  return { name, url: urlOf(name), drop }
}

/** A clone of a template that holds Salvor's store, migrated once a run (a clone takes about 40 ms, migrating far more). */
export async function createStoreDatabase(): Promise<TestDatabase> {
  await ensureStoreTemplate()
  return createDatabase({ template: STORE_TEMPLATE, prefix: 'store' })
}

/** Drops a database by name, ending its sessions; no error when there is none. */
export async function dropDatabase(name: string): Promise<void> {
  await runSql(adminUrl(), `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
}

/** One statement on a connection of its own; gives the rows. */
export async function runSql<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []) {
  return withClient(url, async (client) => (await client.query<Row>(sql, values)).rows)
}

/** A connection for the duration of `work`, closed whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'test' })
  // A test may kill the server under us; the query in flight rejects, and that is the error to see.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureStoreTemplate(): Promise<void> {
  await withClient(adminUrl(), async (client) => {
    // Test files run in processes of their own: the first one migrates, the others wait for it here.
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [STORE_TEMPLATE])
    if (rowCount === 1) return
    const draft = `${STORE_TEMPLATE}_draft`
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${draft}`)
    const { migrateStore } = await import('../../src/postgres/migrate.ts')
    await migrateStore(urlOf(draft))
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
      [draft],
    )
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${STORE_TEMPLATE}`)
  })
}

function keep(name: string): void {
  process.stderr.write(`kept for a look: database ${name} (a test that used it failed)\n`)
  writeFileSync(join(inject('runFolder'), `kept-${name}`), '')
}
