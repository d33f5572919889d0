import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { backup } from '../../../jobs/backup/index.ts'
import { verify } from '../../../jobs/verify/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let other: TestDatabase
let played: PlayedCase
let folder: string
beforeEach(async () => {
  other = await createDatabase({ prefix: 'tenant_b' })
  await runSql(other.url, `CREATE TABLE invoice AS SELECT g AS id, 'TENANT B' AS tenant FROM generate_series(1, 90) g`)
  folder = mkdtempSync(join(inject('runFolder'), 'shared-'))
  played = await openCase('c51c', { folder, others: { b: { url: other.url, folder } } })
})
afterEach(async () => {
  await played.close()
  await other.drop()
})

const backUpOther = async () => {
  expect((await played.stage.play(backup, { system: 'b' })).failure).toBeNull()
}
const tenants = () => played.ask('SELECT tenant, count(*)::int AS rows FROM invoice GROUP BY 1')
/** Changes what the manifests of a database say of its origin, as on a server that was built anew. */
async function rewriteManifests(database: string, change: (manifest: Record<string, unknown>) => void) {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(database) || !name.endsWith('.manifest.json')) continue
    const manifest = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    change(manifest)
    writeFileSync(join(folder, name), JSON.stringify(manifest))
  }
}

test('c51c: an archive of another database is never the newest', async () => {
  await played.play({ shell: { 'shell-other': backUpOther } })
  expect(played.failureOf('restore')).toBeNull()
  expect(played.failureOf('verify')).toBeNull()
  expect(await tenants()).toEqual([{ tenant: 'TENANT A', rows: 100 }])
})

test('nor is one without a manifest, whose header names another database', async () => {
  await played.say('backup')
  await backUpOther()
  for (const name of await readdir(folder)) if (name.endsWith('.json')) await rm(join(folder, name))
  await played.run('damage')
  expect((await played.say('restore')).failure).toBeNull()
  expect(await tenants()).toEqual([{ tenant: 'TENANT A', rows: 100 }])
})

test('where there are only others, nothing is taken; named, it is taken and the approval begins with whose it is', async () => {
  await backUpOther()
  expect((await played.say('restore')).failure).toMatchObject({ code: 'backup_foreign' })
  expect((await played.stage.play(verify, { system: 'orders-db' })).failure).toMatchObject({ code: 'command_usage' })
  const [archive = ''] = (await readdir(folder)).filter((name) => !name.endsWith('.json') && !name.startsWith('.'))
  const { failure } = await played.say('restore', { backup: archive })
  expect(failure).toBeNull()
  // Its owner comes with it, which the card says too, but not first.
  expect(played.cards.get('restore')?.warnings).toMatchObject([
    { code: 'origin_other', facts: { database: other.name, live: played.database } },
    { code: 'property_damaged', facts: { what: 'owner' } },
  ])
})

test('the same name on an unknown server is taken by its id only, says so, and is known once it was accepted', async () => {
  await played.say('backup')
  await played.say('backup')
  await rewriteManifests(played.database, (manifest) => {
    manifest.systemIdentifier = '1234567890123456789'
  })
  await played.run('damage')
  expect((await played.say('restore')).failure).toMatchObject({ code: 'backup_foreign' })
  const [archive = ''] = (await readdir(folder)).filter((name) => !name.endsWith('.json') && !name.startsWith('.'))
  expect((await played.say('restore', { backup: archive })).failure).toBeNull()
  expect(played.cards.get('restore')?.warnings).toMatchObject([{ code: 'origin_unproven' }])
  expect(await tenants()).toEqual([{ tenant: 'TENANT A', rows: 100 }])
  // Both were made of that server's database, and people let one of them in.
  expect((await played.say('restore')).failure).toBeNull()
  expect(played.cards.get('restore')?.warnings).toEqual([])
})

test('a backup from before a restore is still its own after the switch gave live another number', async () => {
  await played.say('backup')
  await played.run('damage')
  expect((await played.say('restore')).failure).toBeNull()
  await played.run('damage')
  expect((await played.say('restore2')).failure).toBeNull()
  expect(played.cards.get('restore2')?.warnings).toEqual([])
  expect(await tenants()).toEqual([{ tenant: 'TENANT A', rows: 100 }])
})
