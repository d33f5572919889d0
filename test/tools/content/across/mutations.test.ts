import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpsHere } from '../../../support/dumps-here.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { copyByDump, run } from '../rig.ts'
import { columnOf, everyType, literal, TYPES, valueAt, writeTable } from './every-type.ts'
import { across, newFolder } from './rig.ts'

const ROWS = 400
/** Single values that are changed: a slice here, all of them in `npm run prove:compare`. */
const MUTATIONS = Number(process.env.COMPARE_MUTATIONS ?? 600)
const AT_ONCE = 200
/** The same ones each time. */
const SEED = 20261201

let here: TestDatabase
let there: TestDatabase
beforeAll(async () => {
  here = await createDatabase()
  await run(here, TYPES)
  await run(here, writeTable('keyed', ROWS, true))
  await run(here, `${writeTable('bag', 60, false)}; INSERT INTO bag SELECT * FROM bag WHERE id < 9`)
  const wide = Array.from({ length: 1000 }, (_, at) => `w${at} int DEFAULT ${at}`)
  await run(
    here,
    `CREATE TABLE wide (id int PRIMARY KEY, ${wide.join(', ')}); INSERT INTO wide SELECT generate_series(1, 50)`,
  )
  await run(
    here,
    `CREATE TABLE long (id int PRIMARY KEY, body text, raw bytea);
    INSERT INTO long SELECT n, repeat('é' || n, 500000), convert_to(repeat('b' || n, 500000), 'UTF8') FROM generate_series(1, 4) n`,
  )
  there = dumpsHere ? await copyByDump(here) : here
})
afterAll(async () => {
  await here.drop()
  if (there !== here) await there.drop()
})

test.skipIf(!dumpsHere)('every built-in type with its edge values is equal after dump and restore', async () => {
  const { tables, schema } = await across(here, there)
  const told = Object.values(tables).map(({ name, by, inserted, deleted, changed, why }) => [
    name,
    by,
    inserted,
    deleted,
    changed,
    why,
  ])
  expect(told.toSorted()).toEqual([
    ['public.bag', 'row', 0, 0, 0, null],
    ['public.keyed', 'key', 0, 0, 0, null],
    ['public.long', 'key', 0, 0, 0, null],
    ['public.wide', 'key', 0, 0, 0, null],
  ])
  expect(schema).toEqual([])
})

test.skipIf(!dumpsHere)('one value of a thousand columns, and the last character of a megabyte, is found', async () => {
  await run(
    here,
    `UPDATE wide SET w777 = -1 WHERE id = 7; UPDATE long SET body = body || '.' WHERE id = 2; UPDATE long SET raw = raw || '\\x00' WHERE id = 3`,
  )
  const { tables } = await across(here, there, {}, { tables: ['wide', 'long'] })
  expect(tables['public.wide']).toMatchObject({ changed: 1, keys: ['7'], columns: [{ column: 'w777', rows: 1 }] })
  expect(tables['public.long']).toMatchObject({ changed: 2, inserted: 0, deleted: 0 })
})

const mutation = fc.record({ type: fc.constantFrom(...Object.keys(everyType)), pick: fc.nat() })

test.skipIf(!dumpsHere)(
  'each single value that was changed is named with row and column, and nothing besides',
  async () => {
    const rounds = Math.ceil(MUTATIONS / AT_ONCE)
    const all = fc.sample(mutation, { numRuns: rounds * AT_ONCE, seed: SEED })
    for (let round = 0; round < rounds; round += 1) {
      const changed = all.slice(round * AT_ONCE, (round + 1) * AT_ONCE).map(({ type, pick }, at) => {
        const row = (at * 2 + round) % ROWS
        const now = valueAt(type, row)
        const others = [...(everyType[type] ?? []), null].filter((value) => value !== now)
        return { type, row, now, later: others[pick % others.length] ?? null }
      })
      const write = (value: 'now' | 'later') =>
        changed
          .map((one) => `UPDATE keyed SET ${columnOf(one.type)} = ${literal(one[value])} WHERE id = ${one.row}`)
          .join(';')
      await run(here, write('later'))
      const { tables } = await across(here, there, {}, { tables: ['keyed'], folder: newFolder() })
      const found = tables['public.keyed']
      expect(found).toMatchObject({ inserted: 0, deleted: 0, changed: AT_ONCE, why: null })
      const named = [...readFileSync(found?.file ?? '', 'utf8').matchAll(/^changed,(\d+),(c\d+),/gm)].map(
        ([, id, column]) => `${id} ${column}`,
      )
      expect(named.toSorted()).toEqual(changed.map(({ row, type }) => `${row} ${columnOf(type)}`).toSorted())
      await run(here, write('now'))
    }
  },
)
