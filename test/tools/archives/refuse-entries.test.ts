import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RestorePoint } from '../../../src/domain/content.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { refuseForeignData } from '../../../src/tools/archives/refuse-data.ts'
import { refuseForeignEntries } from '../../../src/tools/archives/refuse-entries.ts'
import { readToc, readWholeToc, type TocEntry } from '../../../src/tools/archives/toc.ts'
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
  ...{ definition: '', drop: '', copy: null, needs: [], data: null },
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
    ['grants a setting of the server', { definition: 'GRANT ALTER SYSTEM ON PARAMETER x TO evil' }],
    ['hides behind a kind that older versions load', { kind: 'SUBSCRIPTION TABLE', definition: 'SELECT evil.f()' }],
    ['puts more between quotes than numbers', { kind: 'BLOB METADATA', definition: `1'); SELECT evil.f(); --\n` }],
    ['no grammar knows, by its words', { definition: 'NONSENSE; DROP   DATABASE shop' }],
  ])('%s', async (_what, more) => {
    expect(await judge(more)).toBe('archive_foreign_entry')
  })
})

describe('data is refused of an entry that', () => {
  const rows = {
    kind: 'TABLE DATA',
    tag: 'orders',
    copy: 'COPY public.orders (id) FROM stdin;\n',
    data: { file: '1.dat' },
  }
  const judgeData = (more: object, ids = [1]) => {
    const entries = ids.map((id) => entry({ id, ...rows, ...more }))
    return refuseForeignData({ entries, end: 0 }, { path: whole, backup: 'd-0130' }).then(
      () => 'taken',
      (thrown: { code: string }) => thrown.code,
    )
  }

  test('is none of pg_dump’s, while its own are taken', async () => {
    expect(await judgeData({})).toBe('taken')
    expect(await judgeData({ copy: 'COPY orders  FROM stdin;\n' })).toBe('taken')
    const root = { copy: 'COPY public.root (id) FROM stdin;\n', definition: '-- load via partition root public.root' }
    expect(await judgeData(root)).toBe('taken')
    const long = '가'.repeat(31)
    expect(await judgeData({ tag: long, copy: `COPY public."${long}" (id) FROM stdin;` })).toBe('taken')
  })

  test.each([
    ['is no table', { kind: 'ACL', copy: null }],
    ['is no table, with a COPY', { kind: 'ACL' }],
    ['is a single large object', { kind: 'BLOB', copy: null }],
    ['is comments of large objects', { kind: 'BLOB COMMENTS', copy: null }],
    ['has blanks for a COPY', { copy: ' \n' }],
    ['has a comment for a COPY', { copy: '-- nothing' }],
    ['has no COPY for a COPY', { copy: 'SELECT 1;' }],
    ['reads a program', { copy: `COPY public.orders FROM PROGRAM 'id';` }],
    ['reads a file', { copy: `COPY public.orders FROM '/etc/passwd';` }],
    ['asks a function for each row', { copy: 'COPY public.orders FROM stdin WHERE evil()' }],
    ['does more than to take rows', { copy: 'COPY public.orders FROM stdin; DROP DATABASE shop;' }],
    ['is another table’s', { copy: 'COPY public.others FROM stdin;' }],
    [
      'is PostgreSQL’s own table’s',
      { schema: 'pg_catalog', tag: 'pg_authid', copy: 'COPY pg_catalog.pg_authid FROM stdin;' },
    ],
    ['has another’s file', { data: { file: '2.dat' } }],
    ['has rows for large objects', { kind: 'BLOBS', copy: null }],
  ])('%s', async (_what, more) => {
    expect(await judgeData(more)).toBe('archive_foreign_entry')
  })

  test('has the number of another', async () => {
    expect(await judgeData({ data: null }, [1, 2, 1])).toBe('archive_foreign_entry')
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

  /** Sets the flag «has data» of an entry's bytes, which stands behind its number, and the name of its file. */
  const poison = (path: string, { tag, kind }: { tag: string; kind: string }) => {
    const toc = join(path, 'toc.dat')
    const bytes = readFileSync(toc)
    const at = bytes.indexOf(Buffer.concat([textOf(tag), textOf(kind)]))
    // Number, flag, and two texts of numbers.
    const flagAt = before(bytes, before(bytes, at)) - 5
    expect(bytes.readInt32LE(flagAt + 1)).toBe(0)
    bytes.writeInt32LE(1, flagAt + 1)
    // The name of its file is the last text, behind the end of what it needs.
    const end = bytes.indexOf(Buffer.from([1, 1, 0, 0, 0, 0, 0, 0, 0, 0]), bytes.indexOf('false', at)) + 5
    writeFileSync(toc, Buffer.concat([bytes.subarray(0, end), textOf('9999.dat'), bytes.subarray(end + 5)]))
    writeFileSync(join(path, '9999.dat'), 'DROP DATABASE live WITH (FORCE);')
  }
  /** Where the text of a number begins that ends here. */
  const before = (bytes: Buffer, end: number) => {
    const length = [1, 2, 3, 4, 5, 6].find((one) => bytes.readInt32LE(end - one - 4) === one) ?? Number.NaN
    return end - length - 5
  }
  const textOf = (text: string) => {
    const head = Buffer.alloc(5)
    head.writeInt32LE(text.length, 1)
    return Buffer.concat([head, Buffer.from(text)])
  }

  test('whose privileges bring data, which pg_restore runs as SQL', async () => {
    const path = copyOf('granting')
    poison(path, { tag: 'TABLE seen', kind: 'ACL' })
    const found = (await readToc(path)).find((one) => one.tag === 'TABLE seen')
    expect(found).toMatchObject({ kind: 'ACL', data: { file: '9999.dat' } })
    const script = execFileSync(join(inject('postgresBin'), 'pg_restore'), ['-f', '-', path]).toString()
    expect(script).toContain('\nDROP DATABASE live WITH (FORCE);')
    expect(await prove(path)).toMatch(/^archive_foreign_entry: data/)
  })

  test('whose rows are SQL, as pg_dump itself writes it when told to', async () => {
    for (const format of ['d', 'c']) {
      const path = join(folder, `inserts-${format}`)
      execFileSync(join(inject('postgresBin'), 'pg_dump'), ['--inserts', `-F${format}`, '-f', path, database.url])
      expect(await prove(path)).toMatch(/^archive_inserts: /)
    }
  })

  test('whose list of large objects reads another file', async () => {
    const path = copyOf('objects')
    writeFileSync(join(path, 'blobs.toc'), '4712 ../whole/toc.dat\n')
    expect(await prove(path)).toMatch(/^archive_foreign_entry: other files/)
  })

  test('whose block of large objects is one of rows, whether its place is written or not', async () => {
    const seekable = join(folder, 'seekable')
    execFileSync(join(inject('postgresBin'), 'pg_dump'), ['-Fc', '-f', seekable, database.url])
    const piped = join(folder, 'piped')
    writeFileSync(piped, execFileSync(join(inject('postgresBin'), 'pg_dump'), ['-Fc', database.url]))
    for (const path of [seekable, piped]) {
      expect(await prove(path)).toBe('proven')
      const { entries, end } = await readWholeToc(path)
      const objects = entries.filter((one) => one.kind === 'BLOBS')
      const bytes = readFileSync(path)
      const head = Buffer.alloc(6)
      head.writeUInt8(3)
      head.writeInt32LE(objects[0]?.id ?? 0, 2)
      const at = bytes.indexOf(head, end)
      expect(at).toBeGreaterThan(0)
      bytes[at] = 1
      writeFileSync(path, bytes)
      const toc = { entries, end }
      await expect(refuseForeignData(toc, { path, backup: 'd-0130' })).rejects.toMatchObject({
        code: 'archive_foreign_entry',
      })
    }
    expect((await readToc(piped)).find((one) => one.kind === 'BLOBS')?.data).toEqual({ at: null })
  })

  test('in which a zero byte cuts a text where only pg_restore sees it', async () => {
    const path = copyOf('zero')
    const toc = join(path, 'toc.dat')
    const bytes = readFileSync(toc)
    bytes[bytes.indexOf('COPY public.orders')] = 0
    writeFileSync(toc, bytes)
    expect(await prove(path)).toMatch(/^archive_corrupt: .*zero byte/)
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
