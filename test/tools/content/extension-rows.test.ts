import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { listNotInBackup } from '../../../src/domain/not-in-backup.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { compare, content, measure, named, never, run, targetOf } from './rig.ts'

/**
 * An extension of which a dump carries rows: all of `jobs`, and of `systems` those that people number from 1000 on. As
 * pg_extension_config_dump writes it into the catalogue, which only a script of an extension may call.
 */
const EXTENSION = `
CREATE EXTENSION citext;
CREATE TABLE jobs (id int PRIMARY KEY, mark text);
CREATE TABLE systems (id int PRIMARY KEY, length int);
INSERT INTO systems VALUES (1, 10), (2, 20);
ALTER EXTENSION citext ADD TABLE jobs;
ALTER EXTENSION citext ADD TABLE systems;
UPDATE pg_extension SET extconfig = ARRAY['jobs'::regclass::oid, 'systems'::regclass::oid],
       extcondition = ARRAY['', E'WHERE id >= 1000 -- of people\\n'] WHERE extname = 'citext';`

const ROWS = `INSERT INTO jobs VALUES (1, 'a'), (2, 'b'); INSERT INTO systems VALUES (1000, 1), (1001, 2)`

let live: TestDatabase
let copy: TestDatabase
beforeEach(async () => {
  ;[live, copy] = await Promise.all([createDatabase(), createDatabase()])
  await run(live, `${EXTENSION} ${ROWS}`)
  // What CREATE EXTENSION makes of such an extension in a database that an archive is loaded into.
  await run(copy, EXTENSION)
})
afterEach(() => Promise.all([live.drop(), copy.drop()]))

/** Through a real dump, with the table of the extension there as it brings it. */
async function restore(): Promise<void> {
  const archive = join(inject('runFolder'), `${copy.name}.dump`)
  for (const [program, args] of [
    ['pg_dump', ['-Fc', '-f', archive, '-d', live.url]],
    ['pg_restore', ['--exit-on-error', '-d', copy.url, archive]],
  ] as const) {
    const result = await createToolRunner().run({ program: join(inject('postgresBin'), program), args, signal: never })
    if (result.exitCode !== 0) throw new Error(`${program}: ${result.stderrTail}`)
  }
}

/** The manifest with what the extension brought, as a rehearsal sees it before any row is loaded. */
async function measureRehearsed() {
  const seen = await content.readSchema({ target: targetOf(copy), database: copy.name, signal: never })
  const { definitions: _definitions, ...rehearsal } = seen
  const manifest = await measure(live)
  return { ...manifest, rehearsal: { ...rehearsal, at: manifest.takenAt, definitions: { changed: [], gone: [] } } }
}

test('rows that an extension has dumped are measured, and proven in a copy', async () => {
  const manifest = await measureRehearsed()
  expect(manifest.tables.map(({ name, rows }) => [name, rows])).toEqual([
    ['public.jobs', 2],
    ['public.systems', 2],
  ])
  expect(listNotInBackup(manifest)).toEqual([])
  await restore()
  const proof = await compare(copy, manifest, { kinship: 'restored' })
  expect(proof).toMatchObject({ differing: [], unproven: [], tables: { proven: 2, total: 2 } })
  expect(proof.rowsByTable).toEqual({ 'public.jobs': 2, 'public.systems': 2 })
})

test.each([
  ['DELETE FROM jobs', 'public.jobs', { code: 'rows_fewer', facts: { count: 2 } }],
  ['DELETE FROM systems WHERE id = 1001', 'public.systems', { code: 'rows_fewer', facts: { count: 1 } }],
  ['UPDATE systems SET length = 9 WHERE id = 1000', 'public.systems', { code: 'rows_other', facts: {} }],
  ['UPDATE systems SET length = 9 WHERE id = 1', 'rows of public.systems', { code: 'rows_other', facts: {} }],
  ['DELETE FROM systems WHERE id = 2', 'rows of public.systems', { code: 'rows_fewer', facts: { count: 1 } }],
])('%s: is no longer green, in live and in a copy', async (damage, name, why) => {
  const manifest = await measureRehearsed()
  await restore()
  for (const [database, kinship] of [
    [live, 'same'],
    [copy, 'restored'],
  ] as const) {
    await run(database, damage)
    const { differing } = await compare(database, manifest, { kinship })
    expect(differing.map((one) => [one.name, one.why])).toEqual([[name, why]])
  }
})

test('rows that differ are named, and writes counted, by the condition', async () => {
  const manifest = await measure(live)
  await restore()
  await run(copy, 'UPDATE systems SET length = 9 WHERE id IN (2, 1001)')
  const sides = { left: { target: targetOf(live) }, right: { target: targetOf(copy) } }
  const narrowed = await content.narrow({ ...sides, tables: ['public.systems'], limit: 10, signal: never })
  expect(narrowed).toEqual([{ table: 'public.systems', keys: ['1001'], why: null }])

  await run(live, 'UPDATE systems SET length = 9 WHERE id IN (2, 1001)')
  await runSql(live.url, 'SELECT pg_stat_reset()')
  const { differing, notComparable, unproven } = await compare(live, manifest, { writtenSince: true })
  const since = { code: 'rows_since', facts: { count: 1 } }
  expect(differing).toEqual([])
  expect(named(notComparable, 'public.systems')?.why).toEqual(since)
  expect(named(unproven, 'rows of public.systems')?.why).toEqual(since)
})

test('rows beside the condition that people changed are in no backup', async () => {
  await run(live, 'UPDATE systems SET length = 9 WHERE id = 1')
  const manifest = await measureRehearsed()
  const facts = { table: 'public.systems', extension: 'citext' }
  expect(listNotInBackup(manifest)).toEqual([{ code: 'extension_rows_other', facts }])
  const { rehearsal: _none, ...unrehearsed } = manifest
  expect(listNotInBackup(unrehearsed)).toEqual([{ code: 'extension_rows_partly', facts }])
  // A baseline was never to be loaded: what it saw is what is compared.
  expect(await compare(live, unrehearsed)).toMatchObject({ differing: [], unproven: [] })
  await restore()
  const proof = await compare(copy, manifest, { kinship: 'restored' })
  expect(proof.differing).toEqual([])
  expect(named(proof.unproven, 'rows of public.systems')?.why?.code).toBe('not_in_backup')
})

test('all rows of such a table are counted as loss', async () => {
  await restore()
  await run(live, 'UPDATE systems SET length = 9 WHERE id IN (2, 1001); INSERT INTO jobs VALUES (3, NULL)')
  const { loss } = await createDatabaseTools().compareLive({
    target: targetOf(live),
    live: live.name,
    other: copy.name,
    known: null,
    definitions: null,
    makes: [],
    sample: 3,
    since: null,
    signal: never,
  })
  const told = loss.tables.filter(({ added, changed }) => added + changed > 0)
  expect(told.map(({ table, added, changed, keys }) => [table, added, changed, keys])).toEqual([
    ['public.jobs', 1, 0, ['3']],
    ['public.systems', 0, 2, ['2', '1001']],
  ])
})
