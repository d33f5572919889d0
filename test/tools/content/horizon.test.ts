import type pg from 'pg'
import { expect, test } from 'vitest'
import {
  type Horizon,
  type Reach,
  readHorizon,
  readReach,
  writeSuspects,
} from '../../../src/tools/content/row-difference/horizon.ts'
import { adminUrl, createDatabase, withClient } from '../../support/postgres.ts'
import { never } from './rig.ts'

const TURN = 2n ** 32n
const header = (number: bigint) => BigInt.asUintN(32, number)
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ'

/** Which of these numbers make a row recent, and which make one a suspect as its xmax. */
async function ask(client: pg.Client, numbers: readonly bigint[], horizon: Horizon, reach: Reach) {
  const { recent, suspect } = writeSuspects(horizon, reach)
  const all = numbers.map((one) => `('${header(one)}'::xid)`).join(', ')
  const { rows } = await client.query<{ made: boolean; ended: boolean }>(
    `SELECT (SELECT ${recent} FROM (SELECT number, '0'::xid) AS one(xmin, xmax)) AS made,
            (SELECT ${suspect} FROM (SELECT '2'::xid, number) AS one(xmin, xmax)) AS ended
       FROM (VALUES ${all}) AS header(number)`,
  )
  const where = (test: (row: { made: boolean; ended: boolean }) => boolean) =>
    numbers.filter((_, n) => test(rows[n] ?? { made: false, ended: false }))
  return { made: where((row) => row.made), ended: where((row) => row.ended) }
}

const around = (...edges: readonly bigint[]) => edges.flatMap((edge) => [-2n, -1n, 0n, 1n, 2n].map((n) => edge + n))

test('whom a transaction suspects does not depend on when it began', async () => {
  await withClient(adminUrl(), async (early) => {
    await early.query(`${BEGIN}; SELECT age('3'::xid)`)
    for (let n = 0; n < 8; n += 1) await withClient(adminUrl(), (client) => client.query('SELECT pg_current_xact_id()'))
    await withClient(adminUrl(), async (late) => {
      await late.query(BEGIN)
      const reach = await readReach(late)
      const horizon = { xid: reach.xid - 20n, multixact: reach.multixact }
      // Half a turn away numbers change from old to young, for each transaction at another place.
      const numbers = around(horizon.xid, reach.xid, horizon.xid + TURN / 2n, reach.xid + TURN / 2n, reach.xid - 8n)
      const beyond = Array.from({ length: 40 }, (_, n) => horizon.xid + TURN / 2n + BigInt(n))
      const asked = [...numbers, ...beyond]
      const young = asked.filter((one) => one >= horizon.xid && one < reach.xid)
      for (const client of [early, late])
        expect(await ask(client, asked, horizon, reach)).toEqual({ made: young, ended: young })
    })
  })
})

test('the two counters may turn over in between, and what is no transaction is not recent', async () => {
  await withClient(adminUrl(), async (client) => {
    await client.query(BEGIN)
    const [horizon, reach] = [
      { xid: 7n * TURN - 3n, multixact: 50n },
      { xid: 7n * TURN + 9n, multixact: 50n },
    ]
    const asked = around(horizon.xid, reach.xid)
    const young = asked.filter((one) => one >= horizon.xid && one < reach.xid)
    expect(await ask(client, [...asked, 7n * TURN + 2n], horizon, reach)).toEqual({
      made: young,
      ended: [...young, 7n * TURN + 2n],
    })
  })
})

test('however many multixacts came since, one of then is a suspect', async () => {
  await withClient(adminUrl(), async (client) => {
    await client.query(BEGIN)
    for (const from of [4_000n, TURN - 100n]) {
      const horizon = { xid: 100n, multixact: from }
      const reach = { xid: 100n, multixact: header(from + 3_000_000n) }
      const asked = around(from, from + 1_500_000n, from + 3_000_000n)
      const { ended } = await ask(client, asked, horizon, reach)
      expect(ended).toEqual(asked.filter((one) => one >= from && one < from + 3_000_000n))
    }
  })
})

test('what is read of a server holds a multixact that was made in between', async () => {
  const database = await createDatabase()
  try {
    await withClient(database.url, async (client) => {
      await client.query('CREATE TABLE held (n int); INSERT INTO held VALUES (1); CHECKPOINT')
      await client.query(BEGIN)
      const horizon = await readHorizon(client, never)
      await client.query('COMMIT; BEGIN; SELECT FROM held FOR KEY SHARE')
      await withClient(database.url, async (other) => {
        await other.query('BEGIN; SELECT FROM held FOR KEY SHARE')
        const { rows } = await other.query<{ xmax: string }>('SELECT xmax::text FROM held')
        const reach = await readReach(other)
        const made = BigInt(rows[0]?.xmax ?? 0)
        expect(made).toBeLessThan(reach.multixact)
        // Another open transaction of the server may forbid to say where multixacts began.
        if (horizon.multixact !== null) expect(made).toBeGreaterThanOrEqual(horizon.multixact)
        const { suspect } = writeSuspects({ ...horizon, xid: reach.xid }, reach)
        expect((await other.query(`SELECT FROM held WHERE ${suspect}`)).rowCount).toBe(1)
      })
    })
  } finally {
    await database.drop()
  }
})
