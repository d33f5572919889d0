import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { switchOutput } from '../../../jobs/restore/params.ts'
import { undo } from '../../../jobs/undo/index.ts'
import { checkOutput } from '../../../jobs/undo/params.ts'
import type { Loss } from '../../../src/domain/loss.ts'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { type SteppedJob, stepJob } from '../../support/step-context.ts'
import { createOrders, type Orders } from '../restore/rig.ts'

/** What prints in another way after a restore, or by the settings of a session. */
const BUILT = `CREATE TABLE built (id int PRIMARY KEY, kind varchar(9) DEFAULT 'new', within interval DEFAULT '1 day',
    CONSTRAINT sound CHECK (kind IN ('new', 'held')));
  CREATE VIEW due AS SELECT id FROM built WHERE kind IN ('new', 'held') AND within > '1 hour';
  CREATE POLICY mine ON built USING (kind IN ('new', 'held'));
  CREATE TRIGGER still BEFORE UPDATE ON built EXECUTE FUNCTION suppress_redundant_updates_trigger()`
const DAMAGE = `CREATE OR REPLACE FUNCTION known() RETURNS int LANGUAGE sql AS 'SELECT 2'; CREATE VIEW staged AS SELECT 1 AS n;
  DROP POLICY mine ON built`

let orders: Orders
let restored: SteppedJob
beforeEach(async () => {
  orders = await createOrders({ more: BUILT })
  await runSql(orders.database.url, DAMAGE)
  restored = orders.restore()
  await restored.runUpTo('verify')
  await restored.run('switch', { approved: await restored.evidence('switch') })
  Object.assign(restored.view.job, { state: 'succeeded' })
})
afterEach(() => orders.drop())

function takeBack(of: SteppedJob = restored, id = 'undo-1'): SteppedJob {
  const params = { job: of.view.job.id, system: 'orders-db' }
  return stepJob({
    kind: undo,
    params,
    id,
    url: orders.database.url,
    folder: orders.folder,
    others: [of.view, restored.view],
  })
}

const sql = (text: string) => runSql(orders.database.url, text)
const countOrders = async () => Number((await sql('SELECT count(*) FROM orders'))[0]?.count)

test('an undo shows exactly what was written since the switch, goes back, and keeps what it took away', async () => {
  await sql(`INSERT INTO orders (customer, total) VALUES (1, 1), (2, 2); UPDATE customers SET name = 'x' WHERE id = 9;
    UPDATE orders SET total = 7 WHERE id IN (50, 150); DELETE FROM orders WHERE id IN (51, 151, 152)`)
  await runSql(adminUrl(), `ALTER DATABASE ${orders.database.name} CONNECTION LIMIT 33`)
  const job = takeBack()
  await job.run('check')
  const subject = await job.evidence('switch')
  // Order 50 was restored, so that the former one lacks it; 51 was as well, and is in neither.
  expect(subject.ceiling).toEqual({ 'public.customers': 1, 'public.orders': 4 })
  expect(subject.loss?.tables).toMatchObject([
    { table: 'public.customers', by: 'key', added: 0, changed: 1, gone: 0, atLeast: false, keys: ['9'] },
    { table: 'public.orders', by: 'key', added: 3, changed: 1, gone: 2, atLeast: false },
  ])
  // What the restore brought goes again, whoever wrote it.
  const { turned, turnedObjects } = checkOutput.parse(job.outputOf('check'))
  expect(turnedObjects.map(({ name, way }) => [way, name]).sort()).toEqual([
    ['changes', 'function public.known()'],
    ['comes', 'view public.staged'],
    ['goes', 'policy public.built.mine'],
  ])
  expect(subject.lost).toContain('policy public.built.mine')
  expect(subject.returns).toContain('view public.staged')
  expect(turned).toContainEqual({ table: 'public.orders', goes: 100, comes: 0, changes: 0, leftover: false })
  expect(subject.lost).toContain('orders 100')
  const folder = join(orders.folder, `.lost-rows-${job.view.job.id}`)
  expect(subject.does.filter((line) => line.includes(folder))).toHaveLength(1)
  await job.run('switch', { approved: subject })
  expect(switchOutput.parse(job.outputOf('switch'))).toMatchObject({ lostRows: folder, loss: subject.loss })
  const files = readdirSync(folder).map((name) => join(folder, name))
  expect([folder, ...files].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600, 0o600])
  const psql = ['-X', '-1', '-q', '-v', 'ON_ERROR_STOP=1']
  for (const file of files.sort())
    execFileSync(join(inject('postgresBin'), 'psql'), [...psql, '-f', file, orders.database.url])
  const [put] = await sql(`SELECT (SELECT name FROM customers WHERE id = 9) AS name,
    (SELECT array_agg(id ORDER BY id) FROM orders WHERE id <= 100 OR id > 500) AS came, (SELECT total::int FROM orders WHERE id = 150) AS total`)
  expect(put).toEqual({ name: 'x', came: [50, 501, 502], total: 7 })
  await sql('DELETE FROM orders WHERE id <= 100 OR id > 500')
  await job.run('confirm')
  expect(await countOrders()).toBe(400)
  const { name } = orders.database
  expect(await orders.names()).toEqual([
    { name, open: true },
    { name: `${name}_undone_1`, open: false },
  ])
  const [row] = await runSql<{ n: number }>(
    adminUrl(),
    `SELECT datconnlimit AS n FROM pg_database WHERE datname = '${name}'`,
  )
  // As before the restore: what was set since goes with it.
  expect(row?.n).toBe(-1)
  expect(undo.report(job.view)).toMatchObject({
    undo: true,
    recovers: false,
    left: [expect.stringContaining('_undone_1'), expect.stringContaining(folder)],
  })
})

