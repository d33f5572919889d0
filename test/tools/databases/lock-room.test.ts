import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countLockSlots,
  findLocksNeeded,
  readLockSettings,
  refuseFewLocks,
} from '../../../src/tools/databases/lock-room.ts'
import { createDatabase, withClient } from '../../support/postgres.ts'
import { targetOf } from '../content/rig.ts'

const usual = { perTransaction: 64, connections: 100, prepared: 0, workers: 22 }

test('a usual server has room for some thousand tables and not for twenty thousand', () => {
  expect(findLocksNeeded(2_500, usual)).toBeNull()
  expect(findLocksNeeded(20_000, usual)).toBe(150)
})

test('what is said to be needed is enough, and one less is not', () => {
  const setting = fc.integer({ min: 1, max: 5_000 })
  fc.assert(
    fc.property(setting, setting, fc.nat(1_000), fc.integer({ min: 1, max: 100 }), fc.nat(5_000_000), (...of) => {
      const [perTransaction = 1, connections = 1, prepared = 0, workers = 1, tables = 0] = of
      const settings = { perTransaction, connections, prepared, workers }
      const needed = findLocksNeeded(tables, settings)
      if (needed === null) {
        expect(tables).toBeLessThanOrEqual(countLockSlots(settings))
        return
      }
      expect(needed).toBeGreaterThan(perTransaction)
      expect(countLockSlots({ ...settings, perTransaction: needed + 1 })).toBeGreaterThanOrEqual(tables)
      expect(countLockSlots({ ...settings, perTransaction: needed - 1 })).toBeLessThan(tables)
    }),
  )
})

test('a database with few tables is not refused, and the settings are those of the server', async () => {
  const database = await createDatabase()
  try {
    await refuseFewLocks(targetOf(database))
    const said = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ setting: string }>(
        `SELECT setting FROM pg_settings WHERE name = 'max_locks_per_transaction'`,
      )
      return { read: await readLockSettings(client), setting: Number(rows[0]?.setting) }
    })
    expect(said.read.perTransaction).toBe(said.setting)
  } finally {
    await database.drop()
  }
})
