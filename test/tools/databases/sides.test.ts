import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DatabaseProperties } from '../../../src/domain/database-properties.ts'
import { nameAll } from '../../../src/tools/databases/names.ts'
import { adminUrl, runSql, urlOf } from '../../support/postgres.ts'
import { createPair, failureCode, type Pair, tools } from './rig.ts'

let pair: Pair
let like: DatabaseProperties
beforeEach(async () => {
  pair = await createPair()
  like = (await pair.prepare()).properties
})
afterEach(() => pair.drop())

test('a side database lets nobody in but its maker, and carries the mark of its job', async () => {
  const name = `${pair.live}_side_7`
  const { oid } = await tools.createSide({ target: pair.asDba, name, like, job: 'restore-9' })
  expect(await tools.listSides(pair.target, 'restore-9')).toEqual([{ name, oid }])
  const [row] = await runSql<{ may: boolean }>(
    adminUrl(),
    `SELECT has_database_privilege('${pair.owner}', '${name}', 'CONNECT') AS may`,
  )
  expect(row?.may).toBe(false)
  expect(await tools.dropSide({ target: pair.asDba, name, oid })).toBe('dropped')
  expect(await tools.dropSide({ target: pair.asDba, name, oid })).toBe('absent')
})

test('another Salvor on the same server does not take it for its own, although its job has the same number', async () => {
  const [mine, other] = ['00000001', '00000002'].map((installation) => ({
    ...pair.target,
    session: { ...pair.target.session, installation },
  }))
  if (mine === undefined || other === undefined) throw new Error('there are two')
  const name = `${pair.live}_side_7`
  const { oid } = await tools.createSide({ target: mine, name, like, job: 'restore-9' })
  expect(await tools.listSides(other, 'restore-9', [name])).toEqual([])
  expect(await tools.listSides(mine, 'restore-9')).toEqual([{ name, oid }])
  expect(await tools.dropSide({ target: mine, name, oid })).toBe('dropped')
})

test('only the database with the expected OID and the mark is ever dropped', async () => {
  const name = `${pair.live}_side_1`
  const [side] = await tools.listSides(pair.target, 'restore-1')
  expect(await failureCode(tools.dropSide({ target: pair.target, name, oid: 1 }))).toBe('target_changed')
  const live = await tools.identify(pair.target)
  const dropLive = tools.dropSide({ target: pair.target, name: pair.live, oid: live.oid })
  expect(await failureCode(dropLive)).toBe('target_changed')
  await runSql(adminUrl(), `COMMENT ON DATABASE ${name} IS 'mine now'`)
  const dropTaken = tools.dropSide({ target: pair.target, name, oid: side?.oid ?? 0 })
  expect(await failureCode(dropTaken)).toBe('target_changed')
})

test('one that died before it was marked is found by its recorded name, one that was opened is not', async () => {
  const [unborn, foreign] = [`${pair.live}_side_8`, `${pair.live}_side_9`]
  await runSql(adminUrl(), `CREATE DATABASE ${unborn} ALLOW_CONNECTIONS false`)
  await runSql(adminUrl(), `CREATE DATABASE ${foreign}`)
  const found = await tools.listSides(pair.target, 'restore-9', [unborn, foreign])
  expect(found.map((one) => one.name)).toEqual([unborn])
  expect(await tools.listSides(pair.target, 'restore-9')).toEqual([])
  expect(await tools.dropSide({ target: pair.target, name: unborn, oid: found[0]?.oid ?? 0 })).toBe('dropped')
})

test('names fit into 63 bytes whatever the alphabet', () => {
  for (const database of ['orders', 'x'.repeat(63), '주문'.repeat(20)]) {
    for (const name of Object.values(nameAll(database, 123))) {
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
      expect(name).toMatch(/_123$/)
      expect(name).not.toContain('\uFFFD')
    }
  }
})

test('rows that were written since a mark are counted, by whom and whenever they were committed', async () => {
  const { target, live } = pair
  const count = (since: string) =>
    tools.countLive({ target, database: live, since, signal: new AbortController().signal })
  const mark = await tools.readWriteMark(target)
  expect((await count(mark)).written).toEqual({})
  await runSql(urlOf(live), `INSERT INTO marks VALUES ('a'), ('b'); UPDATE marks SET which = 'c' WHERE which = 'live'`)
  await runSql(urlOf(live), `BEGIN; INSERT INTO marks VALUES ('gone'); ROLLBACK`)
  expect(await count(mark)).toEqual({ rows: { 'public.marks': 3 }, written: { 'public.marks': 3 } })
  expect((await count(await tools.readWriteMark(target))).written).toEqual({})
})
