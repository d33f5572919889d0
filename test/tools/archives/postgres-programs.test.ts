import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { createPostgresPrograms } from '../../../src/tools/archives/postgres-programs.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

const { PATH } = process.env
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(inject('runFolder'), 'programs-'))
})
afterEach(() => {
  process.env.PATH = PATH
})

/** A folder of programs that say a version and can nothing else. */
function install(version: string): string {
  const at = join(folder, version)
  mkdirSync(at)
  for (const name of ['pg_dump', 'pg_restore']) {
    writeFileSync(join(at, name), `#!/bin/sh\necho '${name} (PostgreSQL) ${version}'\n`)
    chmodSync(join(at, name), 0o755)
  }
  return at
}

/** The programs of a machine whose PATH leads to the first of these versions. */
function machine(...versions: string[]) {
  const folders = versions.map(install)
  process.env.PATH = `${folders[0]}:${PATH}`
  return createPostgresPrograms(createToolRunner(), folders)
}
const archive = (minor: number) => ({ backup: 'd-0130', minor })

describe('a dump is made by', () => {
  test.each([
    [['17.12', '15.18'], 15, '15.18'],
    [['15.18', '16.1', '18beta1'], 17, '18beta1'],
    [['14.2', '18.4', '17.12'], 16, '17.12'],
  ])('of %j for a server %i: %s', async (versions, server, chosen) => {
    expect((await machine(...versions).dumper(server)).version).toBe(chosen)
  })

  test('none that is older than the server', async () => {
    const facts = { tool: 'pg_dump', version: '15.18', server: 17 }
    await expect(machine('14.2', '15.18').dumper(17)).rejects.toMatchObject({ code: 'tools_older', facts })
  })
})

describe('an archive is loaded by', () => {
  test.each([
    [['17.12', '15.18'], 14, 15, '15.18'],
    [['17.12', '16.1', '14.2'], 14, 15, '14.2'],
    [['18.4', '17.12'], 14, 15, '17.12'],
    [['15.18', '18.4', '17.12'], 16, 15, '17.12'],
    [['15.18', '16.2'], 15, 18, '16.2'],
  ])('of %j in format 1.%i into a server %i: %s', async (versions, minor, server, chosen) => {
    expect((await machine(...versions).loader(archive(minor), server)).version).toBe(chosen)
  })

  test('none that cannot read it', async () => {
    const work = machine('15.18', '16.1').loader(archive(16), 15)
    await expect(work).rejects.toMatchObject({ code: 'archive_newer', facts: { backup: 'd-0130' } })
  })
})
