import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { noNeeds } from '../../src/domain/archive-needs.ts'
import type { TargetAddress } from '../../src/ports/content-tools.ts'
import type { RemedyRun } from '../../src/ports/remedy-tools.ts'
import { chooseReader } from '../../src/tools/choose-reader.ts'
import { countTruly, createHostileDatabase, type HostileDatabase } from '../support/hostile-database.ts'
import { runSql } from '../support/postgres.ts'
import { realTools } from '../support/step-context.ts'

const signal = new AbortController().signal
let hostile: HostileDatabase
let fence = 0
beforeAll(async () => {
  hostile = await createHostileDatabase()
})
afterAll(() => hostile.drop())

/** Over the role of the plan's `url`, or over the one of `adminUrl`, which reads everything. */
function target(url = hostile.memberUrl): TargetAddress {
  fence += 1
  const session = { step: `hostile-${process.pid}/look`, fence }
  return { system: 'orders-db', url, adminUrl: hostile.adminUrl, session }
}

/** Which of the owner's functions ran meanwhile, and as whom. */
async function trapsOf(work: () => Promise<unknown>): Promise<string[]> {
  hostile.takeTraps()
  await work()
  return hostile.takeTraps()
}

test('the fixture bites: a session that trusts the database runs the owner’s functions and is answered by them', async () => {
  const traps = await trapsOf(async () => {
    await runSql(hostile.superUrl, 'SET statement_timeout = 0').catch(() => {})
    const { rows } = await rawQuery(`SELECT lower('A') AS lower, (SELECT count(*) FROM public.orders) AS orders`)
    expect(rows[0]).toMatchObject({ lower: null, orders: '0' })
  })
  expect(traps.some((one) => one.endsWith(' lower'))).toBe(true)
  expect(traps.some((one) => one.endsWith(' an aggregate'))).toBe(true)
})

test('the rows of a hostile database are counted truly, and none of its code runs', async () => {
  const { databases } = realTools()
  const traps = await trapsOf(async () => {
    const live = await databases.countLive({ target: target(), database: hostile.name, since: null, signal })
    expect(live.rows).toEqual({ 'public.orders': 135, 'public.states': 2, 'public.rejects': 1 })
  })
  expect(traps).toEqual([])
})

test('rows written since a mark are counted truly', async () => {
  const { databases } = realTools()
  const mark = await databases.readWriteMark(target())
  await rawQuery(`UPDATE public.states SET note = 'changed'`)
  const traps = await trapsOf(async () => {
    const live = await databases.countLive({ target: target(), database: hostile.name, since: mark, signal })
    expect(live.written).toEqual({ 'public.states': 2 })
  })
  expect(traps).toEqual([])
})

test('a fingerprint sees values that the owner’s casts would hide, without running them', async () => {
  const { content } = realTools()
  const traps = await trapsOf(async () => {
    const manifest = await content.measure({ target: target(hostile.dbaUrl), withCopyBytes: true, signal })
    await rawQuery(`UPDATE public.orders SET place = ROW('b', 'Busan')::public.place WHERE id OPERATOR(pg_catalog.=) 7`)
    const found = await content.compare({
      target: target(hostile.dbaUrl),
      manifest,
      against: 'before',
      checks: [],
      signal,
    })
    expect(found.differing.map(({ name }) => name)).toContain('public.orders')
    const narrowed = await content.narrow({
      left: { target: target(hostile.dbaUrl) },
      right: { target: target(hostile.dbaUrl) },
      tables: ['public.orders', 'public.states'],
      limit: 3,
      signal,
    })
    expect(narrowed.every(({ why }) => why === null)).toBe(true)
  })
  expect(traps).toEqual([])
})

test('identity, properties and preflight are PostgreSQL’s word, not the owner’s', async () => {
  const { content, databases } = realTools()
  const traps = await trapsOf(async () => {
    const identity = await databases.identify(target())
    expect(identity.name).toBe(hostile.name)
    const properties = await content.readProperties({ target: target(), database: hostile.name })
    expect(properties.owner).toBe(hostile.owner.name)
    const names = await databases.nextFreeNames(target(), hostile.name)
    await databases.preflight({
      target: target(),
      database: hostile.name,
      sideName: names.side,
      oldName: names.old,
      needs: { ...noNeeds, roles: [hostile.owner.name] },
      bytesNeeded: 1,
      wanted: null,
    })
    await databases.analyze({ ...target(), url: hostile.adminUrl }, hostile.name, signal)
    expect(await databases.endStepSessions(target(), 5_000)).toBe(true)
  })
  expect(traps).toEqual([])
})

test('a backup of a hostile database holds all of it and loads whole, and none of its code runs', async () => {
  const { archives, content, databases } = realTools()
  const folder = mkdtempSync(join(inject('runFolder'), 'hostile-'))
  const traps = await trapsOf(async () => {
    const { point } = await archives.dump({ target: target(hostile.dbaUrl), folder, jobs: 1, signal })
    const like = await content.readProperties({ target: target(), database: hostile.name })
    const { side } = await databases.nextFreeNames(target(), hostile.name)
    await databases.createSide({ target: target(), name: side, like, job: 'restore-1' })
    const manifest = await archives.readManifest(point)
    const proven = await archives.prove({ point, signal })
    await archives.load({
      point,
      proven,
      manifest,
      target: target(),
      database: side,
      owner: like.owner,
      jobs: 1,
      signal,
    })
    const { rows } = await databases.countLive({ target: target(), database: side, since: null, signal })
    expect(rows['public.orders']).toBe(135)
  })
  expect(traps).toEqual([])
})

