import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import type { RestorePoint } from '../../../src/domain/content.ts'
import { adminUrl, createDatabase, dropDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { realTools, type SteppedJob, type SteppedJobOptions, stepJob } from '../../support/step-context.ts'

/** A small orders database with a dump that was taken before its damage, and restores of it. */
export interface Orders {
  readonly database: TestDatabase
  readonly folder: string
  readonly point: RestorePoint
  /** A time between the dump and now: the migration began then. */
  readonly beganAt: string
  restore(more?: Partial<SteppedJobOptions>): SteppedJob
  names(): Promise<{ name: string; open: boolean }[]>
  drop(): Promise<void>
}

export async function createOrders(of: { readonly owner?: string; readonly more?: string } = {}): Promise<Orders> {
  const tag = randomBytes(3).toString('hex')
  const database = await createDatabase({ prefix: `ord${tag}` })
  await runSql(
    database.url,
    `CREATE TYPE state AS ENUM ('new', 'paid');
     CREATE FUNCTION known() RETURNS int LANGUAGE sql AS 'SELECT 1';
     CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
     CREATE TABLE orders (id serial PRIMARY KEY, customer int REFERENCES customers, state state, total numeric(9,2));
     INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 50) n;
     INSERT INTO orders (customer, state, total) SELECT 1 + n % 50, 'paid', n FROM generate_series(1, 500) n`,
  )
  if (of.owner !== undefined)
    await runSql(
      database.url,
      `ALTER DATABASE ${database.name} OWNER TO ${of.owner}; ALTER TABLE customers OWNER TO ${of.owner};
       ALTER TABLE orders OWNER TO ${of.owner}; ALTER FUNCTION known OWNER TO ${of.owner}; ALTER TYPE state OWNER TO ${of.owner}`,
    )
  if (of.more !== undefined) await runSql(database.url, of.more)
  const folder = mkdtempSync(join(inject('runFolder'), 'dumps-'))
  const target = {
    system: 'orders-db',
    url: database.url,
    adminUrl: adminUrl(),
    session: { step: `backup-${tag}/dump`, fence: 1 },
  }
  const { archives } = realTools()
  const { point } = await archives.dump({ target, folder, jobs: 1, signal: new AbortController().signal })
  const beganAt = new Date(Date.parse(point.takenAt) + 1).toISOString()
  await runSql(database.url, `UPDATE customers SET name = 'broken' WHERE id <= 3; DELETE FROM orders WHERE id <= 100`)
  let count = 0
  const names: Orders['names'] = () =>
    runSql(
      adminUrl(),
      `SELECT datname AS name, datallowconn AS open FROM pg_database WHERE datname LIKE '${database.name}%' ORDER BY 1`,
    )
  return {
    names,
    database,
    folder,
    point,
    beganAt,
    restore(more = {}) {
      count += 1
      const params = { system: 'orders-db' }
      const id = `restore-${tag}${count}`
      return stepJob({ kind: restore, params, id, url: database.url, folder, beganAt, ...more })
    },
    async drop() {
      for (const { name } of await names()) if (name !== database.name) await dropDatabase(name)
      await database.drop()
    },
  }
}
