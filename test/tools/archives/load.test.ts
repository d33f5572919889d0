import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RestorePoint } from '../../../src/domain/content.ts'
import type { Progress } from '../../../src/domain/progress.ts'
import type { ArchiveTools } from '../../../src/ports/archive-tools.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { nameLoadComplaint } from '../../../src/tools/archives/load-complaint.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { sessionsOf } from '../../support/processes.ts'
import { until } from '../../support/until.ts'

const runner = createToolRunner()
const tools = createArchiveTools({ run: runner })
let source: TestDatabase
let point: RestorePoint
let fence = 0

beforeAll(async () => {
  process.env.PATH = `${inject('postgresBin')}:${process.env.PATH}`
  source = await createDatabase({ prefix: 'load' })
  await runSql(
    source.url,
    `CREATE TABLE orders (id int PRIMARY KEY, note text); INSERT INTO orders SELECT n, repeat(md5(n::text), 8) FROM generate_series(1, 60000) n;
     CREATE TABLE items AS SELECT n AS id, n % 60000 + 1 AS order_id FROM generate_series(1, 60000) n;
     ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders`,
  )
  const folder = mkdtempSync(join(inject('runFolder'), 'load-'))
  point = (await tools.dump({ target: target(), folder, jobs: 1, signal: new AbortController().signal })).point
})
afterAll(() => source.drop())

function target() {
  fence += 1
  return {
    system: 'orders-db',
    url: source.url,
    adminUrl: adminUrl(),
    session: { step: `load-${process.pid}/load`, fence },
  }
}

type Proven = Parameters<ArchiveTools['load']>[0]['proven']

async function load(
  into: TestDatabase,
  more: { signal?: AbortSignal; jobs?: number; seen?: Progress[]; proven?: Proven } = {},
) {
  return tools.load({
    point,
    proven: more.proven ?? (await tools.prove({ point, signal: new AbortController().signal })),
    manifest: await tools.readManifest(point),
    target: target(),
    database: into.name,
    owner: 'postgres',
    jobs: more.jobs ?? 2,
    signal: more.signal ?? new AbortController().signal,
    onProgress: (progress) => more.seen?.push(progress),
  })
}

test.each([1, 2])(
  'a load with %i jobs fills the database, tells progress, and shows no password in argv',
  async (jobs) => {
    const into = await createDatabase()
    const seen: Progress[] = []
    const { argv } = await load(into, { jobs, seen })
    expect((await runSql(into.url, 'SELECT count(*)::int AS n FROM items'))[0]).toEqual({ n: 60000 })
    expect(seen.length).toBeGreaterThan(0)
    expect(argv.join(' ')).not.toContain(decodeURIComponent(new URL(adminUrl()).password))
    expect(argv).toContain('--exit-on-error')
    await into.drop()
  },
)

test('a stop ends the tool and its sessions', async () => {
  const into = await createDatabase()
  const stop = new AbortController()
  const pattern = new RegExp(`^salvor:load-${process.pid}/load:`)
  const loading = load(into, { signal: stop.signal })
  const ended = expect(loading).rejects.toThrow('stopped by alice')
  await until('it loads', async () => (await sessionsOf(adminUrl(), pattern)).length > 0)
  stop.abort(new Error('stopped by alice'))
  await ended
  await until('no session is left', async () => (await sessionsOf(adminUrl(), pattern)).length === 0, 5000)
  await into.drop()
})

test('a database that is not empty is refused by the first error', async () => {
  const into = await createDatabase()
  await runSql(into.url, 'CREATE TABLE orders (x int)')
  await expect(load(into)).rejects.toMatchObject({
    code: 'load_failed',
    message: expect.stringContaining('already exists'),
  })
  await into.drop()
})

describe('what pg_restore says becomes a code', () => {
  const entry = {
    id: 7,
    kind: 'TABLE DATA',
    tag: 'a',
    schema: 'public',
    owner: 'app',
    tablespace: null,
    definition: '',
    drop: '',
    copy: null,
  }
  const load = {
    system: 'orders-db',
    backup: 'd-0130',
    role: 'salvor_dba',
    entries: [{ ...entry, needs: [], data: null }],
  }
  const pre = 'pg_restore: error: '
  const at = 'pg_restore: while PROCESSING TOC:\npg_restore: from TOC entry 7; 0 16645 TABLE DATA a app\n'
  test.each([
    [`${pre}could not execute query: ERROR:  could not extend file "base/1/2": No space left on device`, 'target_full'],
    [
      // Two workers that write at once.
      `pg_restore: ${pre}error: while PROCESSING TOC:\ncould not execute query: ERROR:  could not extend file "base/1/2": No space left on device`,
      'target_full',
    ],
    [`${pre}could not execute query: ERROR:  role "app_owner" does not exist`, 'target_role_missing'],
    [`${pre}error returned by PQputCopyData: server closed the connection unexpectedly`, 'target_lost'],
    [`${pre}connection to server at "127.0.0.1", port 1 failed: Connection refused`, 'target_unreachable'],
    [`${pre}connection to server at "h" failed: FATAL:  password authentication failed for user "x"`, 'target_refused'],
    [`${pre}could not execute query: ERROR:  must be member of role "app_owner"`, 'load_rights'],
    [`${pre}could not execute query: ERROR:  permission denied to create extension "x"`, 'load_rights'],
    [
      `${pre}could not read from input file: end of file\n${pre}a worker process died unexpectedly`,
      'archive_truncated',
    ],
    [`${pre}could not uncompress data: incorrect data check`, 'archive_corrupt'],
    [`${at}${pre}COPY failed for table "a": ERROR:  relation "b" does not exist`, 'archive_unloadable'],
    [`${at}${pre}could not execute query: ERROR:  out of shared memory`, 'load_locks_full'],
    [
      `${pre}could not execute query: ERROR:  could not create unique index "customers_email_key"\nDETAIL:  Key (email)=(u1@ex.org) is duplicated.`,
      'load_failed',
    ],
    [
      `${pre}COPY failed for table "orders": ERROR:  value for domain positive violates check constraint\nCONTEXT:  COPY orders, line 4, column total: "-3"`,
      'load_failed',
    ],
  ])('%s', (said, code) => {
    const error = nameLoadComplaint(said, load)
    expect(error.code).toBe(code)
    expect(error.message).not.toMatch(/PROCESSING TOC/)
    // Rows are secret: neither the sentence nor the excerpt repeats them.
    expect(`${error.message} ${error.hint} ${error.excerpt ?? ''}`).not.toMatch(/u1@ex\.org|"-3"/)
  })

  test('with object and statement, where the cause is in the archive', () => {
    const said = `${at}${pre}could not execute query: ERROR:  function f(text) does not exist\nCommand was: CREATE INDEX i ON a (f(x));\n\n`
    const facts = { object: 'table data public.a', statement: 'CREATE INDEX i ON a (f(x));', backup: 'd-0130' }
    expect(nameLoadComplaint(said, load)).toMatchObject({ code: 'archive_unloadable', facts })
  })
})
