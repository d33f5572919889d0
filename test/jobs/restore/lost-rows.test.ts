import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { switchOutput } from '../../../jobs/restore/params.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { DatabaseTools } from '../../../src/ports/database-tools.ts'
import { runSql, urlOf } from '../../support/postgres.ts'
import { realTools } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

let orders: Orders

/** Types whose texts are hard, names that need quotes, references in both orders of names, a table without a key. */
const more = `
  CREATE TABLE "a child\nwith -- lines" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "the ""parent""" int);
  CREATE TABLE zparent (id int PRIMARY KEY, words text[], doc jsonb, bytes bytea, amount numeric, at timestamptz,
    span interval, price float8, pair int4range, twice int GENERATED ALWAYS AS (id * 2) STORED);
  ALTER TABLE "a child\nwith -- lines" ADD FOREIGN KEY ("the ""parent""") REFERENCES zparent;
  CREATE TABLE keyless (word text);
  CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE, word text);
  CREATE TABLE wide (id int PRIMARY KEY, ${Array.from({ length: 150 }, (_, n) => `c${n} int`).join(', ')});
  INSERT INTO zparent (id, words) VALUES (1, '{a}'), (2, NULL);
  INSERT INTO keyless VALUES ('same'), ('same');
  INSERT INTO deferred VALUES (1, 'one');
  INSERT INTO wide (id, c7) VALUES (1, 7);`

const damage = `
  INSERT INTO zparent VALUES (3, ARRAY['it''s', 'back\\slash', NULL, 'line
break'], '{"a": "\\\\ ''quoted''"}', '\\x00ff27', 1.2300, '2026-03-01 02:10:00.123456+09', '1 mon -2 days', 0.1, '[1,5)');
  UPDATE zparent SET words = ARRAY['ü€', ''], price = 'NaN' WHERE id = 1;
  INSERT INTO "a child\nwith -- lines" ("the ""parent""") VALUES (3), (1);
  INSERT INTO keyless VALUES ('same'), (NULL), ('; DROP TABLE orders; --');
  INSERT INTO deferred VALUES (2, 'two'); UPDATE deferred SET word = 'eins' WHERE id = 1;
  UPDATE wide SET c149 = 149;
  INSERT INTO orders (customer, state, total) VALUES (7, 'new', 12.30)`

beforeAll(async () => {
  orders = await createOrders({ more })
  await runSql(orders.database.url, damage)
})

afterAll(() => orders.drop())

const psql = (file: string) =>
  execFileSync(
    join(inject('postgresBin'), 'psql'),
    ['-X', '-1', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, orders.database.url],
    { encoding: 'utf8' },
  )

/** All rows of a table as text, by key or whole. */
async function rowsOf(database: string, table: string): Promise<string[]> {
  const rows = await runSql<{ row: string }>(urlOf(database), `SELECT t::text AS row FROM ${table} t`)
  return rows.map(({ row }) => row).sort()
}

test('the rows that a switch takes away lie in files of this account alone, and their SQL puts them back', async () => {
  const job = orders.restore()
  await job.runUpTo('verify')
  const subject = await job.evidence('switch')
  const folder = join(orders.folder, `.lost-rows-${job.view.job.id}`)
  expect(subject.does.filter((line) => line.includes(folder))).toHaveLength(1)
  expect(existsSync(folder)).toBe(false)
  await job.run('switch', { approved: subject })
  const { lostRows, intent } = switchOutput.parse(job.outputOf('switch'))
  expect(lostRows).toBe(folder)
  const modes = [folder, ...readdirSync(folder).map((name) => join(folder, name))].map(
    (path) => statSync(path).mode & 0o777,
  )
  expect(modes).toEqual([0o700, ...modes.slice(1).map(() => 0o600)])
  // Nothing of a row stands in what is journaled or shown.
  expect(JSON.stringify([subject, job.outputOf('switch')])).not.toMatch(/slash|DROP TABLE orders/)

  const old = intent.old
  await runSql(urlOf('postgres'), `ALTER DATABASE "${old}" WITH ALLOW_CONNECTIONS true CONNECTION LIMIT -1`)
  for (const name of readdirSync(folder).sort()) psql(join(folder, name))
  // Again: what is there already stays as it is, where a key tells.
  for (const name of readdirSync(folder).sort()) {
    if (!/keyless|deferred/.test(name)) psql(join(folder, name))
  }
  for (const table of ['zparent', '"a child\nwith -- lines"', 'keyless', 'deferred', 'wide']) {
    expect(await rowsOf(orders.database.name, table), table).toEqual(await rowsOf(old, table))
  }
  // By full outer join of all keys: what is not as in the former one are the rows that were deleted before.
  const ids = async (database: string) =>
    new Map(
      (await runSql<{ id: number; row: string }>(urlOf(database), 'SELECT id, o::text AS row FROM orders o')).map(
        (one) => [one.id, one.row],
      ),
    )
  const [now, then] = [await ids(orders.database.name), await ids(old)]
  const differing = [...new Set([...now.keys(), ...then.keys()])].filter((id) => now.get(id) !== then.get(id))
  expect(differing.every((id) => id <= 100 && !then.has(id))).toBe(true)
  expect(differing).toHaveLength(100)
})

test('what is written between the card and the closed door is in the files, and a switch that fails leaves none', async () => {
  const { databases } = realTools()
  // Somebody writes after the rows were written down, and before the door is closed.
  const switchNames: DatabaseTools['switchNames'] = (of) =>
    databases.switchNames({
      ...of,
      async ahead(open) {
        await of.ahead?.(open)
        await runSql(orders.database.url, `UPDATE deferred SET word = 'late' WHERE id = 7`)
      },
    })
  // The connection is lost when it has happened: then the files are of rows that did go.
  const compareSwitched = async () => {
    throw new SalvorError('target_lost', { system: 'orders-db', seen: 'gone' })
  }
  const tools = { databases: { ...databases, switchNames, compareSwitched } }
  const job = orders.restore({ params: { system: 'orders-db', backup: orders.point.id }, tools })
  await job.runUpTo('verify')
  await runSql(orders.database.url, `INSERT INTO deferred VALUES (7, 'seven')`)
  const subject = await job.evidence('switch')
  const folder = join(orders.folder, `.lost-rows-${job.view.job.id}`)
  await expect(job.run('switch', { approved: subject })).rejects.toMatchObject({ code: 'target_lost' })
  const file = readdirSync(folder).find((name) => name.includes('deferred-new')) ?? ''
  expect(readFileSync(join(folder, file), 'utf8')).toContain(`'late'`)
  const other = orders.restore({ params: { system: 'orders-db', backup: orders.point.id } })
  await other.runUpTo('verify')
  const shown = await other.evidence('switch')
  await runSql(orders.database.url, `INSERT INTO deferred VALUES (8, 'more than shown')`)
  await expect(other.run('switch', { approved: shown })).rejects.toMatchObject({ code: 'loss_above_ceiling' })
  expect(existsSync(join(orders.folder, `.lost-rows-${other.view.job.id}`))).toBe(false)
})
