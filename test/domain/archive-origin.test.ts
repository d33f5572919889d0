import { expect, test } from 'vitest'
import { judgeOrigin, type KnownDatabase } from '../../src/domain/archive-origin.ts'

const known: KnownDatabase = {
  name: 'orders',
  systemIdentifier: '7',
  oid: 100,
  lineage: [{ systemIdentifier: '7', oid: 90 }],
  standing: new Map([
    [100, 'orders'],
    [90, 'orders_old_1'],
    [55, 'billing'],
    [56, 'orders_v1'],
  ]),
}
const made = (database: string, systemIdentifier: string | null, databaseOid: number | null) =>
  judgeOrigin({ database, systemIdentifier, databaseOid }, known)

test.each([
  ['live itself', made('orders', '7', 100), 'own'],
  ['live under a former name', made('shop', '7', 100), 'own'],
  ['what was live before a switch', made('orders', '7', 90), 'own'],
  ['one of that name that was dropped on this server', made('orders', '7', 40), 'own'],
  ['one that has another name on this server now', made('orders', '7', 56), 'unproven'],
  ['the same name on an unknown server', made('orders', '8', 100), 'unproven'],
  ['another database of this server', made('billing', '7', 55), 'other'],
  ['another name with the number of live on another server', made('billing', '8', 100), 'other'],
  ['no manifest, and the name', made('orders', null, null), 'own'],
  ['no manifest, and another name', made('Orders', null, null), 'other'],
])('an archive of %s', (_, origin, expected) => {
  expect(origin).toBe(expected)
})

test('while the server cannot be asked, only the journal shows origin', () => {
  const unasked = { ...known, systemIdentifier: null, oid: null, standing: new Map() }
  expect(judgeOrigin({ database: 'orders', systemIdentifier: '7', databaseOid: 90 }, unasked)).toBe('own')
  expect(judgeOrigin({ database: 'orders', systemIdentifier: '7', databaseOid: 100 }, unasked)).toBe('unproven')
})