test('an undo can itself be undone', async () => {
  const first = takeBack()
  await first.run('check')
  await first.run('switch', { approved: await first.evidence('switch') })
  await first.run('confirm')
  Object.assign(first.view.job, { state: 'succeeded' })
  const second = takeBack(first, 'undo-2')
  await second.run('check')
  expect((await second.evidence('switch')).loss).toMatchObject({ tables: [], sequences: [], objects: [] })
  // The undo took away what the restore had brought: to undo it brings these rows back.
  const { turned, turnedObjects, toRestored } = checkOutput.parse(second.outputOf('check'))
  expect(turnedObjects).toContainEqual({ name: 'view public.staged', way: 'goes' })
  expect(toRestored).toBe(true)
  expect(turned).toContainEqual({ table: 'public.orders', goes: 0, comes: 100, changes: 0, leftover: false })
  expect((await second.evidence('switch')).returns).toMatch(/^100 rows .*undo-1 .*: orders 100\b/)
  await sql(`UPDATE customers SET name = 'between' WHERE id = 8; DELETE FROM orders WHERE id = 200`)
  expect((await second.evidence('switch')).loss?.tables).toMatchObject([
    { table: 'public.customers', added: 0, changed: 1, gone: 0 },
    { table: 'public.orders', added: 0, changed: 0, gone: 1, atLeast: false },
  ])
  await second.run('switch', { approved: await second.evidence('switch') })
  await second.run('confirm')
  expect(await countOrders()).toBe(500)
})

test('more written after the card is refused, with live open', async () => {
  const job = takeBack()
  await job.run('check')
  const approved = await job.evidence('switch')
  expect(approved.loss).toMatchObject({ tables: [], sequences: [], objects: [] })
  await sql('INSERT INTO orders (customer, total) VALUES (1, 1)')
  await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'loss_above_ceiling' })
  expect(await countOrders()).toBe(501)
})

test('definitions that were changed since are told by the undo and by a later restore', async () => {
  const objectsOf = ({ loss }: { loss?: Loss }) =>
    Object.fromEntries(loss?.objects?.map((one) => [one.name, [one.verdict, ...one.facets]]) ?? [])
  await sql(`CREATE OR REPLACE VIEW due AS SELECT id FROM built WHERE kind IN ('new');
    ALTER TABLE built ALTER within SET DEFAULT '2 days', SET (fillfactor = 90);
    ALTER TABLE built DROP CONSTRAINT sound, ADD CONSTRAINT sound CHECK (kind IN ('new', 'held', 'gone'));
    DROP TRIGGER still ON built;
    CREATE TRIGGER still BEFORE INSERT ON built EXECUTE FUNCTION suppress_redundant_updates_trigger()`)
  const job = takeBack()
  await job.run('check')
  const approved = await job.evidence('switch')
  const since = {
    'column public.built.within': ['changed', 'default'],
    'constraint public.built.sound': ['changed', 'definition'],
    'table public.built': ['changed', 'options'],
    'trigger public.built.still': ['changed', 'definition'],
    'view public.due': ['changed', 'definition'],
  }
  expect(objectsOf(approved)).toEqual(since)
  const later = orders.restore({ params: { system: 'orders-db', backup: orders.point.id } })
  await later.runUpTo('verify')
  const told = objectsOf(await later.evidence('switch'))
  expect(Object.keys(told).sort()).toEqual(Object.keys(since))
  expect(told['view public.due']).toEqual(['unsure', 'definition'])
  // The card showed another change of the same table.
  await sql('ALTER TABLE built FORCE ROW LEVEL SECURITY')
  await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'loss_above_ceiling' })
  await sql('ALTER TABLE built NO FORCE ROW LEVEL SECURITY; ALTER TABLE built SET (fillfactor = 80)')
  await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'loss_above_ceiling' })
  await sql('ALTER TABLE built SET (fillfactor = 90)')
  await job.run('switch', { approved })
  expect(objectsOf(switchOutput.parse(job.outputOf('switch')) as { loss: Loss })).toEqual(since)
})

test('an old database whose seal was broken is not gone back to', async () => {
  await runSql(adminUrl(), `ALTER DATABASE ${orders.database.name}_old_1 ALLOW_CONNECTIONS true`)
  await expect(takeBack().run('check')).rejects.toThrow('the seal of')
})

test('a restore whose old database is gone, or that never switched, cannot be undone', async () => {
  await runSql(adminUrl(), `DROP DATABASE ${orders.database.name}_old_1`)
  await expect(takeBack().run('check')).rejects.toThrow('nothing to go back to')
  Object.assign(restored.view.job, { state: 'failed' })
  await expect(takeBack().run('check')).rejects.toMatchObject({ code: 'move_illegal' })
})
