import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KnownLoss, LossQuestion } from '../../../src/ports/database-tools.ts'
import { endSessionsIn } from '../../../src/tools/databases/end-sessions.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { type LookedAhead, lookAhead } from '../../../src/tools/databases/look-ahead.ts'
import { openSession } from '../../../src/tools/postgres-session.ts'
import { adminUrl, createDatabase, type TestDatabase, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { never, run, targetOf } from './rig.ts'

const databases = createDatabaseTools()
const question: LossQuestion = {
  known: null,
  definitions: null,
  makes: [],
  sample: 3,
  since: null,
}
let live: TestDatabase
let other: TestDatabase
let home: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'salvor-moved-'))
  live = await createDatabase()
  other = await createDatabase()
})
afterAll(async () => {
  await live.drop()
  await other.drop()
  rmSync(home, { recursive: true })
})

const SPAN = `interval '1 day'`
const FILLED = `DROP TABLE IF EXISTS child, pair, bag; DROP TYPE IF EXISTS mood;
  CREATE TYPE mood AS ENUM ('glad', 'sad');
  CREATE TABLE pair (id int, part numeric, note text, span interval, PRIMARY KEY (id, part));
  CREATE TABLE child (id int PRIMARY KEY, of_id int, part numeric, how mood, FOREIGN KEY (of_id, part) REFERENCES pair);
  CREATE TABLE bag (note text);
  INSERT INTO pair SELECT n, n % 3, 'n' || n, n * ${SPAN} FROM generate_series(1, 40) n;
  INSERT INTO child SELECT n, n, n % 3, 'glad' FROM generate_series(31, 40) n;
  INSERT INTO bag SELECT 'n' || n % 5 FROM generate_series(1, 20) n`

type Op = 'insert' | 'update' | 'delete' | 'move' | 'lock' | 'refer' | 'undone'
interface Write {
  readonly op: Op
  readonly id: number
  readonly value: string | null
}
const write: fc.Arbitrary<Write> = fc.record({
  op: fc.constantFrom<Op>('insert', 'update', 'delete', 'move', 'lock', 'refer', 'undone'),
  id: fc.integer({ min: 1, max: 60 }),
  value: fc.option(fc.constantFrom('', 'a', "o'x\n", '\\', '; UPDATE')),
})
/** What is done to a table as a whole: each leaves the rows as they are, or none of them. */
const upheaval = fc.constantFrom(
  ...['', '', '', 'VACUUM pair', 'VACUUM FREEZE pair, child', 'VACUUM FULL pair', 'TRUNCATE bag'],
  ...[
    `ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'`,
    'ALTER TABLE pair ADD more int DEFAULT 5',
    'CLUSTER pair USING pair_pkey',
  ],
)

function sqlOf({ op, id, value }: Write): string {
  const key = `id = ${id} AND part = ${id % 3}`
  const note = value === null ? 'NULL' : pg.escapeLiteral(value)
  const change = `UPDATE pair SET note = ${note} WHERE ${key}; UPDATE bag SET note = ${note} WHERE note = 'n${id % 5}'`
  switch (op) {
    case 'insert':
      return `INSERT INTO pair VALUES (${id}, ${id % 3}, ${note}, ${id} * ${SPAN}) ON CONFLICT DO NOTHING; INSERT INTO bag VALUES (${note})`
    case 'update':
      return change
    case 'delete':
      return `DELETE FROM child WHERE of_id = ${id}; DELETE FROM pair WHERE ${key}; DELETE FROM bag WHERE note = 'n${id % 7}'`
    case 'move':
      return `UPDATE pair SET id = id + 100 WHERE ${key} AND id < 31 AND NOT EXISTS (SELECT FROM pair WHERE id = ${id} + 100)`
    case 'lock':
      return `SELECT FROM pair WHERE ${key} FOR KEY SHARE; SELECT FROM pair WHERE id < 9 FOR UPDATE`
    case 'refer':
      return `INSERT INTO child SELECT ${id} + 100, id, part, 'sad' FROM pair WHERE ${key} ON CONFLICT DO NOTHING`
    case 'undone':
      return `SAVEPOINT one; ${change}; ROLLBACK TO one; SAVEPOINT two; ${change}; RELEASE two`
  }
}
const leavesKeys = ({ op }: Write) => ['insert', 'update', 'refer', 'undone'].includes(op)
const together = (writes: readonly Write[]) => `BEGIN; ${writes.map(sqlOf).join(';')}; COMMIT`

