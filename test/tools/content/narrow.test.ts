import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { content, never, ORDERS, run, targetOf } from './rig.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
})
afterEach(() => database.drop())

describe('narrowing', () => {
  test('names changed, lost and new rows by key, and says where it cannot', async () => {
    const copy = await createDatabase({ template: database.name })
    await run(
      copy,
      `UPDATE orders SET note = 'x' WHERE id = 12; INSERT INTO orders (id, note) VALUES (9001, 'y'); DELETE FROM lines WHERE order_id = 77; DELETE FROM log`,
    )
    const narrowed = await content.narrow({
      left: { target: targetOf(database) },
      right: { target: targetOf(copy) },
      tables: ['public.orders', 'public.lines', 'public.log'],
      limit: 10,
      signal: never,
    })
    await copy.drop()
    expect(narrowed).toEqual([
      { table: 'public.lines', keys: ['77, 1'], why: null },
      { table: 'public.log', keys: [], why: { code: 'keys_none', facts: {} } },
      { table: 'public.orders', keys: ['12', '9001'], why: null },
    ])
  })

  test('names keys that are people’s addresses or numbers by their kind alone', async () => {
    await run(
      database,
      `CREATE TABLE salaries (who text PRIMARY KEY, pay int); INSERT INTO salaries VALUES ('kim@corp.example', 1), ('+82 10-1234-5678', 2)`,
    )
    const copy = await createDatabase({ template: database.name })
    await run(copy, `UPDATE salaries SET pay = 9`)
    const sides = { left: { target: targetOf(database) }, right: { target: targetOf(copy) } }
    const [found] = await content.narrow({ ...sides, tables: ['public.salaries'], limit: 10, signal: never })
    await copy.drop()
    expect(found?.keys).toHaveLength(2)
    expect(found?.keys.join()).not.toMatch(/corp|1234/)
  })
})
