import { expect, it } from 'vitest'
import { silentLog } from '../../src/ports/log.ts'
import { createCodeLedger } from '../../src/postgres/codes.ts'
import { openPool } from '../../src/postgres/pool.ts'
import { createStoreDatabase, withClient } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

it("a worker's session cannot hold up anybody's one-time codes", async () => {
  const database = await createStoreDatabase()
  const { bot, worker } = await makeStoreRoles(database)
  const pool = openPool(bot, 'test', silentLog)
  await withClient(worker, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('salvor:codes:bob', 0))`)
    await client.query('BEGIN')
    await expect(client.query('LOCK TABLE salvor.code_turns')).rejects.toThrow(/permission denied/)
    expect(await createCodeLedger(pool).attempt('bob', () => 1)).toEqual({ kind: 'accepted' })
  })
  const both = await Promise.all([1, 2, 3, 4].map(() => createCodeLedger(pool).attempt('bob', () => 2)))
  expect(both.filter(({ kind }) => kind === 'accepted')).toHaveLength(1)
  await pool.end()
  await database.drop()
})
