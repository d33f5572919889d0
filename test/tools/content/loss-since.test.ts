import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LossSince } from '../../../src/ports/database-tools.ts'
import { tellGone } from '../../../src/tools/content/row-difference/gone-since.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { never, run, targetOf } from './rig.ts'

const databases = createDatabaseTools()
/** The database that was restored, and the former one that it took the place of. */
let restored: TestDatabase
let former: TestDatabase

beforeAll(async () => {
  restored = await createDatabase()
  former = await createDatabase()
})
afterAll(async () => {
  await restored.drop()
  await former.drop()
})

function compare(live: TestDatabase, other: TestDatabase, since: LossSince | null) {
  const asked = { known: null, definitions: null, makes: [], sample: 3 }
  return databases.compareLive({
    ...{ target: targetOf(live), live: live.name, other: other.name, ...asked },
    ...{ since, signal: never },
  })
}

/** What a switch leaves to the way back, when it finds the two as they are. */
async function switchNow(): Promise<LossSince> {
  const { held, definitions } = await compare(former, restored, null)
  return { mark: await databases.readWriteMark(targetOf(restored)), held, definitions }
}

const FILLED = `DROP TABLE IF EXISTS pair, bag; CREATE TABLE pair (id int PRIMARY KEY, note text);
  CREATE TABLE bag (note text); INSERT INTO bag SELECT 'n' || n % 5 FROM generate_series(1, 20) n;
  INSERT INTO pair SELECT n, 'n' || n FROM generate_series(1, 20) n`

type Write = { readonly op: 'insert' | 'update' | 'delete'; readonly id: number }
const writes = fc.array(
  fc.record({ op: fc.constantFrom('insert', 'update', 'delete'), id: fc.integer({ min: 1, max: 30 }) }),
  { maxLength: 12 },
)
const sqlOf = (whose: string, all: readonly Write[]) =>
  all
    .map(({ op, id }, n) => {
      if (op === 'insert') return `INSERT INTO pair VALUES (${id}, '${whose}${n}') ON CONFLICT DO NOTHING`
      if (op === 'update') return `UPDATE pair SET note = '${whose}${n}' WHERE id = ${id}`
      return `DELETE FROM pair WHERE id = ${id}`
    })
    .join(';')

async function read(of: TestDatabase): Promise<Map<number, string>> {
  const rows = await runSql<{ id: number; note: string }>(of.url, 'SELECT id, note FROM pair')
  return new Map(rows.map(({ id, note }) => [id, note]))
}

test('what came, changed and went since a switch is told by key, and what the restore brought back is none of it', async () => {
  let exact = 0
  await fc.assert(
    fc.asyncProperty(writes, writes, async (damage, since) => {
      for (const side of [restored, former]) await run(side, FILLED)
      await run(former, sqlOf('damaged', damage))
      const asked = await switchNow()
      const then = await read(restored)
      await run(restored, sqlOf('since', since))
      const { loss } = await compare(restored, former, asked)
      const found = loss.tables.find((one) => one.table === 'public.pair')
      const [now, there] = [await read(restored), await read(former)]
      const touched = [...now].filter(([id, note]) => then.get(id) !== note).map(([id]) => id)
      expect(found?.added ?? 0).toBe(touched.filter((id) => !there.has(id)).length)
      expect(found?.changed ?? 0).toBe(touched.filter((id) => there.has(id)).length)
      const deleted = [...then.keys()].filter((id) => there.has(id) && !now.has(id)).length
      if (found?.atLeast === true) {
        expect(found.gone).toBeLessThanOrEqual(deleted)
        expect(found.mostGone).toBeGreaterThanOrEqual(deleted)
      } else {
        expect(found?.gone ?? 0).toBe(deleted)
        exact += 1
      }
    }),
    { numRuns: 12, seed: 20_261_130 },
  )
  expect(exact).toBeGreaterThan(4)
})

