import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import { digestApproval } from '../../../src/domain/approval.ts'
import { adminUrl, runSql, urlOf } from '../../support/postgres.ts'
import { createOrders, type Orders } from './rig.ts'

let orders: Orders
beforeEach(async () => {
  orders = await createOrders()
})
afterEach(() => orders.drop())

const sql = (text: string) => runSql(orders.database.url, text)
const countOrders = async () => Number((await sql('SELECT count(*) FROM orders'))[0]?.count)

describe('a restore', () => {
  test('ends with the backup live, the damaged one kept and sealed, and says so', async () => {
    const job = orders.restore()
    await job.runUpTo('verify')
    expect(await countOrders()).toBe(400)
    const subject = await job.evidence('switch')
    expect(subject.proven).toMatch(/^2 of 2 tables/)
    expect(subject.unproven).toBe('none')
    expect(subject.ceiling).toEqual({ 'public.customers': 3 })
    expect(subject.loss?.tables).toMatchObject([
      { table: 'public.customers', by: 'key', added: 0, changed: 3, gone: 0 },
      { table: 'public.orders', by: 'key', added: 0, changed: 0, gone: 100 },
    ])
    await job.run('switch', { approved: subject })
    expect(await countOrders()).toBe(500)
    const { name } = orders.database
    expect(await orders.names()).toEqual([
      { name, open: true },
      { name: `${name}_old_1`, open: false },
    ])
    const report = restore.report(job.view)
    expect(report).toMatchObject({ undo: true, recovers: true, lost: [subject.lost] })
    expect(report.left.join()).toMatch(new RegExp(`^${name}_old_1 until ⟦time:date:`))
    expect(restore.card(job.view).headline).toBe(`orders-db from ${orders.point.id}`)
  })

  test('shows the same digest at each look while nothing changes, another when rows are written', async () => {
    const job = orders.restore()
    await job.runUpTo('verify')
    const digest = async () =>
      digestApproval({
        job: 'restore-1',
        step: 'switch',
        attempt: 1,
        planDigest: 'p',
        subject: await job.evidence('switch'),
      })
    const first = await digest()
    expect(await digest()).toBe(first)
    // Changed in place: no row more, and still not what was shown.
    await sql(`UPDATE customers SET name = 'late' WHERE id = 50`)
    expect(await digest()).not.toBe(first)
  })

  test.each([
    ['rows were added', `INSERT INTO orders (customer, total) SELECT 1, 1 FROM generate_series(1, 107)`],
    ['rows were changed in place', `UPDATE customers SET name = 'late' WHERE id = 50`],
  ])('refuses to switch when after the card %s, with live open', async (_, write) => {
    const job = orders.restore()
    await job.runUpTo('verify')
    const approved = await job.evidence('switch')
    await sql(write)
    await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'loss_above_ceiling' })
    expect(await job.isDone('switch')).toEqual({ done: 'no' })
    expect(await countOrders()).toBeGreaterThanOrEqual(400)
    const again = await job.evidence('switch')
    await job.run('switch', { approved: again })
    expect(await countOrders()).toBe(500)
  })

  test('that ran to its end is reported, never run again', async () => {
    const job = orders.restore()
    await job.runUpTo('verify')
    await job.run('switch', { approved: await job.evidence('switch') })
    await sql('DELETE FROM orders WHERE id > 490')
    expect(await job.isDone('switch')).toMatchObject({ done: 'yes', output: { endedSessions: null, differences: [] } })
    await job.run('switch')
    expect(await countOrders()).toBe(490)
    expect(await orders.names()).toHaveLength(2)
  })

  test('loads each attempt into a database of its own and leaves none behind', async () => {
    const job = orders.restore()
    await job.runUpTo('load')
    const first = job.outputOf('load')
    await job.run('load')
    expect(job.outputOf('load')).not.toMatchObject({ oid: (first as { oid: number }).oid })
    expect(await orders.names()).toHaveLength(2)
    expect(await job.cleanUp('load')).toEqual([])
    expect(await job.cleanUp('create')).toEqual([])
    expect(await orders.names()).toEqual([{ name: orders.database.name, open: true }])
  })

  test('whose side database is not what the backup holds does not get to the switch', async () => {
    const job = orders.restore()
    await job.runUpTo('load')
    const { side } = job.outputOf('load') as { side: string }
    await runSql(urlOf(side), 'UPDATE orders SET total = total + 1 WHERE id = 7')
    await expect(job.run('verify')).rejects.toMatchObject({ code: 'content_differs' })
  })
})

