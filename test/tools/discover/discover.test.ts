import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { silentLog } from '../../../src/ports/log.ts'
import { createArchiveTools } from '../../../src/tools/archives/index.ts'
import { findUnits } from '../../../src/tools/discover/find-units.ts'
import { discover } from '../../../src/tools/discover/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql } from '../../support/postgres.ts'

const run = createToolRunner()
const archives = createArchiveTools({ run, log: silentLog })
const redact = (text: string) => text.replaceAll('secret-word', '***')
const place = () => mkdtempSync(join(inject('runFolder'), 'discover-'))

describe('looking around', () => {
  it('finds databases by size and the folders that hold archives', async () => {
    const database = await createDatabase({ prefix: 'found' })
    await runSql(database.url, 'CREATE TABLE t AS SELECT generate_series(1, 100) AS id')
    const root = place()
    mkdirSync(join(root, 'nightly', 'orders'), { recursive: true })
    mkdirSync(join(root, 'empty'))
    const target = { system: 'x', url: database.url, adminUrl: adminUrl(), session: { step: 'test', fence: 1 } }
    await archives.dump({
      target,
      folder: join(root, 'nightly', 'orders'),
      jobs: 1,
      signal: AbortSignal.timeout(30_000),
    })
    const found = await discover({ run, archives, redact, url: adminUrl(), places: [root, '/no/such/place'] })
    expect(found.databases.find(({ name }) => name === database.name)?.sizeBytes).toBeGreaterThan(1e6)
    expect(found.databases.map(({ name }) => name)).not.toContain('template1')
    expect(found.dumpFolders.map(({ path, archives: count }) => [path, count])).toEqual([
      [join(root, 'nightly', 'orders'), 1],
    ])
    expect(found.role?.superuser).toBe(true)
    await database.drop()
  })

  it('makes a note of a server that does not answer, without its password', async () => {
    const url = 'postgres://u:secret-word@127.0.0.1:1/postgres'
    const found = await discover({ run, archives, redact, url, places: [] })
    expect(found.databases).toEqual([])
    expect(found.notes.join()).toMatch(/the database server could not be looked at/)
    expect(found.notes.join()).not.toContain('secret-word')
  })

  it('looks for no database without an address', async () => {
    expect((await discover({ run, archives, redact, places: [] })).databases).toEqual([])
  })
})

it('units of the machine itself are left out', async () => {
  const folder = place()
  const units = ['orders-api.service', 'ssh.service', 'systemd-journald.service', 'bad name.service'].map((unit) => ({
    unit,
    description: unit,
  }))
  writeFileSync(join(folder, 'systemctl'), `#!/bin/sh\nprintf '%s' '${JSON.stringify(units)}'\n`)
  chmodSync(join(folder, 'systemctl'), 0o755)
  const onlyThere: typeof run = { run: (start) => run.run({ ...start, program: join(folder, start.program) }) }
  expect(await findUnits(onlyThere)).toEqual([{ name: 'orders-api.service', description: 'orders-api.service' }])
})
