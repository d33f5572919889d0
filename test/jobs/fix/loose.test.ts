import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { fix as command } from '../../../commands/fix.ts'
import { fix } from '../../../jobs/fix/index.ts'
import { nameLooseRemedy, nameUploadRemedy, readLooseRemedy } from '../../../src/domain/loose-remedy.ts'
import { stepJob } from '../../support/step-context.ts'
import { createShop, type Shop } from './rig.ts'

let shop: Shop
let folder: string
beforeEach(async () => {
  shop = await createShop()
  folder = mkdtempSync(join(inject('runFolder'), 'plan-'))
  mkdirSync(join(folder, 'fixes'))
})
afterEach(() => shop.drop())

const write = (name: string, sql: string) => writeFileSync(join(folder, 'fixes', name), sql)
const begin = (remedy: string, more: object = {}) =>
  stepJob({
    kind: fix,
    params: { system: 'orders-db', remedy, ...more },
    url: shop.database.url,
    planFolder: folder,
  })
const widened = async () =>
  (
    await shop.sql<{ n: number }>(
      `SELECT character_maximum_length AS n FROM information_schema.columns WHERE table_name = 'contacts' AND column_name = 'phone'`,
    )
  )[0]?.n

test('a file that no plan names is tried, changes nothing before its approval, and can be taken back', async () => {
  write('hotfix.sql', 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(24)')
  write('hotfix-undo.sql', 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(12)')
  const name = nameLooseRemedy('hotfix.sql', 'hotfix-undo.sql')
  const job = begin(name)
  await job.runUpTo('rehearse')
  expect(await widened()).toBe(12)
  const subject = await job.evidence('commit')
  expect(JSON.stringify(subject)).toContain('varchar(24)')
  await job.run('commit', { approved: subject })
  await job.run('confirm')
  expect(await widened()).toBe(24)
  const back = job.again({ system: 'orders-db', remedy: name, undoes: 'fix-1' })
  await back.runUpTo('rehearse')
  await back.run('commit', { approved: await back.evidence('commit') })
  expect(await widened()).toBe(12)
})

test('a file that changed after its dry run is refused', async () => {
  write('hotfix.sql', 'DELETE FROM orders WHERE id = 1')
  const job = begin('file:hotfix.sql')
  await job.runUpTo('rehearse')
  const approved = await job.evidence('commit')
  write('hotfix.sql', 'DELETE FROM orders')
  await expect(job.run('commit', { approved })).rejects.toMatchObject({ code: 'remedy_changed' })
  expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 200 }])
})

describe('a file of which nobody has read a word', () => {
  test.each([
    [`SELECT setval('numbers', 999)`, 'setval()'],
    [`UPDATE orders SET total = (SELECT own_code()) WHERE id = 1`, 'own_code()'],
    [`UPDATE orders SET total = 1 WHERE public.lower('A') = 'a'`, 'public.lower()'],
    ['LOCK TABLE orders', 'Lock'],
    [`DO $$ BEGIN PERFORM nextval('numbers'); END $$`, 'Do'],
    [`SELECT 1; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'`, 'CreateFunction'],
    [`CREATE TABLE t (n int DEFAULT nextval('numbers'))`, 'nextval()'],
    [`WITH x AS (SELECT pg_sleep(9)) SELECT * FROM x`, 'pg_sleep()'],
    [`SET LOCAL search_path = evil`, 'VariableSet'],
    [`SELECT * FROM ts_stat('DELETE FROM orders RETURNING 1')`, 'ts_stat()'],
  ])('runs nothing that a rollback may not take back: %s', async (sql, seen) => {
    await shop.sql(`CREATE SEQUENCE numbers; SELECT setval('numbers', 41)`)
    write('hotfix.sql', sql)
    const job = begin('file:hotfix.sql')
    await expect(job.runUpTo('rehearse')).rejects.toMatchObject({ code: 'remedy_not_plain', facts: { seen } })
    expect(await shop.sql('SELECT last_value::int AS at FROM numbers')).toEqual([{ at: 41 }])
  })

  test('is tried once another person has approved its text, and committed after another approval with what it did', async () => {
    await shop.sql(`CREATE SEQUENCE numbers; SELECT setval('numbers', 41)`)
    write('hotfix.sql', `SELECT setval('numbers', 999); DELETE FROM orders WHERE id = 1`)
    const job = begin('file:hotfix.sql', { ask: true })
    await job.runUpTo('look')
    const text = await job.evidence('try')
    expect(text.does).toContain(`SELECT setval('numbers', 999);`)
    expect(text.binds).toMatchObject({ dryRun: true, sha256: expect.any(String) })
    expect(fix.steps.find(({ name }) => name === 'try')?.risk).toBe('destructive')
    expect(await shop.sql('SELECT last_value::int AS at FROM numbers')).toEqual([{ at: 41 }])
    await job.run('try', { approved: text })
    const seen = await job.evidence('commit')
    expect(seen.binds).toMatchObject({ effect: { tables: { 'public.orders': { deleted: 1 } } } })
    expect(seen.binds).toMatchObject({ sequences: ['public.numbers'] })
    await job.run('commit', { approved: seen })
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 199 }])
  })
})