test('rows without a key, of a table that is gone and of one that came since are told too', async () => {
  for (const side of [restored, former]) await run(side, `${FILLED}; CREATE TABLE dropped AS SELECT 1 AS n`)
  await run(
    former,
    `DELETE FROM bag; INSERT INTO bag VALUES ('damaged'); DROP TABLE dropped; CREATE TABLE staged (n int)`,
  )
  await run(former, 'INSERT INTO staged VALUES (1)')
  const asked = await switchNow()
  expect((await compare(restored, former, asked)).loss.tables).toEqual([])
  await run(
    restored,
    `INSERT INTO bag VALUES ('since'); INSERT INTO dropped VALUES (2); CREATE TABLE fresh AS SELECT 1 AS n`,
  )
  await run(restored, `DROP TABLE pair`)
  const { loss } = await compare(restored, former, asked)
  expect(loss.tables.map(({ table, added, changed, gone, atLeast }) => [table, added, changed, gone, atLeast])).toEqual(
    [
      ['public.bag', 1, 0, 0, false],
      ['public.dropped', 1, 0, 0, false],
      ['public.fresh', 1, 0, 0, false],
      ['public.pair', 0, 0, 20, false],
    ],
  )
  await run(restored, 'DROP TABLE dropped, fresh')
  await run(former, 'DROP TABLE staged')
})

const BUILT = `DROP TABLE IF EXISTS built CASCADE; DROP FUNCTION IF EXISTS one();
  CREATE TABLE built (id int PRIMARY KEY, kind varchar(9) DEFAULT 'new', CONSTRAINT sound CHECK (id > 0));
  CREATE INDEX built_kind ON built (kind); CREATE VIEW few AS SELECT id FROM built WHERE id < 9;
  CREATE POLICY mine ON built USING (kind = 'new'); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE RULE quiet AS ON DELETE TO built DO INSTEAD NOTHING`

test('of definitions what was changed since is told, and what the restore brought back is none of it', async () => {
  for (const side of [restored, former]) await run(side, BUILT)
  await run(
    former,
    `CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2'; DROP INDEX built_kind;
     ALTER TABLE built DROP CONSTRAINT sound, ADD CONSTRAINT sound CHECK (id > 1); CREATE VIEW staged AS SELECT 1 AS n`,
  )
  await run(restored, 'CREATE TABLE brought (n int)')
  const asked = await switchNow()
  const told = async (since: LossSince) =>
    Object.fromEntries(
      (await compare(restored, former, since)).loss.objects?.map((one) => [one.name, [one.verdict, ...one.facets]]) ??
        [],
    )
  expect(await told(asked)).toEqual({})
  await run(
    restored,
    `CREATE OR REPLACE VIEW few AS SELECT id FROM built WHERE id < 5; ALTER TABLE built ALTER kind SET DEFAULT 'held';
     ALTER POLICY mine ON built USING (kind = 'held'); ALTER TABLE brought ADD COLUMN more int;
     ALTER TABLE built DROP CONSTRAINT sound, ADD CONSTRAINT sound CHECK (id > 2);
     DROP INDEX built_kind; CREATE INDEX built_kind ON built (id);
     DROP RULE quiet ON built; CREATE RULE quiet AS ON UPDATE TO built DO INSTEAD NOTHING`,
  )
  const since = await told(asked)
  expect(since).toEqual({
    'column public.built.kind': ['changed', 'default'],
    'constraint public.built.sound': ['changed', 'definition'],
    'index public.built.built_kind': ['changed'],
    'policy public.built.mine': ['changed', 'using'],
    'rule public.built.quiet': ['changed', 'definition'],
    'table public.brought': ['changed'],
    'view public.few': ['changed', 'definition'],
  })
  // A switch that left no record: what only prints in another way is unknown, and never nothing.
  const unknown = await told({ ...asked, definitions: null })
  for (const name of ['column public.built.kind', 'policy public.built.mine', 'view public.few'])
    expect(unknown[name]?.[0]).toBe('unsure')
  await run(former, 'DROP VIEW staged')
})

test('where nobody knows what live held, deleted rows are a lower bound, never nothing', () => {
  const now = { rows: 9, since: 0, added: 0, gone: 1 }
  expect(tellGone(now, undefined)).toEqual({ gone: 0, atLeast: true, mostGone: 1 })
  expect(tellGone({ ...now, gone: 0 }, undefined)).toEqual({ gone: 0, atLeast: false })
  expect(tellGone(now, { rows: 10, lacking: 0 })).toEqual({ gone: 1, atLeast: false })
  // One of two that live never had was written since, so a deletion may hide behind it.
  expect(tellGone({ rows: 10, since: 1, added: 0, gone: 2 }, { rows: 10, lacking: 2 })).toEqual({
    gone: 0,
    atLeast: true,
    mostGone: 1,
  })
})
