import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RestorePoint } from '../../../src/domain/content.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { listNeeds } from '../../../src/tools/archives/list-needs.ts'
import { isData, readToc } from '../../../src/tools/archives/toc.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'

const runner = createToolRunner()
const tools = createArchiveTools({ run: runner })
const signal = new AbortController().signal
let database: TestDatabase
let folder: string
let whole: { custom: string; directory: string }

beforeAll(async () => {
  database = await createDatabase({ prefix: 'arch' })
  await runSql(
    database.url,
    `CREATE TABLE orders AS SELECT n AS id, md5(n::text) || md5((n * 7)::text) AS note FROM generate_series(1, 20000) n;
     ALTER TABLE orders ADD PRIMARY KEY (id); CREATE TABLE items AS SELECT n, repeat(md5(n::text), 3) FROM generate_series(1, 5000) n`,
  )
  folder = mkdtempSync(join(tmpdir(), 'salvor-archives-'))
  whole = { custom: join(folder, 'whole.dump'), directory: join(folder, 'whole') }
  await dump('custom', whole.custom)
  await dump('directory', whole.directory)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

async function dump(format: string, file: string): Promise<void> {
  const args = [`--format=${format}`, `--file=${file}`, database.url]
  const { exitCode, stderrTail } = await runner.run({ program: join(inject('postgresBin'), 'pg_dump'), args, signal })
  if (exitCode !== 0) throw new Error(stderrTail)
}

function pointAt(path: string, format: 'custom' | 'directory'): RestorePoint {
  return {
    id: 'd-0130',
    kind: 'pg_dump',
    path,
    format,
    takenAt: '2026-03-01T01:30:00.000Z',
    bytes: 1,
    hasManifest: false,
    archiveHash: null,
    tables: 0,
    rows: null,
    serverVersion: '15',
    source: { database: '', systemIdentifier: null, databaseOid: null },
    problem: null,
    predicted: null,
  }
}

/** A damaged copy of a whole archive in a place of its own. */
function copyOf(format: 'custom' | 'directory', name: string): string {
  const path = join(folder, name)
  if (format === 'custom') copyFileSync(whole.custom, path)
  else cpSync(whole.directory, path, { recursive: true })
  return path
}

async function proof(path: string, format: 'custom' | 'directory' = 'custom'): Promise<string> {
  return tools.prove({ point: pointAt(path, format), signal }).then(
    () => 'readable',
    (thrown: unknown) => (thrown instanceof SalvorError ? thrown.code : String(thrown)),
  )
}

function flip(path: string, at: number, bytes: number): void {
  const data = readFileSync(path)
  for (let i = at; i < at + bytes; i += 1) data[i] = (data[i] ?? 0) ^ 0xff
  writeFileSync(path, data)
}

/** The largest data file of a folder archive. */
function dataFileOf(path: string): string {
  const sized = readdirSync(path).map((name) => ({ name, size: readFileSync(join(path, name)).length }))
  const [largest] = sized.filter((one) => /\.dat\.gz$/.test(one.name)).sort((one, other) => other.size - one.size)
  return join(path, largest?.name ?? '')
}

test('whole archives are read to their end, with roles and a hash', async () => {
  for (const format of ['custom', 'directory'] as const) {
    const found = await tools.prove({ point: pointAt(whole[format], format), signal })
    expect(found.archiveHash).toMatch(/^[0-9a-f]{64}$/)
    expect(found.needs.roles).toContain('postgres')
    expect(found.tocEntries).toBeGreaterThan(4)
  }
})

test('a table of contents that ends anywhere is said to end early, and never read as another', async () => {
  const entries = await readToc(whole.directory)
  const head = readFileSync(join(whole.directory, 'toc.dat'))
  const path = join(folder, 'cut-toc')
  mkdirSync(path)
  for (let length = 60; length < head.length; length += 37) {
    writeFileSync(join(path, 'toc.dat'), head.subarray(0, length))
    await expect(readToc(path)).rejects.toMatchObject({ code: 'archive_truncated' })
  }
  writeFileSync(join(path, 'toc.dat'), head)
  expect(await readToc(path)).toEqual(entries)
  expect((await readToc(whole.custom)).map((one) => one.tag).sort()).toEqual(entries.map((one) => one.tag).sort())
})

test("a table of contents of PostgreSQL 17's pg_dump is read field by field", async () => {
  const path = join(folder, 'seventeen')
  mkdirSync(path)
  copyFileSync(join(import.meta.dirname, '../../support/fixtures/archives/toc-1.16.dat'), join(path, 'toc.dat'))
  const entries = await readToc(path)
  expect(entries).toHaveLength(21)
  const owner = 'case role; Tablespace: x'
  expect(entries.find((one) => one.kind === 'INDEX')).toMatchObject({
    ...{ schema: 'my schema', tag: 'an index', owner, tablespace: 'fast', needs: [215] },
  })
  expect(entries.filter(isData).map((one) => one.tag)).toEqual(['a table', '42', 'LARGE OBJECT 42', '42', 'mv'])
  const { roles } = await listNeeds(entries)
  expect(roles).toEqual(['app', 'auditor', owner, 'postgres', 'reader'])
})

test('the largest tree of partitions is what one statement locks, where there are foreign keys', async () => {
  const base = { owner: 'app', tablespace: null, schema: 'public', definition: '', drop: '', copy: null, data: null }
  const table = (id: number, tag: string) => ({ ...base, id, kind: 'TABLE', tag, needs: [] })
  const attach = (child: number, tag: string, parent: number) => ({
    ...{ ...base, id: child + 100, kind: 'TABLE ATTACH', tag, needs: [child, parent] },
  })
  const trees = [
    ...[table(1, 'root'), table(2, 'a'), table(3, 'b'), table(4, 'c'), table(5, 'other'), table(6, 'd')],
    ...[attach(2, 'a', 1), attach(3, 'b', 1), attach(4, 'c', 3), attach(6, 'd', 5)],
  ]
  const key = { ...base, id: 300, kind: 'FK CONSTRAINT', tag: 'root root_fkey', needs: [1] }
  expect((await listNeeds([...trees, key])).lockedAtOnce).toBe(4)
  expect((await listNeeds(trees)).lockedAtOnce).toBe(0)
})

describe('an -Fc archive is refused when it', () => {
  const size = () => readFileSync(whole.custom).length

  test.each([0.9, 0.5, 0.1])('was cut at %f of its length', async (part) => {
    const path = copyOf('custom', `cut-${part}`)
    truncateSync(path, Math.floor(size() * part))
    expect(await proof(path)).toBe('archive_truncated')
  })

  test('was cut inside its header', async () => {
    const path = copyOf('custom', 'cut-header')
    truncateSync(path, 20)
    expect(await proof(path)).toMatch(/^archive_(truncated|not_one)$/)
  })

  test('has 8 bytes flipped', async () => {
    const path = copyOf('custom', 'flipped')
    flip(path, Math.floor(size() / 2), 8)
    expect(await proof(path)).toBe('archive_corrupt')
  })

  test('was written by a newer pg_dump', async () => {
    const path = copyOf('custom', 'newer')
    const data = readFileSync(path)
    data[6] = 99
    writeFileSync(path, data)
    expect(await proof(path)).toBe('archive_newer')
  })

  test.each([
    ['is plain SQL', '--\n-- PostgreSQL database dump\n--\nSET statement_timeout = 0;\n', 'archive_plain_sql'],
    ['is empty', '', 'archive_not_one'],
    ['is something else', 'PK\u0003\u0004 not an archive at all', 'archive_not_one'],
  ])('%s', async (name, text, code) => {
    const path = join(folder, name.replaceAll(' ', '-'))
    writeFileSync(path, text)
    expect(await proof(path)).toBe(code)
  })
})

describe('an -Fd archive is refused when', () => {
  test('a data file is missing', async () => {
    const path = copyOf('directory', 'missing')
    rmSync(dataFileOf(path))
    expect(await proof(path, 'directory')).toBe('archive_corrupt')
  })

  test('a data file was cut', async () => {
    const path = copyOf('directory', 'cut-data')
    const file = dataFileOf(path)
    truncateSync(file, Math.floor(readFileSync(file).length / 2))
    expect(await proof(path, 'directory')).toMatch(/^archive_(truncated|corrupt)$/)
  })

  test('a data file has 8 bytes flipped', async () => {
    const path = copyOf('directory', 'flipped-data')
    const file = dataFileOf(path)
    flip(file, Math.floor(readFileSync(file).length / 2), 8)
    expect(await proof(path, 'directory')).toBe('archive_corrupt')
  })

  test('its table of contents was cut or is missing', async () => {
    const cut = copyOf('directory', 'cut-toc')
    truncateSync(join(cut, 'toc.dat'), 300)
    expect(await proof(cut, 'directory')).toBe('archive_truncated')
    const none = copyOf('directory', 'no-toc')
    rmSync(join(none, 'toc.dat'))
    expect(await proof(none, 'directory')).toBe('archive_truncated')
  })
})

test('a list tells what is wrong with each archive, and never throws', async () => {
  const list = await tools.list(folder)
  const problemOf = (name: string) => list.find((one) => one.path === join(folder, name))?.problem?.code ?? null
  expect(problemOf('whole.dump')).toBeNull()
  expect(problemOf('whole')).toBeNull()
  expect(problemOf('newer')).toBe('archive_newer')
  expect(problemOf('is-plain-SQL')).toBe('archive_plain_sql')
  expect(problemOf('is-empty')).toBe('archive_not_one')
  expect(problemOf('no-toc')).toBe('archive_truncated')
  expect(new Set(list.map((one) => one.id)).size).toBe(list.length)
  expect(list.find((one) => one.path === whole.custom)).toMatchObject({ tables: 2, format: 'custom' })
  const age = Date.now() - Date.parse(list.find((one) => one.path === whole.custom)?.takenAt ?? '')
  expect(age).toBeGreaterThan(-2000)
  expect(age).toBeLessThan(600_000)
  expect(await tools.list(join(folder, 'nowhere'))).toEqual([])
})
