import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { undo } from '../../../jobs/undo/index.ts'
import { adminUrl, runSql, urlOf, withClient } from '../../support/postgres.ts'
import { type SteppedJob, stepJob } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

let orders: Orders
let owner: { name: string; password: string }
let job: SteppedJob
let side: string
beforeEach(async () => {
  owner = { name: `owner_${randomBytes(3).toString('hex')}`, password: 'owner-secret' }
  await runSql(adminUrl(), `CREATE ROLE ${owner.name} LOGIN PASSWORD '${owner.password}'`)
  orders = await createOrders({ owner: owner.name })
  job = orders.restore()
  await job.runUpTo('verify')
  side = (job.outputOf('load') as { side: string }).side
})
afterEach(async () => {
  await orders.drop()
  await runSql(adminUrl(), `DROP OWNED BY ${owner.name}`)
  await runSql(adminUrl(), `DROP ROLE ${owner.name}`)
})

/** As somebody who found a way in all the same. */
const tamper = (sql: string) => runSql(urlOf(side), sql)

async function switchRefuses(): Promise<void> {
  const approved = await job.evidence('switch')
  await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'target_changed' })
  const [live] = await runSql<{ n: number }>(orders.database.url, 'SELECT count(*)::int AS n FROM orders')
  expect(live?.n).toBe(400)
  expect((await orders.names()).every(({ open }) => open)).toBe(true)
}

describe('once it is loaded, a side database', () => {
  it('can neither be entered nor opened by the owner of what is in it, and gets that owner at the switch', async () => {
    const login = urlOf(side, owner)
    await expect(withClient(login, async () => {})).rejects.toMatchObject({ code: '42501' })
    // A grant that somebody may not give is a warning and nothing else.
    for (const sql of [
      `GRANT CONNECT ON DATABASE ${side} TO ${owner.name}`,
      `ALTER DATABASE ${side} ALLOW_CONNECTIONS true`,
      `ALTER DATABASE ${side} SET search_path = evil`,
      `ALTER DATABASE ${side} OWNER TO ${owner.name}`,
    ])
      await runSql(urlOf(orders.database.name, owner), sql).catch(() => {})
    await expect(withClient(login, async () => {})).rejects.toMatchObject({ code: '42501' })
    const approved = await job.evidence('switch')
    await job.run('switch', { approved })
    const [row] = await runSql(
      adminUrl(),
      `SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = '${orders.database.name}'`,
    )
    expect(row).toEqual({ owner: owner.name })
    // What is kept cannot be opened again by whoever owned it, as an owner could.
    const kept = `${orders.database.name}_old_1`
    for (const sql of [
      `ALTER DATABASE ${kept} ALLOW_CONNECTIONS true`,
      `ALTER DATABASE ${kept} RENAME TO mine`,
      `DROP DATABASE ${kept}`,
    ])
      await expect(runSql(urlOf(orders.database.name, owner), sql)).rejects.toMatchObject({ code: '42501' })
    // An undo gives it back.
    Object.assign(job.view.job, { state: 'succeeded' })
    const params = { job: job.view.job.id, system: 'orders-db' }
    const back = stepJob({ kind: undo, params, id: 'undo-1', url: orders.database.url, others: [job.view] })
    await back.run('check')
    await back.run('switch', { approved: await back.evidence('switch') })
    const owners = await runSql<{ name: string; mine: boolean }>(
      adminUrl(),
      `SELECT datname::text AS name, pg_get_userbyid(datdba) = '${owner.name}' AS mine FROM pg_database
        WHERE starts_with(datname, '${orders.database.name}') ORDER BY 1`,
    )
    expect(owners).toEqual([
      { name: orders.database.name, mine: true },
      { name: `${orders.database.name}_undone_1`, mine: false },
    ])
    await expect(
      runSql(
        urlOf(orders.database.name, owner),
        `ALTER DATABASE ${orders.database.name}_undone_1 ALLOW_CONNECTIONS true`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it.each([
    ['a changed row', 'UPDATE orders SET total = 1 WHERE id = 7'],
    ['rows exchanged one for one', 'DELETE FROM orders WHERE id = 7; INSERT INTO orders VALUES (7, 1, NULL, 0)'],
    ['a lost row', 'DELETE FROM orders WHERE id = 7'],
    [
      'a trigger',
      `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()`,
    ],
    ['a trigger that was switched off', 'ALTER TABLE orders DISABLE TRIGGER ALL'],
    ['a privilege', 'GRANT ALL ON orders TO PUBLIC'],
    ['a rewritten function', `CREATE OR REPLACE FUNCTION known() RETURNS int LANGUAGE sql AS 'SELECT 2'`],
    ['a sequence that was put back', `SELECT setval('orders_id_seq', 1, false)`],
    ['an emptied table', 'TRUNCATE orders'],
  ])('is refused at the switch for %s, and live stays as it is', async (_, sql) => {
    await tamper(sql)
    await switchRefuses()
  })

  it('is still what was proven after the server’s own keeping of it', async () => {
    await tamper('VACUUM (FREEZE, ANALYZE)')
    await tamper('SELECT count(*) FROM orders')
    const approved = await job.evidence('switch')
    await job.run('switch', { approved })
    expect((await runSql<{ n: number }>(orders.database.url, 'SELECT count(*)::int AS n FROM orders'))[0]?.n).toBe(500)
  })
})
