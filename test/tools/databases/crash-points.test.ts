import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { ClosedLive } from '../../../src/ports/database-tools.ts'
import { type PgProxy, startPgProxy } from '../../support/pg-proxy.ts'
import { adminUrl, runSql } from '../../support/postgres.ts'
import { sessionsOf } from '../../support/processes.ts'
import { dieAt } from './die-at.ts'
import { createPair, type Pair, readMark, tools } from './rig.ts'

let pair: Pair
let proxy: PgProxy
const signal = new AbortController().signal
const seen = { switched: 0, not_switched: 0, unknown: 0 }

beforeEach(async () => {
  pair = await createPair()
  proxy = await startPgProxy(adminUrl())
})
afterEach(async () => {
  await proxy.close()
  await pair.drop()
})
afterAll(() => {
  // Both sides of the commit were met, and nobody was ever left without an answer.
  expect(seen.switched).toBeGreaterThan(0)
  expect(seen.not_switched).toBeGreaterThan(0)
  expect(seen.unknown).toBe(0)
})

/** What undo asks behind the closed door. */
const recount = async (live: ClosedLive) => {
  await live.count()
}

/** Statements of a switch in their order, as patterns that fit another pair's names; repeated ones once. */
const points: [string, RegExp][] = [
  ['look at the server', /pg_control_system/],
  ['look at the places', /FROM pg_database WHERE oid/],
  ['read the properties', /pg_db_role_setting/],
  ['look for prepared transactions', /pg_prepared_xacts/],
  ['close the door', /ALLOW_CONNECTIONS false$/],
  ['look for sessions', /coalesce\(usename, backend_type\)/],
  ['begin to count', /^BEGIN ISOLATION/],
  ['list the tables', /relkind = 'r'/],
  ['count', /^SELECT count\(\*\) AS rows/],
  ['open the transaction', /^BEGIN$/],
  ['rename live', /RENAME TO "live_\w+_old_1"$/],
  ['rename side', /^ALTER DATABASE "live_\w+_side_1" RENAME TO/],
  ['give the owner', /OWNER TO/],
  ['take privileges', /^REVOKE ALL ON DATABASE/],
  ['give privileges', /^GRANT /],
  ['reset settings', /^ALTER DATABASE "\w+" RESET ALL$/],
  ['give settings', /^ALTER DATABASE "\w+" SET /],
  ['give role settings', /^ALTER ROLE /],
  ['give the comment', /^COMMENT ON DATABASE "live_[0-9a-f]+" /],
  ['give limits', /ALLOW_CONNECTIONS true CONNECTION LIMIT/],
  ['seal', /ALLOW_CONNECTIONS false CONNECTION LIMIT 0/],
  ['mark the seal', /^COMMENT ON DATABASE "live_\w+_old_1"/],
  ['commit', /^COMMIT$/],
]

for (const kind of ['hold', 'after'] as const)
  test.each(points)(
    `dying ${kind === 'hold' ? 'before' : 'after'} «%s» ends in one open database, settled by OID`,
    async (_, pattern) => {
      const intent = await pair.prepare()
      await dieAt({ pair, proxy, recount }, kind, pattern, intent)
      const state = await tools.settleSwitch(pair.target, intent)
      seen[state] += 1
      expect(await tools.settleSwitch(pair.target, intent)).toBe(state)
      expect(await readMark(pair.live)).toBe(state === 'switched' ? 'side' : 'live')
      expect(await sessionsOf(adminUrl(), new RegExp(`^salvor:${pair.target.session.step}:`))).toEqual([])
      const names = await runSql<{ name: string; open: boolean }>(
        adminUrl(),
        `SELECT datname AS name, datallowconn AS open FROM pg_database WHERE datname ~ '^${pair.live}' ORDER BY 1`,
      )
      const other = state === 'switched' ? { name: intent.old, open: false } : { name: intent.side, open: true }
      expect(names).toEqual([{ name: pair.live, open: true }, other])
      if (state === 'switched') expect(await tools.compareSwitched(pair.target, intent)).toEqual([])
      else await tools.switchNames({ target: pair.target, intent, recount, signal })
      expect(await readMark(pair.live)).toBe('side')
    },
  )

test('an answer that was lost on the way is found out by the process itself', async () => {
  const intent = await pair.prepare()
  const through = { ...pair.target, adminUrl: proxy.through(pair.target.adminUrl) }
  const seal = proxy.after(/^COMMENT ON DATABASE "live_\w+_old_1"/)
  const switching = tools.switchNames({ target: through, intent, recount, signal })
  const sealed = await seal
  const commit = proxy.after(/^COMMIT$/)
  sealed.release()
  ;(await commit).drop()
  await switching
  expect(await readMark(pair.live)).toBe('side')
})
