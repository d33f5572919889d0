import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { createArchiveTools } from '../../src/tools/archives/index.ts'
import { createPgBackRest } from '../../src/tools/pgbackrest/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { listScratch } from '../support/cluster-restores.ts'
import { runSql } from '../support/postgres.ts'
import { type Stanza, startStanza, whyNoStanza } from '../support/stanza.ts'
import { realTools } from '../support/step-context.ts'

describe.skipIf(whyNoStanza() !== undefined)('a backup that brings a library of its own', () => {
  let stanza: Stanza
  beforeAll(async () => {
    stanza = await startStanza()
  })
  afterAll(() => stanza?.stop())

  test('loses it before the server starts, and no session asks for it', async () => {
    const [row] = await stanza.sql<{ data_directory: string }>('SHOW data_directory')
    const data = row?.data_directory ?? ''
    const libraries = execFileSync(join(inject('postgresBin'), 'pg_config'), ['--pkglibdir'], { encoding: 'utf8' })
    const evil = join(data, 'base', 'evil.so')
    copyFileSync(join(libraries.trim(), 'plpgsql.so'), evil)
    const { uid, gid } = statSync(data)
    if (process.getuid?.() === 0) chownSync(evil, uid, gid)
    await runSql(
      stanza.url,
      `CREATE ROLE clerk LOGIN; GRANT pg_read_all_data TO clerk;
       ALTER ROLE CURRENT_USER SET session_preload_libraries = 'base/evil';
       ALTER ROLE clerk SET session_preload_libraries = '/tmp/elsewhere/evil';
       ALTER ROLE clerk IN DATABASE orders SET local_preload_libraries = 'evil';
       ALTER ROLE clerk IN DATABASE orders SET work_mem = '7MB';
       ALTER DATABASE orders SET session_preload_libraries = '/tmp/elsewhere/evil';
       ALTER DATABASE orders SET dynamic_library_path = '/tmp/elsewhere'`,
    )
    const full = await stanza.backup('full')
    // It is in the backup, so a session that asked for it would not have begun without it.
    expect(existsSync(join(stanza.repository, 'backup', 'orders', full, 'pg_data', 'base', 'evil.so.gz'))).toBe(true)
    const removed: unknown[] = []
    const run = createToolRunner()
    const warn = (fields: object) => removed.push(fields)
    const archives = createArchiveTools({ run })
    const provider = createPgBackRest({ run, archives, log: { ...silentLog, warn } })
    const { place, url: adminUrl } = stanza
    const url = new URL(adminUrl)
    url.username = 'clerk'
    const { signal } = new AbortController()
    const [point] = await provider.list(place, signal)
    if (point === undefined) throw new Error('no backup')
    const session = { step: 'restore-1/recover', fence: 1 }
    // One role may say which libraries its session loads, the other may not.
    const target = { system: 'shop', url: url.href, adminUrl, session }
    const { archive } = await provider.restoreInto({ place, point, moment: null, target, jobs: 1, signal })
    const manifest = await archives.readManifest(archive)
    const { tables } = manifest ?? { tables: [] }
    expect(tables.find(({ name }) => name === 'public.orders')?.rows).toBe(500)
    // What the server itself would have said to clerk: no such file. What else is set is part of what is restored.
    const settings = JSON.stringify(manifest?.properties)
    expect(settings).toContain('work_mem')
    expect(settings).not.toMatch(/_librar/)
    expect(removed).toMatchObject([{ count: 1, files: [expect.stringMatching(/data\/base\/evil\.so$/)] }])
    expect(await provider.tidyUp(place, session)).toEqual([])
    expect(listScratch(stanza)).toEqual([])
  })
  test('a scratch folder that others may write to is told before anything is restored', async () => {
    const { pgbackrest } = realTools().backups
    const { signal } = new AbortController()
    const folder = join(stanza.scratch, '..', 'open')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    const place = { ...stanza.place, scratch: { ...stanza.place.scratch, folder } }
    expect(await pgbackrest.describe(stanza.place, signal)).toMatchObject({ problem: null })
    expect(await pgbackrest.describe(place, signal)).toMatchObject({ problem: { code: 'scratch_unusable' } })
    const [point] = await pgbackrest.list(place, signal)
    if (point === undefined) throw new Error('no backup')
    const proving = pgbackrest.prove({ place, point, moment: null, signal })
    await expect(proving).rejects.toMatchObject({ code: 'scratch_unusable' })
  })
})
