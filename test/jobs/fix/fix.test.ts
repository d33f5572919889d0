import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { fix } from '../../../jobs/fix/index.ts'
import { withClient } from '../../support/postgres.ts'
import type { SteppedJob } from '../../support/step-context.ts'
import { createShop, rejectsInTable, type Shop } from './rig.ts'

let shop: Shop
beforeEach(async () => {
  shop = await createShop()
})
afterEach(() => shop.drop())

const approve = async (job: SteppedJob) => job.run('commit', { approved: await job.evidence('commit') })
const none = { created: [], dropped: {}, renamed: [], droppedColumns: [], rewritten: {} }

describe('a dry run', () => {
  it.each([
    ['rows', 'UPDATE customers SET phone = NULL WHERE id <= 3; DELETE FROM customers WHERE id = 9'],
    ['definitions', 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(24); CREATE TABLE extra (id int)'],
    ['storage', 'TRUNCATE orders; ALTER TABLE customers ALTER COLUMN id TYPE bigint'],
    ['what blocks do', "DO $$ BEGIN DELETE FROM orders; EXECUTE 'DROP TABLE rejects'; END $$"],
  ])('changes nothing of %s', async (_, sql) => {
    const before = await shop.fingerprint()
    const job = shop.fix(sql, { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    expect(await shop.fingerprint()).toBe(before)
  })

  it('counts rows by table, cascades included, names locks and samples keys without values', async () => {
    const job = shop.fix(`UPDATE customers SET name = 'secret' WHERE id <= 3; DELETE FROM customers WHERE id = 9;
      INSERT INTO contacts VALUES (77, '1', 'x')`)
    await job.runUpTo('rehearse')
    const seen = job.outputOf('rehearse') as Record<string, unknown>
    expect(seen.effect).toEqual({
      ...none,
      tables: {
        'public.customers': { inserted: 0, updated: 3, deleted: 1 },
        'public.orders': { inserted: 0, updated: 0, deleted: 5 },
        'public.contacts': { inserted: 1, updated: 0, deleted: 0 },
      },
    })
    expect(seen.locks).toContainEqual({ table: 'public.customers', mode: 'RowExclusiveLock' })
    expect(seen.samples).toContainEqual({ table: 'public.customers', what: 'updated', key: 'id 1', columns: ['name'] })
    expect(seen.samples).toContainEqual({ table: 'public.contacts', what: 'inserted', key: 'id 77', columns: [] })
    expect(JSON.stringify(seen)).not.toContain('secret')
    expect((await job.evidence('commit')).ceiling).toEqual({ 'public.customers': 1, 'public.orders': 5 })
  })

  it('shows values where the plan shows row data', async () => {
    const job = shop.fix(`UPDATE customers SET name = 'new' WHERE id = 3`, {
      migrations: { orders: { system: 'orders-db', log: 'migration' } },
      logs: { migration: { path: '/nowhere', rowData: 'shown' } },
    })
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({
      samples: [{ key: 'id 3', values: { name: { before: 'c3', after: 'new' } } }],
    })
  })

  it('tells what truncating, dropping and rewriting would take, with rows before and after', async () => {
    const job = shop.fix(`TRUNCATE orders; DROP TABLE contacts; ALTER TABLE rejects RENAME TO kept;
      ALTER TABLE customers DROP COLUMN phone; ALTER TABLE customers ALTER COLUMN id TYPE bigint; CREATE TABLE more ()`)
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({
      effect: {
        created: ['public.more'],
        dropped: { 'public.contacts': 0 },
        renamed: ['public.rejects → public.kept'],
        droppedColumns: ['public.customers.phone'],
        rewritten: { 'public.orders': { before: 200, after: 0 }, 'public.customers': { before: 40, after: 40 } },
      },
    })
    const subject = await job.evidence('commit')
    expect(subject.ceiling).toEqual({ 'public.orders': 200 })
    expect(subject.lost).toMatch(/200 orders; the columns public\.customers\.phone/)
    await job.run('commit', { approved: subject })
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 0 }])
  })

  it('gives up on a lock, says so, and leaves nothing', async () => {
    await withClient(shop.database.url, async (other) => {
      await other.query('BEGIN; LOCK TABLE contacts IN SHARE MODE')
      const job = shop.fix('UPDATE customers SET name = name; ALTER TABLE contacts ADD COLUMN more int')
      await job.run('look')
      await expect(job.run('rehearse')).rejects.toMatchObject({ code: 'remedy_locked', facts: { number: 2 } })
      await other.query('ROLLBACK')
    })
  })

  it('gives up on a statement that takes longer than the plan allows', async () => {
    const job = shop.fix('SELECT pg_sleep(30)')
    Object.assign(job.view.job, {})
    const remedies = [{ name: 'mend', when: {}, sql: 'SELECT pg_sleep(30)', within: '200ms' }]
    const slow = shop.fix('', { remedies })
    await slow.run('look')
    await expect(slow.run('rehearse')).rejects.toMatchObject({ code: 'remedy_failed' })
  })

  it('tells a failing statement by its number, without row data', async () => {
    const job = shop.fix(`SELECT 1; INSERT INTO customers VALUES (1, '1', 'Ann')`)
    await job.run('look')
    const failing = job.run('rehearse')
    await expect(failing).rejects.toMatchObject({ code: 'remedy_failed', facts: { number: 2 } })
    await expect(failing).rejects.toThrow(/\(id\)=\(‹id [0-9a-f]{4}›\).*23505/)
  })

  it('sees what only the commit would refuse', async () => {
    await shop.sql('ALTER TABLE orders ALTER CONSTRAINT orders_customer_fkey DEFERRABLE INITIALLY DEFERRED')
    const job = shop.fix('INSERT INTO orders VALUES (999, 999, 1)')
    await job.run('look')
    await expect(job.run('rehearse')).rejects.toThrow('23503')
  })
})

