import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RestorePoint } from '../../../src/domain/content.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { refuseForeignEntries } from '../../../src/tools/archives/refuse-entries.ts'
import { readToc, type TocEntry } from '../../../src/tools/archives/toc.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'

const tools = createArchiveTools({ run: createToolRunner() })
const signal = new AbortController().signal
let database: TestDatabase
let folder: string
let whole: string

beforeAll(async () => {
  database = await createDatabase({ prefix: 'entries' })
  await runSql(
    database.url,
    `CREATE SEQUENCE numbers; SELECT setval('numbers', 7); CREATE TYPE state AS ENUM ('new', 'paid');
     CREATE TABLE orders (id int PRIMARY KEY, state state DEFAULT 'new', at timestamptz DEFAULT now());
     COMMENT ON TABLE orders IS '${'a long comment '.repeat(8)}'; INSERT INTO orders VALUES (1), (2);
     CREATE FUNCTION drop_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE orders; /* DROP DATABASE x */ END $$;
     CREATE PROCEDURE tidy() LANGUAGE sql AS 'DELETE FROM orders'; CREATE RULE quiet AS ON DELETE TO orders DO INSTEAD NOTHING;
     CREATE VIEW seen AS SELECT id FROM orders; GRANT SELECT ON seen TO PUBLIC; CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a;
     ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON orders USING (id > 0); SELECT lo_create(4712)`,
  )
  folder = mkdtempSync(join(inject('runFolder'), 'entries-'))
  whole = join(folder, 'whole')
  execFileSync(join(inject('postgresBin'), 'pg_dump'), ['-Fd', '-f', whole, database.url])
})
afterAll(() => database.drop())

const entry = (more: Partial<TocEntry>): TocEntry => ({
  ...{ id: 1, kind: 'COMMENT', tag: 'TABLE orders', schema: 'public', owner: 'app', tablespace: null },
  ...{ definition: '', drop: '', copy: null, needs: [] },
  ...more,
})
const judge = (more: Partial<TocEntry>) =>
  refuseForeignEntries([entry(more)], 'd-0130').then(
    () => 'taken',
    (thrown: { code: string }) => thrown.code,
  )

test('every entry that pg_dump writes is taken', async () => {
  const entries = await readToc(whole)
  expect(entries.length).toBeGreaterThan(15)
  await refuseForeignEntries(entries, 'd-0130')
})

test('so is every entry of a table of contents that PostgreSQL 17 wrote', async () => {
  const newer = join(folder, 'newer')
  mkdirSync(newer)
  copyFileSync(join(import.meta.dirname, '../../support/fixtures/archives/toc-1.16.dat'), join(newer, 'toc.dat'))
  const entries = await readToc(newer)
  expect(entries.length).toBeGreaterThan(3)
  await refuseForeignEntries(entries, 'd-0130')
})

describe('an entry is refused that', () => {
  test.each([
    ['drops a database', { definition: 'DROP DATABASE shop WITH (FORCE);' }],
    ['does so beside its own', { definition: `COMMENT ON TABLE orders IS 'x'; DROP DATABASE shop` }],
    ['renames one', { definition: 'ALTER DATABASE live RENAME TO gone' }],
    ['gives one away', { definition: 'ALTER DATABASE live OWNER TO evil' }],
    ['sets its path', { definition: 'ALTER DATABASE live SET search_path = evil' }],
    ['marks it as a side copy', { definition: `COMMENT ON DATABASE live IS 'salvor:side:restore-1'` }],
    ['grants it', { definition: 'GRANT ALL ON DATABASE live TO evil' }],
    ['makes a role', { definition: 'CREATE ROLE evil SUPERUSER' }],
    ['makes somebody a member', { definition: 'GRANT app TO evil' }],
    ['runs code at once', { definition: 'DO $$ BEGIN PERFORM 1; END $$' }],
    ['calls a function', { definition: 'SELECT evil.f()' }],
    ['calls one where another belongs', { kind: 'SEQUENCE SET', definition: 'SELECT evil.setval(1)' }],
    ['reads a program', { kind: 'TABLE DATA', copy: `COPY public.orders FROM PROGRAM 'id';` }],
    ['reads a file', { kind: 'TABLE DATA', copy: `COPY public.orders FROM '/etc/passwd';` }],
    ['does more than to take rows', { kind: 'TABLE DATA', copy: 'COPY public.orders FROM stdin; DROP DATABASE shop;' }],
    ['no grammar knows, by its words', { definition: 'NONSENSE; DROP   DATABASE shop' }],
  ])('%s', async (_what, more) => {
    expect(await judge(more)).toBe('archive_foreign_entry')
  })
})

describe('an archive is never loaded', () => {
  const copyOf = (name: string) => {
    const path = join(folder, name)
    cpSync(whole, path, { recursive: true })
    return path
  }
  const prove = (path: string) =>
    tools.prove({ point: { id: 'd-0130', path, format: 'directory' } as RestorePoint, signal }).then(
      () => 'proven',
      (thrown: { code: string; facts: { seen: string } }) => `${thrown.code}: ${thrown.facts.seen}`,
    )

  test('as pg_dump wrote it, it is', async () => {
    expect(await prove(whole)).toBe('proven')
  })

  test('whose comment was written over by an order to drop live', async () => {
    const path = copyOf('drops')
    const toc = join(path, 'toc.dat')
    const bytes = readFileSync(toc)
    const at = bytes.indexOf("COMMENT ON TABLE public.orders IS 'a long")
    const length = bytes.indexOf("';", at) + 2 - at
    bytes.write('DROP DATABASE shop WITH (FORCE);'.padEnd(length), at)
    writeFileSync(toc, bytes)
    expect(await prove(path)).toMatch(/^archive_foreign_entry: DropdbStmt/)
  })

  test('whose rows lie in another folder, or behind a link', async () => {
    const elsewhere = copyOf('elsewhere')
    const toc = join(elsewhere, 'toc.dat')
    const text = readFileSync(toc).toString('latin1')
    const name = /\d{4}\.dat/.exec(text)?.[0] ?? ''
    writeFileSync(toc, Buffer.from(text.replace(name, '../x.dat'.slice(0, name.length)), 'latin1'))
    expect(await prove(elsewhere)).toMatch(/^archive_corrupt: /)
    const linked = copyOf('linked')
    rmSync(join(linked, `${name}.gz`), { force: true })
    symlinkSync(join(whole, `${name}.gz`), join(linked, `${name}.gz`))
    expect(await prove(linked)).toMatch(/^archive_corrupt: .*no plain file/)
  })
})
