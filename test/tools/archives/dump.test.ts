import { mkdtempSync } from 'node:fs'
import { appendFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { TableProgress, TargetAddress } from '../../../src/ports/content-tools.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { dumpDatabase } from '../../../src/tools/archives/dump.ts'
import { hashArchiveFiles, readArchiveManifest } from '../../../src/tools/archives/manifest.ts'
import { createPostgresPrograms } from '../../../src/tools/archives/postgres-programs.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { compare, measure, never, run } from '../content/rig.ts'

const runner = createToolRunner()
const deps = {
  runner,
  log: silentLog,
  programs: createPostgresPrograms(runner),
  pgDump: join(inject('postgresBin'), 'pg_dump'),
}

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await run(
    database,
    `CREATE TABLE orders (id serial PRIMARY KEY, note text); CREATE TABLE lines (order_id int, at timestamptz DEFAULT now());
     INSERT INTO orders (note) SELECT md5(i::text) FROM generate_series(1, 5000) i;
     INSERT INTO lines SELECT i FROM generate_series(1, 3000) i`,
  )
})
afterAll(() => database.drop())

function target(step: string, of: { url: string } = database): TargetAddress {
  return { system: 'orders-db', url: of.url, adminUrl: adminUrl(), session: { step, fence: 1 } }
}

function newFolder(): string {
  return mkdtempSync(join(inject('runFolder'), 'backups-'))
}

function dump(folder: string, more: Partial<Parameters<typeof dumpDatabase>[1]> = {}) {
  return dumpDatabase(deps, { target: target('backup-1/dump'), folder, jobs: 2, signal: never, ...more })
}

describe('a dump', () => {
  test('holds exactly what its manifest says, while others go on writing', async () => {
    const folder = newFolder()
    const stop = new AbortController()
    const writing = (async () => {
      while (!stop.signal.aborted) await runSql(database.url, `INSERT INTO orders (note) VALUES ('meanwhile')`)
    })()
    const { point, manifest } = await dump(folder)
    stop.abort()
    await writing
    expect(await readdir(folder)).toEqual([expect.stringMatching(/Z$/), expect.stringMatching(/Z\.manifest\.json$/)])
    expect(await readArchiveManifest(point.path)).toEqual(manifest)
    expect((await hashArchiveFiles(point.path, { signal: never })).sha256).toBe(manifest.archive.sha256)
    const copy = await restore(point.path)
    const verification = await compare(copy, manifest)
    expect(verification).toMatchObject({ differing: [], unproven: [], tables: { proven: 2, total: 2 } })
    await copy.drop()
  })

  test('knows the COPY bytes of each table from its own files, as counting them would', async () => {
    const { manifest } = await dump(newFolder(), { target: target('backup-5/dump') })
    const counted = await measure(database, { withCopyBytes: true })
    const bytes = (of: ContentManifest) => of.tables.map((table) => [table.name, table.copyBytes])
    expect(bytes(manifest)).toEqual(bytes(counted))
    expect(manifest.tables[0]?.copyBytes).toBeGreaterThan(0)
  })

  test('tells its progress by bytes of tables, up to the end', async () => {
    const told: TableProgress[] = []
    await dump(newFolder(), { onProgress: (progress) => told.push(progress) })
    const last = told.at(-1)
    expect(last?.tablesTotal).toBe(2)
    expect(last?.bytesTotal).toBeGreaterThan(100_000)
    const done = told.map((each) => each.bytesDone)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
  })

  test('leaves neither files nor sessions when it is stopped', async () => {
    const folder = newFolder()
    const big = await createDatabase()
    await run(big, `CREATE TABLE big AS SELECT i, repeat(md5(i::text), 20) AS t FROM generate_series(1, 60000) i`)
    const stop = new AbortController()
    const running = dump(folder, { target: target('backup-2/dump', big), signal: stop.signal })
    const sessions = () =>
      runSql(adminUrl(), `SELECT 1 FROM pg_stat_activity WHERE application_name = 'salvor:backup-2/dump:1'`)
    await until('pg_dump is at work', async () => (await sessions()).length >= 3)
    stop.abort(new Error('stopped by alice'))
    await expect(running).rejects.toThrow('stopped by alice')
    expect(await readdir(folder)).toEqual([])
    await until('its sessions are gone', async () => (await sessions()).length === 0)
    await big.drop()
  })

  test('of a table that it may not read says so and leaves nothing', async () => {
    const folder = newFolder()
    const role = `reader_${process.pid}`
    await runSql(adminUrl(), `CREATE ROLE ${role} LOGIN PASSWORD 'a-password'`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'a-password'
    // Where neither login of the plan may read it.
    const admin = Object.assign(new URL(url), { pathname: '/postgres' }).href
    const limited = { ...target('backup-3/dump', { url: url.href }), adminUrl: admin }
    const failure = await dump(folder, { target: limited }).catch((e: unknown) => e)
    await runSql(adminUrl(), `DROP ROLE ${role}`)
    expect(failure).toBeInstanceOf(SalvorError)
    expect(['dump_failed', 'target_rights']).toContain((failure as SalvorError).code)
    expect(JSON.stringify(failure)).not.toContain('a-password')
    expect(await readdir(folder)).toEqual([])
  })

  test('by a pg_dump that dies names what it said', async () => {
    const folder = newFolder()
    const broken = join(newFolder(), 'pg_dump')
    await writeFile(broken, '#!/bin/sh\necho "pg_dump: error: no space left on device" >&2\nexit 1\n', { mode: 0o755 })
    const of = { target: target('backup-4/dump'), folder, jobs: 2, signal: never }
    const failure = await dumpDatabase({ ...deps, pgDump: broken }, of).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'dump_failed', message: 'pg_dump stopped: no space left on device.' })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a manifest', () => {
  test('is null for an archive without one, and an error where it cannot be read', async () => {
    const folder = newFolder()
    expect(await readArchiveManifest(join(folder, 'a.dump'))).toBeNull()
    await writeFile(join(folder, 'a.dump.manifest.json'), '{"version": 1}')
    await expect(readArchiveManifest(join(folder, 'a.dump'))).rejects.toMatchObject({
      code: 'archive_corrupt',
    })
  })

  test('has another archive hash as soon as one byte is added', async () => {
    const file = join(newFolder(), 'a.dump')
    await writeFile(file, 'one')
    const before = await hashArchiveFiles(file, { signal: never })
    await appendFile(file, '!')
    expect((await hashArchiveFiles(file, { signal: never })).sha256).not.toBe(before.sha256)
  })
})

async function restore(archive: string): Promise<TestDatabase> {
  const copy = await createDatabase()
  const program = join(inject('postgresBin'), 'pg_restore')
  const result = await runner.run({ program, args: ['-j2', '--exit-on-error', '-d', copy.url, archive], signal: never })
  expect(result.stderrTail).toBe('')
  return copy
}