async function withLook<T>(
  of: { readonly known?: KnownLoss; readonly folder: string },
  work: (look: LookedAhead & { waitAlone(): Promise<void> }) => Promise<T>,
): Promise<T> {
  const target = { ...targetOf(live), adminUrl: adminUrl() }
  const open = (database: TestDatabase) =>
    openSession({ system: target.system, url: database.url, session: target.session })
  const [earlier, later, side] = [await open(live), await open(live), await open(other)]
  try {
    const sessions = { target, earlier, later, other: side, signal: never, redact: (text: string) => text }
    const asked = { question: { ...question, known: of.known ?? null }, lostRows: of.folder }
    await using look = await lookAhead(sessions, asked)
    // As behind the closed door: a session counts what it wrote for all to see at the latest when it ends.
    const waitAlone = async () => {
      const own: number[] = []
      for (const session of [earlier, later, side])
        own.push((await session.query('SELECT pg_backend_pid() AS pid')).rows[0].pid)
      await withClient(adminUrl(), async (admin) => {
        const { rows } = await admin.query('SELECT oid::int8::float8 AS oid FROM pg_database WHERE datname = $1', [
          live.name,
        ])
        const { remaining } = await endSessionsIn(admin, { oids: [rows[0].oid], spare: own, timeoutMs: 60_000 })
        expect(remaining).toEqual([])
      })
    }
    return await work(Object.assign(look, { waitAlone }))
  } finally {
    for (const session of [earlier, later, side]) await session.end()
  }
}

/** Statements by file, in no order; what was blanked out is no statement. */
function readFiles(folder: string): { [file: string]: string[] } {
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const statements = text.slice(text.indexOf('\nSET ')).split(/;\s*\n\s*(?=INSERT|UPDATE|$)/)
      return [name.replace(/^\d+-/, ''), statements.map((one) => one.trim()).sort()]
    }),
  )
}

const compare = (known: KnownLoss | null = null) => {
  const of = { target: targetOf(live), live: live.name, other: other.name, signal: never }
  return databases.compareLive({ ...question, ...of, known })
}
const withoutKeys = ({ loss, held, counts }: KnownLoss) => ({
  held,
  counts,
  loss: { ...loss, tables: loss.tables.map((one) => ({ ...one, keys: [] })) },
})