describe('refused before anything is changed', () => {
  const nothingMade = async () => expect(await orders.names()).toEqual([{ name: orders.database.name, open: true }])

  test('no backup precedes the beginning of the migration', async () => {
    const early = orders.restore({ beganAt: '2020-01-01T00:00:00.000Z' })
    await expect(early.run('choose')).rejects.toMatchObject({ code: 'backup_none' })
    const unknown = orders.restore({ beganAt: null })
    await expect(unknown.run('choose')).rejects.toThrow('--began')
  })

  test('a backup that nobody knows, with the nearest one', async () => {
    const job = orders.restore({ params: { system: 'orders-db', backup: 'd-9999' } })
    await expect(job.run('choose')).rejects.toMatchObject({
      code: 'backup_unknown',
      hint: expect.stringContaining(orders.point.id),
    })
  })

  test('an archive that is none, when it was named; without a name it is passed over', async () => {
    writeFileSync(join(orders.folder, 'd-plain.sql'), '-- PostgreSQL database dump\nSET x = 1;\n')
    const named = orders.restore({ params: { system: 'orders-db', backup: 'd-plain' } })
    await named.run('choose')
    await expect(named.run('preflight')).rejects.toMatchObject({ code: 'archive_plain_sql' })
    await nothingMade()
    mkdirSync(join(orders.folder, 'notes'))
    const free = orders.restore()
    await free.runUpTo('preflight')
    expect(free.outputOf('preflight')).toMatchObject({ point: { path: orders.point.path }, skipped: [] })
  })

  test('an archive of another database, where url leads to no such one and nobody named it', async () => {
    const params = { system: 'orders-db', backup: 'latest' }
    const job = orders.restore({ url: urlOf('no_such_database'), params })
    await expect(job.run('choose')).rejects.toMatchObject({ code: 'backup_foreign' })
    await nothingMade()
  })

  test('a role that the archive needs and the server lacks', async () => {
    const role = `gone_${orders.database.name}`
    await runSql(adminUrl(), `CREATE ROLE ${role}`)
    await sql(`ALTER TABLE customers OWNER TO ${role}`)
    const { archives } = (await import('../../support/step-context.ts')).realTools()
    const session = { step: `backup-${role}`.slice(0, 40), fence: 1 }
    const target = { system: 'orders-db', url: orders.database.url, adminUrl: adminUrl(), session }
    await archives.dump({ target, folder: orders.folder, jobs: 1, signal: new AbortController().signal })
    await sql('ALTER TABLE customers OWNER TO postgres')
    await runSql(adminUrl(), `DROP ROLE ${role}`)
    const job = orders.restore({ params: { system: 'orders-db', backup: 'latest' } })
    await job.run('choose')
    await expect(job.run('preflight')).rejects.toMatchObject({ code: 'target_role_missing' })
    await nothingMade()
  })

  test.each(['tables', 'inPlace'])('--%s, in a clear sentence', (flag) => {
    const parsed = restore.params.safeParse({ system: 'orders-db', [flag]: true })
    expect(parsed.error?.issues[0]?.message).toContain('not supported yet')
  })
})

test('a moment between backups is refused where the plan has dumps alone', async () => {
  const job = orders.restore({ params: { system: 'orders-db', at: 'xid:7' } })
  await expect(job.run('choose')).rejects.toMatchObject({ code: 'moment_unsupported' })
})

test('a backup of after the beginning is approved with that warning, and a side database that is dropped behind our back is noticed', async () => {
  const params = { system: 'orders-db', backup: 'latest' }
  const job = orders.restore({ beganAt: orders.point.takenAt, params })
  await job.runUpTo('verify')
  const approved = await job.evidence('switch')
  expect(approved.warnings?.[0]).toEqual({ code: 'backup_late', facts: { backup: orders.point.id } })
  expect(approved.unproven).not.toBe('none')
  const { side } = job.outputOf('load') as { side: string }
  await runSql(adminUrl(), `DROP DATABASE ${side}`)
  await expect(job.evidence('switch')).rejects.toMatchObject({ code: 'target_changed' })
  await expect(job.run('switch', { approved })).rejects.toMatchObject({ code: 'target_changed' })
  expect(await countOrders()).toBe(400)
})
