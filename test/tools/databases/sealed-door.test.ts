import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TargetAddress } from '../../../src/ports/content-tools.ts'
import { runSql, urlOf } from '../../support/postgres.ts'
import { createPair, type Pair, tools } from './rig.ts'

let pair: Pair
let old: string
/** Switched by a role that is no superuser: what is kept belongs to whoever switched. */
let byDba: Pair
let oldOfDba: string

beforeAll(async () => {
  pair = await createPair()
  byDba = await createPair({ plain: true })
  old = await switchBy(pair, pair.target)
  oldOfDba = await switchBy(byDba, byDba.asDba)
})

afterAll(async () => {
  await pair.drop()
  await byDba.drop()
})

/** Answers the name of the database that is kept. */
async function switchBy(of: Pair, target: TargetAddress): Promise<string> {
  const intent = await of.prepare({}, target)
  await tools.switchNames({ target, intent, recount: async () => {}, signal: new AbortController().signal })
  return intent.old
}

/** Knocks without a pause as somebody who may connect, until `work` is over. Answers who got in. */
async function knockWhile(
  at: { readonly database: string; readonly role: Pair['dba'] },
  work: () => Promise<unknown>,
): Promise<{ entered: number; knocked: number; thrown: unknown[] }> {
  const url = new URL(urlOf(at.database, at.role))
  const thrown: unknown[] = []
  let [isOver, entered, knocked] = [false, 0, 0]
  const knock = async () => {
    while (!isOver) {
      knocked += 1
      const client = new pg.Client({ connectionString: url.href })
      client.on('error', () => {})
      await client.connect().then(
        async () => {
          entered += 1
          await client.end().catch(() => {})
        },
        () => {},
      )
    }
  }
  const knocking = Promise.all([knock(), knock()])
  for (let n = 0; n < 8; n += 1) await work().catch((error: unknown) => thrown.push(error))
  isOver = true
  await knocking
  return { entered, knocked, thrown }
}

const count = (target: TargetAddress, database: string) => () =>
  tools.countLive({ target, database, since: null, signal: new AbortController().signal })

test('nobody else gets into a sealed database while Salvor looks at it', async () => {
  const { entered, knocked, thrown } = await knockWhile({ database: old, role: pair.dba }, count(pair.target, old))
  expect({ entered, thrown }).toEqual({ entered: 0, thrown: [] })
  expect(knocked).toBeGreaterThan(5)
})

test('over a role that is no superuser whoever got in is told, and never passes in silence', async () => {
  const { entered, thrown } = await knockWhile({ database: oldOfDba, role: byDba.dba }, count(byDba.asDba, oldOfDba))
  for (const error of thrown)
    expect(error).toMatchObject({ code: expect.stringMatching(/^(target_|unexpected|53300)/) })
  if (entered > 0) expect(thrown.length).toBeGreaterThan(0)
})

test('its door is closed and its limit is nought afterwards, also when the look failed', async () => {
  const gone = { ...pair.target, adminUrl: pair.target.adminUrl }
  const signal = AbortSignal.abort(new Error('stopped'))
  await tools.countLive({ target: gone, database: old, since: null, signal }).catch(() => {})
  const [door] = await runSql(
    urlOf('postgres'),
    `SELECT datallowconn AS open, datconnlimit AS most FROM pg_database WHERE datname = $1`,
    [old],
  )
  expect(door).toEqual({ open: false, most: 0 })
})
