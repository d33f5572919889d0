import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TargetAddress } from '../../../src/ports/content-tools.ts'
import { runSql, urlOf } from '../../support/postgres.ts'
import { createPair, type Pair, tools } from './rig.ts'

let pair: Pair
let old: string

beforeAll(async () => {
  pair = await createPair()
  const intent = await pair.prepare()
  await tools.switchNames({
    target: pair.target,
    intent,
    recount: async () => {},
    signal: new AbortController().signal,
  })
  old = intent.old
})

afterAll(() => pair.drop())

/** Knocks without a pause as somebody who may connect, until `work` is over. Answers who got in. */
async function knockWhile(
  work: () => Promise<unknown>,
): Promise<{ entered: number; knocked: number; thrown: unknown[] }> {
  const url = new URL(urlOf(old))
  url.username = pair.dba.name
  url.password = pair.dba.password
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

const count = (target: TargetAddress) => () =>
  tools.countLive({ target, database: old, since: null, signal: new AbortController().signal })

test('nobody else gets into a sealed database while Salvor looks at it', async () => {
  const { entered, knocked, thrown } = await knockWhile(count(pair.target))
  expect({ entered, thrown }).toEqual({ entered: 0, thrown: [] })
  expect(knocked).toBeGreaterThan(5)
})

test('over a role that is no superuser whoever got in is told, and never passes in silence', async () => {
  const { entered, thrown } = await knockWhile(count(pair.asDba))
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
