import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createOrdersDatabase, type OrdersDatabase } from '../../sandbox/scenario/index.ts'
import type { RestorePoint } from '../../src/domain/content.ts'
import type { TargetAddress } from '../../src/ports/content-tools.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { runSql } from '../measure/servers.ts'

/** The database that was dumped, and its archive with Salvor's manifest. */
export interface Built {
  readonly orders: Pick<OrdersDatabase, 'name' | 'maintenanceUrl' | 'url'>
  readonly target: TargetAddress
  readonly point: RestorePoint
  readonly databaseBytes: number
}

export const databaseName = 'bench_orders'

/** Bytes on disk, measured: one row of `accounts` with its key, one unit of the scenario's scale, one document. */
const BYTES = { account: 150, scale: 245e6, document: 11_500 }
/** The shares of the database: a large flat table, the shop with all its types and keys, values stored out of line. */
const SHARES = { account: 0.6, scale: 0.35, document: 0.06 }

/** Builds a database of at least `bytes` and dumps it with Salvor's own backup; found again in a folder that was kept. */
export async function buildArchive(of: {
  readonly adminUrl: string
  readonly folder: string
  readonly bytes: number
  readonly jobs: number
  readonly tell: (line: string) => void
}): Promise<Built> {
  const { adminUrl, folder, tell } = of
  const done = join(folder, 'complete')
  const dumps = join(folder, 'dumps')
  const parts = countParts(of.bytes)
  // Also where the database is already there: it says how its roles log in.
  const address = (role: string, password: string, database: string) =>
    Object.assign(new URL(adminUrl), { username: role, password, pathname: `/${database}` }).href
  const archives = createArchiveTools({ run: createToolRunner() })
  if (!existsSync(done)) {
    tell(`Building a database of ${(of.bytes / 1e9).toFixed(1)} GB …`)
    await runSql(adminUrl, `DROP DATABASE IF EXISTS ${databaseName}`)
    const orders = await createOrdersDatabase({ adminUrl, name: databaseName, scale: parts.scale })
    await addBulk(orders.superUrl, parts)
    tell("Dumping it with Salvor's backup …")
    const target = describeTarget(orders)
    await archives.dump({ target, folder: dumps, jobs: of.jobs, signal: AbortSignal.timeout(1_800_000) })
    writeFileSync(done, JSON.stringify({ dba: orders.roles.dba }), { mode: 0o600 })
  }
  // `pg_restore -C` sets the settings of other roles itself, which Salvor does as those roles.
  await runSql(adminUrl, 'ALTER ROLE salvor_dba CREATEROLE')
  const { dba } = JSON.parse(readFileSync(done, 'utf8'))
  const orders = {
    name: databaseName,
    url: address(dba.name, dba.password, databaseName),
    maintenanceUrl: address(dba.name, dba.password, 'postgres'),
  }
  const [size] = await runSql(adminUrl, 'SELECT pg_database_size($1)::float8 AS bytes', [databaseName])
  const databaseBytes = Number(size?.bytes)
  if (databaseBytes < of.bytes) throw new Error(`the database has ${databaseBytes} bytes, not ${of.bytes}`)
  const [point] = await archives.list(dumps)
  if (!point || point.problem) throw new Error(`no readable archive in ${dumps}`)
  return { orders, target: describeTarget(orders), point, databaseBytes }
}

function describeTarget(orders: { url: string; maintenanceUrl: string }): TargetAddress {
  const session = { step: 'bench/load', fence: 1 }
  return { system: 'orders-db', url: orders.url, adminUrl: orders.maintenanceUrl, session }
}

function countParts(bytes: number) {
  return {
    accounts: Math.ceil((bytes * SHARES.account) / BYTES.account),
    scale: (bytes * SHARES.scale) / BYTES.scale,
    documents: Math.ceil((bytes * SHARES.document) / BYTES.document),
  }
}

/** What makes it large: rows as pgbench has them, with primary and foreign key, and documents that do not fit a page. */
async function addBulk(url: string, parts: { accounts: number; documents: number }): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c statement_timeout=0 -c timezone=UTC' })
  await client.connect()
  try {
    for (const statement of writeBulk(parts)) await client.query(statement)
  } finally {
    await client.end()
  }
}

function writeBulk({ accounts, documents }: { accounts: number; documents: number }): string[] {
  const branches = Math.max(1, Math.round(accounts / 100_000))
  return [
    'SET ROLE orders_app',
    'CREATE TABLE branches (bid int NOT NULL, balance int NOT NULL, filler char(88))',
    'CREATE TABLE accounts (aid bigint NOT NULL, bid int NOT NULL, balance int NOT NULL, filler char(84))',
    'CREATE TABLE documents (id bigint NOT NULL, title text NOT NULL, body text NOT NULL)',
    `INSERT INTO branches SELECT i, 0, '' FROM generate_series(1, ${branches}) AS i`,
    `INSERT INTO accounts SELECT i, 1 + (i - 1) % ${branches}, (i * 37 % 9000)::int, '' FROM generate_series(1::bigint, ${accounts}) AS i`,
    `INSERT INTO documents SELECT i, 'Document ' || i,
       (SELECT string_agg(md5(i || '/' || part), ' ') FROM generate_series(1, 600) AS part)
       FROM generate_series(1::bigint, ${documents}) AS i`,
    'ALTER TABLE branches ADD PRIMARY KEY (bid)',
    'ALTER TABLE accounts ADD PRIMARY KEY (aid), ADD FOREIGN KEY (bid) REFERENCES branches (bid)',
    'ALTER TABLE documents ADD PRIMARY KEY (id)',
    'ANALYZE',
  ]
}
