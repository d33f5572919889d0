import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it, test } from 'vitest'
import { fix } from '../../../jobs/fix/index.ts'
import type { SteppedJob } from '../../support/step-context.ts'
import { createShop, rejectsInTable, type Shop } from './rig.ts'

let shop: Shop
beforeEach(async () => {
  shop = await createShop()
})
afterEach(() => shop.drop())

const widen = 'ALTER TABLE contacts ALTER COLUMN phone TYPE varchar(24)'
const approve = async (job: SteppedJob) => job.run('commit', { approved: await job.evidence('commit') })
const countRejects = async () =>
  (
    await shop.sql<{ target: string; n: number }>(
      'SELECT target, count(*)::int AS n FROM rejects GROUP BY 1 ORDER BY 1',
    )
  )
    .map(({ target, n }) => `${target} ${n}`)
    .join(', ')

describe('rejects in a table', () => {
  it('that fit after the remedy are loaded with it; what still fails stays, with the reason', async () => {
    const job = shop.fix(widen, { migrations: rejectsInTable, table: 'contacts' })
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({ replay: { contacts: { loaded: 2, failing: 1 } } })
    expect(await countRejects()).toBe('contacts 3, deliveries 1')
    const subject = await job.evidence('commit')
    expect(subject.proven).toContain('contacts: 2 of 3 rejected rows load, 1 still fail: 1 × null value in column')
    expect(subject.does.at(-1)).toBe('-- then load 2 rejected rows into contacts')
    await job.run('commit', { approved: subject })
    await job.run('confirm')
    expect(await countRejects()).toBe('contacts 1, deliveries 1')
    expect(await shop.sql('SELECT id::int, phone, note FROM contacts ORDER BY id')).toEqual([
      { id: 1, phone: '+4915112345678', note: 'a\tb' },
      { id: 2, phone: '+4915112345679', note: null },
    ])
    expect(fix.report(job.view)).toMatchObject({
      summary: 'mend committed on orders-db, 2 rejected rows loaded',
      left: ['1 rejected rows of contacts (23502)'],
    })
    expect(fix.report(job.view).proven).toContain('rejects of contacts, 22001: 2 → 0')
  })

  it('of other tables fail by themselves and keep nobody back', async () => {
    const job = shop.fix(widen, { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    const { replay } = job.outputOf('rehearse') as { replay: Record<string, { errors: Record<string, number> }> }
    expect(Object.keys(replay.deliveries?.errors ?? {})[0]).toMatch(/does not exist \(42P01\)/)
    await approve(job)
    expect(await countRejects()).toBe('contacts 1, deliveries 1')
  })

  it('in a table that is none of rejects are refused before anything runs', async () => {
    const job = shop.fix(widen, { migrations: { orders: { system: 'orders-db', rejects: { table: 'orders' } } } })
    await expect(job.run('look')).rejects.toMatchObject({ code: 'rejects_unreadable' })
  })

  it('that are named with their schema are meant by a table without one', async () => {
    await shop.sql(`UPDATE rejects SET target = 'public.contacts' WHERE target = 'contacts'`)
    const job = shop.fix(widen, { migrations: rejectsInTable, table: 'contacts' })
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({ replay: { 'public.contacts': { loaded: 2, failing: 1 } } })
  })

  it('never show a value of theirs', async () => {
    await shop.sql(`INSERT INTO rejects (target, columns, row, code, message) VALUES ('contacts', '{id,phone,note}',
      E'4\\t0150-secret-number-too-long-for-all\\tx', '22001', 'value too long "0150-secret"')`)
    const job = shop.fix('SELECT 1', { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    expect(JSON.stringify([job.view, await job.evidence('commit')])).not.toContain('secret')
  })

  it('that are other ones by then are not loaded, and the remedy is rolled back with them', async () => {
    const job = shop.fix(widen, { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    await shop.sql(`INSERT INTO rejects (target, columns, row) VALUES ('contacts', '{id,phone,note}', E'9\\t1\\tx')`)
    await expect(job.run('commit', { approved })).rejects.toThrow('contacts: other rejects than shown')
    expect(await shop.sql('SELECT count(*)::int AS n FROM contacts')).toEqual([{ n: 0 }])
    await approve(job)
    expect(await shop.sql('SELECT count(*)::int AS n FROM contacts')).toEqual([{ n: 3 }])
  })

  it('that somebody else loaded meanwhile are fewer than shown, which is told and no reason to refuse', async () => {
    const job = shop.fix(widen, { migrations: rejectsInTable, table: 'contacts' })
    await job.runUpTo('rehearse')
    const approved = await job.evidence('commit')
    await shop.sql(`INSERT INTO contacts VALUES (1, '1', 'by hand')`)
    await job.run('commit', { approved })
    expect(job.outputOf('commit')).toMatchObject({ replay: { contacts: { loaded: 1, failing: 2 } } })
  })

  it('that hide SQL in names or values are data', async () => {
    await shop.sql(`INSERT INTO rejects (target, columns, row) VALUES
      ('contacts"; DROP TABLE orders; --', '{id}', '1'), ('contacts', '{id,"phone) VALUES (1); DROP TABLE orders; --"}', E'1\\t2'),
      ('contacts', '{id,phone,note}', E'5\\t1\\t''); DROP TABLE orders; --')`)
    const job = shop.fix('SELECT 1', { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    await approve(job)
    expect(await shop.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 200 }])
    expect(await shop.sql('SELECT note FROM contacts WHERE id = 5')).toEqual([{ note: "'); DROP TABLE orders; --" }])
  })

  it('are found one by one among many that fit', async () => {
    await shop.sql(`DELETE FROM rejects; INSERT INTO rejects (target, columns, row)
      SELECT 'contacts', '{id,phone,note}', n || E'\\t' || CASE WHEN n % 97 = 0 THEN '\\N' ELSE '1' END || E'\\tx'
        FROM generate_series(1, 1000) n`)
    const job = shop.fix('SELECT 1', { migrations: rejectsInTable })
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({ replay: { contacts: { loaded: 990, failing: 10 } } })
  })
})

describe('rejects in files', () => {
  const place = (files: { readonly [name: string]: string }) => {
    const folder = mkdtempSync(join(inject('runFolder'), 'rejects-'))
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }
  const plan = (rejects: object) => ({ orders: { system: 'orders-db', rejects } })

  test.each([
    [
      'COPY',
      { format: 'copy' },
      'contacts.rej',
      '1\t123456789012345\ta\\nb\n2\t\\N\tnone\n3\t1\t\\N\n',
      '2\t\\N\tnone\n',
    ],
    ['pgloader', { format: 'pgloader' }, 'contacts.dat', '1\t1\ta\\nb\n2\t\\N\tnone\n', '2\t\\N\tnone\n'],
    [
      'SQL*Loader',
      { format: 'sqlldr', delimiter: ';', columns: { contacts: ['note', 'id', 'phone'] } },
      'contacts.bad',
      '"a\nb";1;1\n'.replace('\n', ' ').concat('none;2;\r\n"semi;""colon""";3;1\n'),
      'none;2;\r\n',
    ],
  ])(
    'of %s are loaded; the file keeps what failed, and the old one stays beside it',
    async (_, more, name, text, rest) => {
      const path = place({ [name]: text, 'notes.txt': 'nothing to load' })
      const job = shop.fix(widen, { migrations: plan({ path, ...more }) })
      await job.runUpTo('rehearse')
      expect(readFileSync(join(path, name), 'utf8')).toBe(text)
      await approve(job)
      await job.run('confirm')
      expect(readFileSync(join(path, name), 'utf8')).toBe(rest)
      expect(readFileSync(join(path, `${name}.${job.view.job.id}`), 'utf8')).toBe(text)
      // A confirm that is repeated finds its work done.
      await job.run('confirm')
      expect(readFileSync(join(path, name), 'utf8')).toBe(rest)
      expect(await shop.sql('SELECT id::int FROM contacts WHERE id = 2')).toEqual([])
    },
  )

  it('that changed after they were read are left alone', async () => {
    const path = place({ 'contacts.rej': '1\t1\tx\n' })
    const job = shop.fix(widen, { migrations: plan({ path }) })
    await job.runUpTo('rehearse')
    await approve(job)
    writeFileSync(join(path, 'contacts.rej'), '1\t1\tx\n2\t2\ty\n')
    await expect(job.run('confirm')).rejects.toMatchObject({ code: 'rejects_changed' })
    expect(readFileSync(join(path, 'contacts.rej'), 'utf8')).toBe('1\t1\tx\n2\t2\ty\n')
  })

  it('that are no text are refused', async () => {
    const path = place({})
    writeFileSync(join(path, 'contacts.rej'), Buffer.from([0xff, 0xfe, 10]))
    await expect(shop.fix(widen, { migrations: plan({ path }) }).run('look')).rejects.toThrow('no UTF-8 text')
  })

  it('in a folder that is not there are none', async () => {
    const job = shop.fix(widen, { migrations: plan({ path: '/nowhere/at/all' }) })
    await job.runUpTo('rehearse')
    expect(job.outputOf('rehearse')).toMatchObject({ replay: {} })
  })
})