test('what moved since a look is found as a whole comparison finds it, and so are the files of lost rows', async () => {
  let changed = 0
  const writes = fc.array(write, { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(
      fc.record({ ours: writes, theirs: writes, open: writes, late: writes, upheaval, commits: fc.boolean() }),
      async ({ ours, theirs, open, late, upheaval: whole, commits }) => {
        for (const side of [live, other]) await run(side, FILLED)
        await run(live, together(ours))
        await run(other, together(theirs))
        const folder = mkdtempSync(join(home, 'look-'))
        await withClient(live.url, async (busy) => {
          await withClient(live.url, async (locker) => {
            // A transaction that is open at the look, with a subtransaction, and one that holds locks beside it.
            await locker.query('BEGIN; SELECT FROM pair WHERE id % 2 = 0 FOR KEY SHARE')
            await busy.query(
              `BEGIN; SAVEPOINT under; UPDATE pair SET note = 'open' WHERE id BETWEEN 10 AND 14; RELEASE under`,
            )
            await withLook({ known: await compare(), folder }, async (look) => {
              // Beside a lock on the key, a change of something else makes one multixact of both.
              await busy.query(open.filter(leavesKeys).map(sqlOf).join(';'))
              await locker.query('ROLLBACK')
              const rest = open.filter((one) => !leavesKeys(one)).map(sqlOf)
              await busy.query(`${rest.join(';')}; ${commits ? 'COMMIT' : 'ROLLBACK'}`)
              await run(live, together(late))
              if (whole !== '') await run(live, whole)
              for (const session of [busy, locker]) await session.end()
              await look.waitAlone()
              const found = await look.again()
              const fresh = await compare()
              expect(withoutKeys(found)).toEqual(withoutKeys(fresh))
              const again = mkdtempSync(join(home, 'again-'))
              await withLook({ known: fresh, folder: again }, async () => {})
              expect(readFiles(folder)).toEqual(readFiles(again))
              if (JSON.stringify(found.counts) !== JSON.stringify(look.found.counts)) changed += 1
            })
          })
        })
      },
    ),
    { numRuns: 8, seed: 20_261_130, endOnFailure: true },
  )
  expect(changed).toBeGreaterThan(3)
})

test('of a table that was written only what moved is read', async () => {
  for (const side of [live, other]) await run(side, FILLED)
  await run(live, `UPDATE pair SET note = 'before' WHERE id < 4`)
  const folder = mkdtempSync(join(home, 'look-'))
  await withLook({ known: await compare(), folder }, async (look) => {
    // Said to be known and wrong: only who reads the whole table finds out.
    const counts = look.found.counts['public.pair'] as { changed: number }
    expect(counts.changed).toBe(3)
    counts.changed = 1003
    await run(
      live,
      `UPDATE pair SET note = 'n1' WHERE id = 1; DELETE FROM pair WHERE id = 2; UPDATE pair SET note = 'x' WHERE id = 9`,
    )
    await look.waitAlone()
    const found = await look.again()
    expect(found.counts['public.pair']).toMatchObject({ added: 0, changed: 1002, gone: 1 })
    expect(readFiles(folder)['public.pair-changed.sql']?.filter((one) => one.startsWith('UPDATE'))).toEqual([
      expect.stringContaining(`'before'`),
      expect.stringContaining(`'x'`),
    ])
  })
})

test('rows that came between two looks and were counted late are found behind the closed door', async () => {
  for (const side of [live, other]) await run(side, FILLED)
  const known = await compare()
  await withClient(live.url, async (late) => {
    late.on('error', () => {})
    // Committed and seen by all, while the session has not told the server's counters: they still say that nobody wrote.
    const working = late
      .query(`DO $$ BEGIN INSERT INTO pair VALUES (77, 2, 'late'); COMMIT; PERFORM pg_sleep(600); END $$`)
      .catch(() => {})
    const isThere = () => withClient(live.url, (client) => client.query('SELECT FROM pair WHERE id = 77'))
    await until('the row', async () => (await isThere()).rowCount === 1)
    await withLook({ known, folder: mkdtempSync(join(home, 'look-')) }, async (look) => {
      expect(look.found.counts['public.pair']).toMatchObject({ added: 0 })
      await look.waitAlone()
      await working
      const found = await look.again()
      expect(found.counts['public.pair']).toMatchObject({ added: 1 })
      expect(withoutKeys(found)).toEqual(withoutKeys(await compare()))
    })
  })
})

test('files of a table that has no lost rows any more, or is gone, are taken away', async () => {
  const mine = ['emptied', 'gone', 'cleared', 'kept'].map((name) => `public.${name}-new.sql`)
  for (const side of [live, other]) await run(side, `${FILLED}; CREATE TABLE cleared (id int PRIMARY KEY)`)
  await run(
    live,
    `CREATE TABLE emptied AS SELECT 1 AS n; CREATE TABLE gone AS SELECT 1 AS n; CREATE TABLE kept AS SELECT 1 AS n;
     INSERT INTO cleared VALUES (1)`,
  )
  const folder = mkdtempSync(join(home, 'look-'))
  await withLook({ known: await compare(), folder }, async (look) => {
    expect(Object.keys(readFiles(folder)).sort()).toEqual(mine.toSorted())
    await run(live, 'DELETE FROM emptied; DROP TABLE gone; INSERT INTO kept VALUES (2)')
    // Another file: it is read as a whole.
    await run(live, 'TRUNCATE cleared')
    await look.waitAlone()
    const found = await look.again()
    expect(withoutKeys(found)).toEqual(withoutKeys(await compare()))
    expect(Object.keys(readFiles(folder))).toEqual(['public.kept-new.sql'])
    expect(readFiles(folder)['public.kept-new.sql']?.filter((one) => one.startsWith('INSERT'))).toHaveLength(2)
  })
  await run(live, 'DROP TABLE emptied, kept')
  for (const side of [live, other]) await run(side, 'DROP TABLE cleared')
})

test('tables that came since have files of their own, however alike their names are', async () => {
  for (const side of [live, other]) await run(side, FILLED)
  const known = await compare()
  await run(live, `CREATE TABLE "größe" AS SELECT 'one' AS note; CREATE TABLE "grüße" AS SELECT 'two' AS note`)
  const folder = mkdtempSync(join(home, 'look-'))
  await withLook({ known, folder }, async () => {
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    for (const note of ['one', 'two']) expect(texts.filter((text) => text.includes(`'${note}'`))).toHaveLength(1)
  })
  await run(live, 'DROP TABLE "größe", "grüße"')
})
