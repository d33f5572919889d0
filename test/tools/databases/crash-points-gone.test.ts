import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SwitchIntent } from '../../../src/ports/database-tools.ts'
import { type PgProxy, startPgProxy } from '../../support/pg-proxy.ts'
import { adminUrl, dropDatabase, runSql } from '../../support/postgres.ts'
import { dieAt } from './die-at.ts'
import { createPair, failureCode, type Pair, readMark, tools } from './rig.ts'

let pair: Pair
let proxy: PgProxy
const signal = new AbortController().signal
const recount = async () => {}

beforeEach(async () => {
  pair = await createPair()
  proxy = await startPgProxy(adminUrl())
})
afterEach(async () => {
  await proxy.close()
  await pair.drop()
})

/** Live as people find it: dropped, left invalid by an interrupted DROP, or restored where there was none. */
const scenes: { readonly [name: string]: (intent: SwitchIntent) => Promise<SwitchIntent> } = {
  async gone(intent) {
    await dropDatabase(pair.live)
    return { ...intent, liveOid: null, present: null }
  },
  async invalid(intent) {
    await runSql(adminUrl(), `UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${pair.live}'`)
    return { ...intent, liveInvalid: true, present: { ...intent.properties, connectionLimit: -2 } }
  },
  async 'put aside again'(intent) {
    await dropDatabase(intent.side)
    return { ...intent, sideOid: null }
  },
}

const placesOf = async (intent: SwitchIntent) =>
  (
    await runSql<{ name: string; oid: number }>(
      adminUrl(),
      `SELECT datname AS name, oid::int FROM pg_database WHERE starts_with(datname, '${intent.live}') ORDER BY 1`,
    )
  ).map(({ name, oid }): [string, number] => [name, oid])

/** Each database of the switch on the one side or on the other, and nothing between. */
function sideOf(intent: SwitchIntent, switched: boolean): [string, number][] {
  const places: [string, number | null][] = [
    [switched ? intent.old : intent.live, intent.liveOid],
    [switched ? intent.live : intent.side, intent.sideOid],
  ]
  return places
    .filter((one): one is [string, number] => one[1] !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

const points: [string, RegExp][] = [
  ['look at the places', /FROM pg_database WHERE oid/],
  ['rename', / RENAME TO "live_\w+"$/],
  ['commit', /^COMMIT$/],
]

for (const scene of Object.keys(scenes))
  for (const kind of ['hold', 'after'] as const)
    test.each(points)(
      `${scene}: dying ${kind === 'hold' ? 'before' : 'after'} «%s» is settled by OID`,
      async (_, at) => {
        const prepared = await scenes[scene]?.(await pair.prepare())
        if (prepared === undefined) throw new Error('no scene')
        await dieAt({ pair, proxy, recount }, kind, at, prepared)
        const state = await tools.settleSwitch(pair.target, prepared)
        expect(state).toBe(kind === 'after' && String(at) === String(/^COMMIT$/) ? 'switched' : 'not_switched')
        expect(await tools.settleSwitch(pair.target, prepared)).toBe(state)
        expect(await placesOf(prepared)).toEqual(sideOf(prepared, state === 'switched'))
        if (state !== 'switched') await tools.switchNames({ target: pair.target, intent: prepared, recount, signal })
        expect(await placesOf(prepared)).toEqual(sideOf(prepared, true))
        expect(await tools.compareSwitched(pair.target, prepared)).toEqual([])
        if (prepared.sideOid !== null) expect(await readMark(pair.live)).toBe('side')
      },
    )

test('a database that came under the name meanwhile is not taken over', async () => {
  const intent = await scenes.gone?.(await pair.prepare())
  if (intent === undefined) throw new Error('no scene')
  await runSql(adminUrl(), `CREATE DATABASE ${pair.live}`)
  const switching = tools.switchNames({ target: pair.target, intent, recount, signal })
  expect(await failureCode(switching)).toBe('target_changed')
  expect(await tools.settleSwitch(pair.target, intent)).toBe('not_switched')
  expect(await readMark(intent.side)).toBe('side')
})