test('a check of the plan runs under the database’s own path, and reads only', async () => {
  const { content } = realTools()
  const checks = [
    { name: 'paid', sql: `SELECT pg_catalog.count(*) FROM paid`, expect: 135 },
    { name: 'path', sql: `SHOW search_path`, expect: 'evil, pg_catalog, public' },
  ]
  const found = await content.runChecks({ target: target(), checks: checks as never, signal })
  expect(found.map(({ verdict }) => verdict)).toEqual(['equal', 'equal'])
})

test('a remedy runs under the database’s own path, and what it did is counted by PostgreSQL alone', async () => {
  const { remedies } = realTools()
  const run: RemedyRun = {
    target: target(),
    statements: [`UPDATE orders SET note = 'mended' WHERE pg_catalog.int4lt(id, 11)`],
    rejects: null,
    withinMs: 20_000,
    signal,
  }
  const traps = await trapsOf(async () => {
    const rehearsal = await remedies.rehearse({ ...run, showRows: false })
    expect(rehearsal.effect.tables).toEqual({ 'public.orders': { inserted: 0, updated: 10, deleted: 0 } })
    expect(await countTruly(hostile.superUrl, `public.orders WHERE note OPERATOR(pg_catalog.=) 'mended'`)).toBe(0)
    const ended = await remedies.commit({
      ...run,
      expected: { effect: rehearsal.effect, replay: null },
      beforeCommit: async () => {},
    })
    expect(ended.committed).toBe(true)
    expect(await countTruly(hostile.superUrl, `public.orders WHERE note OPERATOR(pg_catalog.=) 'mended'`)).toBe(10)
  })
  expect(traps).toEqual([])
})

test('rejects are found by the plan’s name and counted truly; a hostile = deletes no other row', async () => {
  const { remedies } = realTools()
  const choice = { source: { kind: 'table', table: 'rejects' }, target: null } as never
  const traps = await trapsOf(async () => {
    const groups = await remedies.countRejects(target(), choice, signal)
    expect(groups).toMatchObject([{ target: 'states', code: '23505', rows: 1 }])
    const rehearsal = await remedies.rehearse({
      target: target(),
      statements: ['DELETE FROM states'],
      rejects: choice,
      withinMs: 20_000,
      signal,
      showRows: false,
    })
    expect(rehearsal.replay).toMatchObject({ states: { loaded: 1, failing: 0 } })
  })
  expect(traps).toEqual([])
})

test('rows of a table that its owner made a member of an extension count as lost like any other', async () => {
  const { databases } = realTools()
  await rawQuery(`CREATE EXTENSION citext SCHEMA public`)
  await rawQuery(`CREATE TABLE public.hidden AS SELECT 1 AS n; ALTER EXTENSION citext ADD TABLE public.hidden`)
  const live = await databases.countLive({ target: target(), database: hostile.name, since: null, signal })
  expect(live.rows['public.hidden']).toBe(1)
})

test('the role of the owners measures and dumps what it can read whole, and adminUrl’s only what it cannot', async () => {
  const { archives, content, databases } = realTools()
  const readerOf = async () => new URL((await chooseReader({ target: target(), signal })).url)
  const [member, dba] = [new URL(hostile.memberUrl).username, new URL(hostile.adminUrl).username]
  expect((await readerOf()).username).toBe(member)
  const superuser = { options: '-c search_path=pg_catalog -c default_transaction_read_only=off -c statement_timeout=0' }
  await rawQuery('CREATE TABLE public.of_others AS SELECT 1 AS n', { connectionString: hostile.superUrl, ...superuser })
  expect(await readerOf()).toMatchObject({ username: dba, pathname: `/${hostile.name}` })
  const folder = mkdtempSync(join(inject('runFolder'), 'hostile-'))
  const traps = await trapsOf(async () => {
    await databases.refuseHiddenRows(target(), hostile.name)
    const manifest = await content.measure({ target: target(), signal })
    expect(manifest.tables.find((one) => one.name === 'public.of_others')).toMatchObject({ rows: 1 })
    const { point } = await archives.dump({ target: target(), folder, jobs: 1, signal })
    expect((await archives.readManifest(point))?.tables.map((one) => one.name)).toContain('public.of_others')
  })
  expect(traps).toEqual([])
  // An address of elsewhere is not taken for one of this server.
  const elsewhere = { ...target(), url: 'postgres://reader@other.example/orders' }
  expect(await chooseReader({ target: elsewhere, signal })).toBe(elsewhere)
})

/** As the owner, under the owner's own settings but those that would only be in the way. */
async function rawQuery(sql: string, as: object = {}) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: hostile.ownerUrl,
    options: '-c statement_timeout=0 -c default_transaction_read_only=off -c exit_on_error=off -c lock_timeout=0',
    ...as,
  })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}