describe('a commit', () => {
  it('happens when it does the same as the dry run, and says so in its report', async () => {
    const job = shop.fix('DELETE FROM orders WHERE id <= 10')
    await job.runUpTo('rehearse')
    await approve(job)
    await job.run('confirm')
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 190 }])
    expect(fix.report(job.view)).toMatchObject({ summary: 'mend committed on orders-db', undo: false, recovers: false })
  })

  it('is refused when other rows are there by then; the next card shows what was counted', async () => {
    const job = shop.fix('DELETE FROM orders WHERE total <= 10')
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    await shop.sql('INSERT INTO orders VALUES (900, 1, 5)')
    const refused = job.run('commit', { approved })
    await expect(refused).rejects.toMatchObject({ code: 'approval_changed' })
    await expect(refused).rejects.toThrow('now public.orders: 11 deleted; shown was public.orders: 10 deleted')
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 201 }])
    const anew = await job.evidence('commit')
    expect(anew.ceiling).toEqual({ 'public.orders': 11 })
    await job.run('commit', { approved: anew })
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 190 }])
  })

  it('is refused when a table that it empties has grown', async () => {
    const job = shop.fix('TRUNCATE orders')
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    await shop.sql('INSERT INTO orders VALUES (900, 1, 5)')
    await expect(job.run('commit', { approved })).rejects.toThrow('now public.orders: 201 rows before, 0 after')
  })

  it('is refused for another database under the same name', async () => {
    const job = shop.fix('DELETE FROM orders')
    await job.runUpTo('rehearse')
    const look = job.view.steps.find(({ name }) => name === 'look')
    const output = look?.output as { identity: object }
    Object.assign(look ?? {}, { output: { ...output, identity: { ...output.identity, oid: 1 } } })
    await expect(job.evidence('commit')).rejects.toMatchObject({ code: 'target_changed' })
  })

  it('whose file is another than the plan knows does not begin', async () => {
    const job = shop.fix('DELETE FROM orders')
    const [path] = Object.values(job.plan.systems).flatMap((one) =>
      one.kind === 'postgres' ? one.remedies[0]?.sql : [],
    )
    Object.assign(job.plan, { files: { [String(path)]: 'f'.repeat(64) } })
    await expect(job.run('look')).rejects.toMatchObject({ code: 'remedy_changed' })
  })
})

describe('what people see', () => {
  it('of SQL holds no credentials, and no part of the job does', async () => {
    const job = shop.fix(`COMMENT ON TABLE orders IS 'password=hunter22hunter'; UPDATE customers SET name = 'a@b.org'`)
    await job.runUpTo('rehearse')
    const subject = await job.evidence('commit')
    expect(subject.does.join()).toContain('COMMENT ON TABLE orders')
    await job.run('commit', { approved: subject })
    expect(JSON.stringify([job.view, subject])).not.toContain('hunter22hunter')
    expect(await shop.sql(`SELECT obj_description('orders'::regclass) AS words`)).toEqual([
      { words: 'password=hunter22hunter' },
    ])
  })

  it('is what runs: a file that is another one by then is refused', async () => {
    const job = shop.fix('DELETE FROM orders WHERE id = 1')
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    const system = job.plan.systems['orders-db']
    writeFileSync((system?.kind === 'postgres' ? system.remedies[0]?.sql : undefined) ?? '', 'DELETE FROM orders')
    await expect(job.run('commit', { approved })).rejects.toMatchObject({ code: 'remedy_changed' })
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 200 }])
  })
})

