import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { adminUrl, runSql, urlOf, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { createPair, failureCode, type Pair, readMark, tools } from './rig.ts'

let pair: Pair
const { signal } = new AbortController()
beforeEach(async () => {
  pair = await createPair()
})
afterEach(() => pair.drop())

/** A client that is past the door and for two seconds not in pg_stat_activity; resolves to how it went on. */
async function beginSlowly(): Promise<{ readonly outcome: Promise<string> }> {
  const slow = new pg.Client({ connectionString: urlOf(pair.live), options: '-c post_auth_delay=2' })
  slow.on('error', () => {})
  const stay = `INSERT INTO marks VALUES ('late'); SELECT pg_sleep(600)`
  const work = slow.connect().then(() => slow.query(`BEGIN; ${stay}`))
  const outcome = failureCode(work).finally(() => slow.end().catch(() => {}))
  await until('a session that begins', async () => {
    const rows = await runSql(
      adminUrl(),
      `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.objid
        WHERE l.locktype = 'object' AND l.classid = 'pg_database'::regclass AND d.datname = '${pair.live}'`,
    )
    return rows.length > 0
  })
  return { outcome }
}

test('a session that passed the door and is slow to begin is waited for and ended before the last look', async () => {
  const intent = await pair.prepare()
  let counted: unknown
  let slow: Awaited<ReturnType<typeof beginSlowly>> | undefined
  const { endedSessions } = await tools.switchNames({
    target: pair.target,
    intent,
    ahead: async () => {
      slow = await beginSlowly()
    },
    recount: async (live) => {
      counted = await live.count()
    },
    signal,
  })
  expect(endedSessions).toBe(1)
  expect(await slow?.outcome).not.toBe('no failure')
  expect(counted).toMatchObject({ rows: { 'public.marks': 1 } })
  expect(await readMark(pair.live)).toBe('side')
})

test('a role that may not read what others do ends their sessions all the same', async () => {
  const stranger = { name: `${pair.live}_app`, password: 'app-secret' }
  await runSql(adminUrl(), `CREATE ROLE ${stranger.name} LOGIN PASSWORD '${stranger.password}'`)
  await runSql(adminUrl(), `GRANT CONNECT ON DATABASE ${pair.live} TO ${stranger.name}`)
  const busy = new pg.Client({ connectionString: urlOf(pair.live, stranger) })
  busy.on('error', () => {})
  await busy.connect()
  expect(await tools.holdOff(pair.asDba, pair.live)).toEqual({ endedSessions: 1 })
  expect(await failureCode(busy.query('SELECT 1'))).not.toBe('no failure')
  await busy.end().catch(() => {})
  await runSql(adminUrl(), `REVOKE CONNECT ON DATABASE ${pair.live} FROM ${stranger.name}`)
  await runSql(adminUrl(), `DROP ROLE ${stranger.name}`)
})

test('a session in another database that holds a lock on live is none of its sessions', async () => {
  const oid = (await tools.identify(pair.target)).oid
  await withClient(adminUrl(), async (admin) => {
    await admin.query(`BEGIN; COMMENT ON DATABASE ${pair.live} IS 'under way'`)
    expect(oid).not.toBeNull()
    expect(await tools.holdOff(pair.target, pair.live).catch((thrown) => thrown)).toEqual({ endedSessions: 0 })
    await admin.query('ROLLBACK')
  })
})

test('somebody who got in after the last look is ended, and the switch refused with live as it was', async () => {
  const intent = await pair.prepare()
  const switching = tools.switchNames({
    target: pair.target,
    intent,
    recount: async () => {
      await runSql(adminUrl(), `ALTER DATABASE ${pair.live} ALLOW_CONNECTIONS true`)
      const late = new pg.Client({ connectionString: urlOf(pair.live) })
      late.on('error', () => {})
      await late.connect()
      await late.query(`INSERT INTO marks VALUES ('late')`)
      await runSql(adminUrl(), `ALTER DATABASE ${pair.live} ALLOW_CONNECTIONS false`)
    },
    signal,
  })
  expect(await failureCode(switching)).toBe('target_changed')
  expect(await tools.settleSwitch(pair.target, intent)).toBe('not_switched')
  expect(await runSql(urlOf(pair.live), `SELECT which FROM marks WHERE which = 'late'`)).toHaveLength(1)
  expect(await readMark(intent.side)).toBe('side')
})