test('without a way back none is claimed', async () => {
  write('hotfix.sql', 'DELETE FROM orders WHERE id = 1')
  const job = begin('file:hotfix.sql')
  await job.runUpTo('look')
  expect(job.outputOf('look')).toMatchObject({ undo: false, from: 'fixes/hotfix.sql' })
})

describe('an upload', () => {
  const text = 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(24)'
  const back = 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(12)'
  const hash = (sql: string) => createHash('sha256').update(sql).digest('hex')
  const name = nameUploadRemedy(
    { name: 'hotfix.sql', sha256: hash(text) },
    { name: 'hotfix-undo.sql', sha256: hash(back) },
  )
  /** The store kept it when alice shared it first; these two did now. */
  const shared = { sharedBy: 'bob', undoSharedBy: 'dana' }
  const shelf = new Map<string, string>()
  const beginUpload = () =>
    stepJob({
      ...{
        kind: fix,
        params: { system: 'orders-db', remedy: name, ...shared },
        url: shop.database.url,
        planFolder: folder,
      },
      readUpload: async (sha256) => {
        const found = shelf.get(sha256)
        return found === undefined ? undefined : { sha256, name: 'hotfix.sql', text: found, by: 'alice' }
      },
    })
  beforeEach(() => {
    shelf.clear()
    shelf.set(hash(text), text).set(hash(back), back)
  })

  test('runs from the store as a remedy of the plan does, and is taken back; no file is there', async () => {
    const job = beginUpload()
    await job.runUpTo('rehearse')
    expect(job.outputOf('look')).toMatchObject({
      undo: true,
      from: 'hotfix.sql, shared by bob',
      sha256: hash(text),
    })
    const subject = await job.evidence('commit')
    expect(subject.does).toEqual([`${text};`])
    expect(subject.binds).toMatchObject({ remedy: name, sha256: hash(text) })
    expect(subject.warnings).toMatchObject([{ code: 'remedy_shared', facts: { by: 'bob' } }])
    await job.run('commit', { approved: subject })
    expect(await widened()).toBe(24)
    const { params } = fix.undoneBy?.({ ...job.view, job: { ...job.view.job, id: 'fix-1' } }) ?? {}
    const undo = job.again(params as never)
    await undo.runUpTo('rehearse')
    const wayBack = { code: 'remedy_shared', facts: { file: 'hotfix-undo.sql', by: 'dana' } }
    expect((await undo.evidence('commit')).warnings).toEqual([wayBack])
    await undo.run('commit', { approved: await undo.evidence('commit') })
    expect(await widened()).toBe(12)
  })

  test.each([
    ['is another text by then', () => shelf.set(hash(text), 'DELETE FROM orders')],
    ['is gone', () => shelf.delete(hash(text))],
  ])('that %s is refused', async (_what, change) => {
    const job = beginUpload()
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    change()
    await expect(job.run('commit', { approved })).rejects.toMatchObject({ code: 'upload_gone' })
    expect(await widened()).toBe(12)
  })
})

test.each(['../plan.sql', '/etc/passwd', 'a/b.sql', '..sql', 'x.sh', 'a b.sql', '.hidden.sql', 'x.sql+y.sql'])(
  'a file of elsewhere is none: %s',
  (file) => {
    expect(command.params.safeParse({ system: 'orders-db', file }).success).toBe(false)
    expect(readLooseRemedy(`file:${file}`)?.sql ?? 'fixes/').toMatch(/^fixes\/[\w.-]*$/)
  },
)