describe('a remedy that is a program', () => {
  const program = (code: string) =>
    shop.fix('', { remedies: [{ name: 'mend', when: {}, argv: [process.execPath, '-e', code] }] })

  it('is shown as it is, says that it was not tried, and runs once somebody approved', async () => {
    const job = program(`console.log('done')`)
    expect(job.view.steps.map(({ name }) => name)).toEqual(['look', 'execute'])
    await job.run('look')
    const approved = await job.evidence('execute')
    expect(approved.proven).toBe('nothing: a program cannot be run for trial')
    expect(approved.does[0]).toContain(`'console.log('done')'`)
    await job.run('execute', { approved })
    expect(await job.isDone('execute')).toMatchObject({ done: 'yes' })
    expect(fix.report(job.view).summary).toBe('mend ran on orders-db: node ended with 0')
  })

  it('that ends badly fails; whose end nobody saw is for a person to settle', async () => {
    const job = program(`console.error('no way'); process.exit(4)`)
    await job.run('look')
    expect(await job.isDone('execute')).toEqual({ done: 'no' })
    await expect(job.run('execute')).rejects.toMatchObject({ code: 'tool_failed', excerpt: 'no way' })
    expect(await job.isDone('execute')).toEqual({ done: 'no' })
    const step = job.view.steps.find(({ name }) => name === 'execute')
    const begun = Object.entries(step?.records ?? {}).filter(([name]) => name.startsWith('started'))
    Object.assign(step ?? {}, { records: Object.fromEntries(begun) })
    expect(await job.isDone('execute')).toMatchObject({ done: 'unknown', why: { code: 'program_unseen' } })
  })
})

describe('a runner that died', () => {
  const recordOf = (job: SteppedJob) => {
    const step = job.view.steps.find(({ name }) => name === 'commit')
    return Object.values(step?.records ?? {}).at(-1) as { xid: string }
  }

  it('between the commit and its record is settled by the transaction itself', async () => {
    const job = shop.fix('DELETE FROM orders')
    await job.runUpTo('rehearse')
    await approve(job)
    expect(recordOf(job).xid).toMatch(/^\d+$/)
    expect(await job.isDone('commit')).toMatchObject({ done: 'yes', output: { xid: recordOf(job).xid } })
    // A second attempt reports the first and runs nothing.
    await shop.sql('INSERT INTO orders VALUES (1, 1, 1)')
    await approve(job)
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 1 }])
  })

  it('before the commit has done nothing', async () => {
    const job = shop.fix('DELETE FROM orders')
    await job.runUpTo('rehearse')
    expect(await job.isDone('commit')).toEqual({ done: 'no' })
    const control = new AbortController()
    const dies = job.run('commit', {
      approved: await job.evidence('commit'),
      signal: control.signal,
      onRecord: () => control.abort(new Error('the lease was lost')),
    })
    await expect(dies).rejects.toThrow('the lease was lost')
    await expect.poll(() => job.isDone('commit')).toEqual({ done: 'no' })
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 200 }])
  })

  it('leaves it open while its transaction is, and when the server cannot know', async () => {
    const job = shop.fix('DELETE FROM orders')
    await job.runUpTo('rehearse')
    await approve(job)
    const record = recordOf(job)
    await withClient(shop.database.url, async (other) => {
      const { rows } = await other.query('BEGIN').then(() => other.query('SELECT pg_current_xact_id()::text AS xid'))
      Object.assign(record, { xid: rows[0].xid })
      expect(await job.isDone('commit')).toMatchObject({ done: 'unknown', why: { code: 'transaction_open' } })
    })
    Object.assign(record, { xid: '99999999999' })
    expect(await job.isDone('commit')).toMatchObject({ done: 'unknown', why: { code: 'transaction_forgotten' } })
    Object.assign(record, { systemIdentifier: '1' })
    expect(await job.isDone('commit')).toMatchObject({ done: 'unknown', why: { code: 'transaction_elsewhere' } })
  })
})

test('an undo runs the way back of the plan by the same path, and ends what the fix had proven', async () => {
  const first = shop.fix('UPDATE customers SET phone = NULL WHERE id = 1', {
    undo: `UPDATE customers SET phone = '0101' WHERE id = 1`,
  })
  await first.runUpTo('rehearse')
  await approve(first)
  await first.run('confirm')
  expect(fix.report(first.view).undo).toBe(true)
  const way = fix.undoneBy?.(first.view)
  expect(way).toEqual({ kind: 'fix', params: { system: 'orders-db', remedy: 'mend', undoes: first.view.job.id } })
  const back = first.again(way?.params ?? {})
  await back.runUpTo('rehearse')
  await approve(back)
  await back.run('confirm')
  expect(await shop.sql('SELECT phone FROM customers WHERE id = 1')).toEqual([{ phone: '0101' }])
  expect(fix.report(back.view)).toMatchObject({ undo: false, ends: [first.view.job.id] })
})
