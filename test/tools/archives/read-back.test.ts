import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it, test } from 'vitest'
import type { ToolRunner } from '../../../src/ports/tool-runner.ts'
import { readBack, shareOut } from '../../../src/tools/archives/read-back.ts'
import { readToc, type TocEntry } from '../../../src/tools/archives/toc.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'

const signal = new AbortController().signal
const runner = createToolRunner()

describe('shares of an archive', () => {
  const weighed = fc
    .array(fc.nat({ max: 1000 }), { maxLength: 40 })
    .map((sizes) => sizes.map((bytes, at) => ({ bytes, entry: { id: at + 1 } as TocEntry })))

  it('have each entry exactly once, whatever its size and however many read', () => {
    fc.assert(
      fc.property(weighed, fc.nat({ max: 9 }), fc.nat({ max: 2000 }), (entries, readers, worth) => {
        const shares = shareOut(entries, readers, worth)
        const ids = shares.flat().map(({ id }) => id)
        expect(ids.toSorted((a, b) => a - b)).toEqual(entries.map(({ entry }) => entry.id))
        expect(shares.length).toBeLessThanOrEqual(Math.max(1, readers))
      }),
    )
  })

  it('are one where the archive is small', () => {
    const entries = [5, 5].map((bytes, at) => ({ bytes, entry: { id: at + 1 } as TocEntry }))
    expect(shareOut(entries, 4, 11)).toHaveLength(1)
    expect(shareOut(entries, 4, 10)).toHaveLength(2)
  })
})

describe('an archive that several read', () => {
  let database: TestDatabase
  let folder: string
  const whole = () => join(folder, 'whole')
  const program = () => join(inject('postgresBin'), 'pg_restore')

  beforeAll(async () => {
    database = await createDatabase({ prefix: 'back' })
    await runSql(
      database.url,
      `SELECT lo_from_bytea(0, 'one'); CREATE TABLE a AS SELECT n FROM generate_series(1, 20000) n;
       CREATE TABLE b AS SELECT md5(n::text) FROM generate_series(1, 20000) n; CREATE TABLE c (n int)`,
    )
    folder = mkdtempSync(join(tmpdir(), 'salvor-back-'))
    const args = ['--format=directory', `--file=${whole()}`, database.url]
    const { exitCode, stderrTail } = await runner.run({ program: join(inject('postgresBin'), 'pg_dump'), args, signal })
    expect(stderrTail).toBe('')
    expect(exitCode).toBe(0)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  })

  async function read(path: string, run: ToolRunner = runner) {
    const entries = await readToc(path)
    return readBack(run, { program: program(), path, entries, readers: 3, worthSharing: 0, signal })
  }

  test('is whole for all of them, and each of its entries is read by one', async () => {
    const lists: string[] = []
    const kept = mkdtempSync(join(folder, 'lists-'))
    const spy: ToolRunner = {
      run(start) {
        const list = start.args.find((arg) => arg.startsWith('--use-list='))?.slice('--use-list='.length) ?? ''
        copyFileSync(list, join(kept, String(lists.length)))
        lists.push(list)
        return runner.run(start)
      },
    }
    expect((await read(whole(), spy)).exitCode).toBe(0)
    expect(lists).toHaveLength(3)
  })

  test('is not, whichever of its files is cut', async () => {
    const files = readdirSync(whole()).filter((name) => /^(?:blob_\d+|\d+)\.dat\.gz$/.test(name))
    expect(files.length).toBeGreaterThanOrEqual(4)
    for (const file of files) {
      const path = join(folder, `cut-${file}`)
      cpSync(whole(), path, { recursive: true })
      const cut = join(path, file)
      truncateSync(cut, Math.floor(statSync(cut).size / 2))
      expect([file, (await read(path)).exitCode]).not.toEqual([file, 0])
    }
  })
})
