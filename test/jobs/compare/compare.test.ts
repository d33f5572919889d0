import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { compare } from '../../../jobs/compare/index.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { run } from '../../tools/content/rig.ts'
import { createStage, type Stage } from '../play.ts'

const system = 'orders-db'
let live: TestDatabase
let source: TestDatabase
let stage: Stage
beforeEach(async () => {
  live = await createDatabase({ prefix: 'o' })
  source = await createDatabase({ prefix: 'o' })
  await run(
    source,
    `CREATE TABLE customers (id int PRIMARY KEY, phone text, fax text); CREATE TABLE items (id int PRIMARY KEY, name text);
     INSERT INTO customers SELECT n, '0' || n || '-1', 'f' FROM generate_series(1, 3000) n; INSERT INTO items VALUES (1, 'a')`,
  )
  await run(
    live,
    `CREATE TABLE clients (id int PRIMARY KEY, mobile text); CREATE TABLE items (id int PRIMARY KEY, name text);
     INSERT INTO clients SELECT n, '0' || n || '1' FROM generate_series(1, 3000) n; INSERT INTO items VALUES (1, 'a')`,
  )
  const folder = mkdtempSync(join(inject('runFolder'), 'backups-'))
  const mapping = { to: 'clients', columns: { mobile: `replace(phone, '-', '')` }, without: { fax: 'no longer kept' } }
  stage = createStage({
    ...{ url: live.url, source: source.url, folder, compare: { customers: mapping } },
    others: {
      ours: { url: source.url, folder },
      theirs: { url: source.url, folder, owner: 'somebody' },
      itself: { url: live.url, folder },
    },
  })
})
afterEach(async () => {
  await live.drop()
  await source.drop()
})

test('a database that says the same across its changed schema shows no difference, and tells what was left out', async () => {
  const { view, failure } = await stage.play(compare, { system })
  expect(failure).toBeNull()
  expect(compare.report(view)).toMatchObject({
    summary: 'orders-db shows no difference to its source in 2 tables',
    proven: ['2 tables equal, 3,001 rows compared in all'],
  })
  expect(compare.card(view)).toMatchObject({
    headline: 'compares orders-db with its source',
    lines: expect.arrayContaining(['✓ 2 tables equal, 3,001 rows', '○ public.clients.fax: left out: no longer kept']),
  })
})

test('rows that differ fail the job, and stand on the card and in a file of the worker', async () => {
  await run(
    live,
    `UPDATE clients SET mobile = 'x' WHERE id = 7; DELETE FROM clients WHERE id = 8; INSERT INTO items VALUES (2)`,
  )
  const { view, failure } = await stage.play(compare, { system, with: 'ours' })
  expect(failure).toMatchObject({
    code: 'databases_differ',
    facts: { system, other: 'ours', tables: 2, inserted: 1, deleted: 1, changed: 1 },
  })
  const { lines } = compare.card(view)
  expect(lines).toContainEqual(
    expect.stringMatching(/^❌ public\.clients \(public\.customers\): 1 deleted, 1 changed \(mobile 1\): (7; 8|8; 7)$/),
  )
  expect(lines).toContain('❌ public.items: 1 inserted: 2')
  const [folder] = lines.flatMap((line) => /^Each difference: (\S+) on the worker/.exec(line)?.slice(1) ?? [])
  expect(readFileSync(join(folder ?? '', '0001-public.clients.csv'), 'utf8')).toContain('\nchanged,7,mobile,x,071\n')
  expect(compare.document?.(view)?.text).toContain('public.items: 1 inserted: 2')
})

test('an attempt after a crash goes on behind what was journaled', async () => {
  const { view } = await stage.play(compare, { system })
  const step = view.steps.find(({ name }) => name === 'compare')
  expect(Object.keys(step?.records ?? {})).toEqual(['piece-0001', 'piece-0002'])
  // What was compared is not read again: a row that comes now is not seen.
  await run(live, `INSERT INTO clients VALUES (9000); INSERT INTO items VALUES (9000)`)
  delete ((step?.records ?? {}) as { [name: string]: unknown })['piece-0002']
  const again = await compare.steps[1]?.run(stage.look(compare, view, 'compare') as never)
  expect(again).toMatchObject({ tables: { equal: 1, differ: 1, unread: 0 }, inserted: 1 })
})

test.each([
  ['theirs', 'compare_not_yours'],
  ['itself', 'verify_itself'],
  ['postgres', 'database_not_ours'],
])('nothing of %s is read', async (other, code) => {
  const { failure } = await stage.play(compare, { system, with: other })
  expect(failure).toMatchObject({ code })
})
