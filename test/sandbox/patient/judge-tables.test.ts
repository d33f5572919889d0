import { describe, expect, it } from 'vitest'
import { judgeTables, type TableContent } from '../../../sandbox/patient/judge-tables.ts'

const whole: TableContent = {
  rows: 100,
  old: 100,
  columns: ['id bigint', 'total numeric(12,2)'],
  keys: ['orders_pkey', 'orders_customer'],
  fingerprint: '4711',
}
const judge = (now: Partial<TableContent> | undefined, before: TableContent | undefined = whole, atWork = false) =>
  judgeTables(
    new Map(before ? [['orders', before]] : []),
    new Map(now ? [['orders', { ...whole, ...now }]] : []),
    atWork,
  )[0]

describe('a table of the patient', () => {
  it.each([
    ['as before', {}, 'good', 'as before'],
    ['with new rows beside the old', { rows: 112, old: 100 }, 'good', '12 rows came since'],
    ['with rows lost', { rows: 40, old: 40, fingerprint: '1' }, 'bad', '60 rows missing'],
    ['with rows lost and new ones that hide it', { rows: 112, old: 60, fingerprint: '1' }, 'bad', '40 rows missing'],
    ['with rows twice', { rows: 140, old: 130, fingerprint: '1' }, 'bad', '30 rows twice'],
    ['without rows', { rows: 0, old: 0, fingerprint: '0' }, 'bad', 'empty'],
    ['with other values', { fingerprint: '1' }, 'bad', 'values differ'],
    ['with other values and new rows', { rows: 112, old: 100, fingerprint: '1' }, 'bad', 'values differ'],
    ['with values nobody could read', { fingerprint: null }, 'unknown', 'rows as before, values not read'],
    ['with another type', { columns: ['id bigint', 'total integer'] }, 'bad', 'column total changed'],
    ['with columns gone', { columns: ['id integer'] }, 'bad', 'columns id, total changed'],
    ['without its key', { keys: ['orders_customer'] }, 'bad', 'a key or index is gone'],
    ['without any key', { keys: [] }, 'bad', '2 keys and indexes are gone'],
  ] as const)('%s', (_title, now, health, note) => {
    expect(judge(now)).toMatchObject({ name: 'orders', health, note, before: 100 })
  })

  it('that is gone has no rows', () => {
    expect(judge(undefined)).toEqual({
      name: 'orders',
      rows: null,
      before: 100,
      health: 'bad',
      note: 'the table is gone',
    })
  })

  it('that was not there before is what the migration left behind', () => {
    expect(judgeTables(new Map(), new Map([['orders_v2', whole]]))).toEqual([
      { name: 'orders_v2', rows: 100, before: null, health: 'bad', note: 'left behind by the migration' },
    ])
  })

  it('that is bad is busy while a job is at work, and still says what is wrong', () => {
    expect(judge({ fingerprint: '1' }, whole, true)).toMatchObject({ health: 'busy', note: 'values differ' })
    expect(judge({}, whole, true)).toMatchObject({ health: 'good' })
  })

  it.each([
    [false, 'unknown'],
    [true, 'busy'],
  ] as const)('that nobody can look at shows its last rows (at work: %s)', (atWork, health) => {
    const last = new Map([['orders', { ...whole, rows: 40 }]])
    expect(judgeTables(new Map([['orders', whole]]), { last }, atWork)).toEqual([
      { name: 'orders', rows: 40, before: 100, health, note: 'cannot be looked at just now' },
    ])
  })

  it('that the migration made stands behind those of before', () => {
    const now = new Map(['a_stage', 'orders'].map((name) => [name, whole]))
    expect(judgeTables(new Map([['orders', whole]]), now).map(({ name }) => name)).toEqual(['orders', 'a_stage'])
  })
})
