import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dumpsHere } from '../../support/dumps-here.ts'
import { createDatabase, runSql, type TestDatabase, withClient } from '../../support/postgres.ts'
import { copyByDump, measure, run } from './rig.ts'

/** Types with generators of their text form. */
const cells: { readonly [type: string]: fc.Arbitrary<string> } = {
  bool: fc.constantFrom('true', 'false'),
  int4: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String),
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  numeric: fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(8))
    .map(([n, scale]) => `${n}.${'0'.repeat(scale)}1`),
  float8: fc.double({ noNaN: false }).map((n) => (Object.is(n, -0) ? '-0' : String(n))),
  text: fc.string({ unit: 'binary' }).map(storable),
  'varchar(8)': fc.string({ maxLength: 8 }).map(storable),
  'char(6)': fc.stringMatching(/^[a-z]{0,6}$/),
  bytea: fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`),
  jsonb: fc
    .json()
    .map(storable)
    .filter((text) => !text.includes('\\u0000') && isJsonb(text)),
  uuid: fc.uuid(),
  timestamptz: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString()),
  interval: fc.tuple(fc.nat(99), fc.nat(99)).map(([days, hours]) => `${days} days ${hours} hours`),
  'int4[]': fc.array(fc.integer({ min: 0, max: 99 })).map((list) => `{${list.join(',')}}`),
  mood: fc.constantFrom('sad', 'ok', 'happy'),
  feeling: fc.constantFrom('sad', 'ok', 'happy'),
  'mood[]': fc.array(fc.constantFrom('sad', 'ok', 'happy')).map((list) => `{${list.join(',')}}`),
  int4range: fc.tuple(fc.nat(99), fc.nat(99)).map(([from, length]) => `[${from},${from + length})`),
}

interface GeneratedTable {
  readonly types: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

const table: fc.Arbitrary<GeneratedTable> = fc
  .array(fc.constantFrom(...Object.keys(cells)), { minLength: 1, maxLength: 6 })
  .chain((types) =>
    fc.record({
      types: fc.constant(types),
      rows: fc.array(fc.tuple(...types.map((type) => fc.option(cellOf(type), { nil: null, freq: 6 }))), {
        minLength: 1,
        maxLength: 20,
      }),
    }),
  )

test.skipIf(!dumpsHere)('any table survives a dump and restore with its fingerprint', async () => {
  const database = await createDatabase()
  await run(database, TYPES)
  const tables = fc.sample(table, { numRuns: 40, seed: fc.sample(fc.integer(), 1)[0] ?? 0 })
  for (const [index, generated] of tables.entries()) await create(database, `t${index}`, generated)
  const copy = await copyByDump(database)
  const [before, after] = [await measure(database), await measure(copy)]
  const prints = (of: typeof before) => of.tables.map((each) => [each.name, each.rows, each.fingerprint])
  expect(prints(after)).toEqual(prints(before))
  expect(before.tables.map((each) => each.rows)).toContain(tables[0]?.rows.length)
  await copy.drop()
  await database.drop()
})

test('any single cell that prints differently is noticed', async () => {
  const database = await createDatabase()
  await run(database, TYPES)
  let count = 0
  await fc.assert(
    fc.asyncProperty(
      table.chain((generated) =>
        fc.record({
          generated: fc.constant(generated),
          row: fc.nat(generated.rows.length - 1),
          column: fc.nat(generated.types.length - 1),
          values: fc.tuple(...generated.types.map((type) => cellOf(type))),
        }),
      ),
      async ({ generated, row, column, values }) => {
        count += 1
        const name = `c${count}`
        await create(database, name, generated)
        const before = await fingerprintOf(database, name)
        const changed = generated.rows.map((cells, at) =>
          at === row ? cells.map((cell, place) => (place === column ? (values[column] ?? null) : cell)) : cells,
        )
        const print = await textOf(database, name)
        await run(database, `DROP TABLE ${name}`)
        await create(database, name, { ...generated, rows: changed })
        const same = (await textOf(database, name)) === print
        expect((await fingerprintOf(database, name)) === before).toBe(same)
        await run(database, `DROP TABLE ${name}`)
      },
    ),
    { numRuns: 60 },
  )
  await database.drop()
})

const TYPES = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); CREATE DOMAIN feeling AS mood`

async function create(database: TestDatabase, name: string, { types, rows }: GeneratedTable): Promise<void> {
  await withClient(database.url, async (client) => {
    await client.query(`CREATE TABLE ${name} (${types.map((type, at) => `c${at} ${type}`).join(', ')})`)
    for (const row of rows) {
      await client.query(
        `INSERT INTO ${name} VALUES (${row.map((_, at) => `$${at + 1}::text::${types[at]}`).join(', ')})`,
        [...row],
      )
    }
  })
}

async function fingerprintOf(database: TestDatabase, name: string): Promise<string | undefined> {
  return (await measure(database)).tables.find((each) => each.name === `public.${name}`)?.fingerprint
}

/** The multiset of rows as they print. */
async function textOf(database: TestDatabase, name: string): Promise<string> {
  const rows = await runSql<{ line: string }>(database.url, `SELECT t::text AS line FROM ${name} t ORDER BY 1`)
  return JSON.stringify(rows)
}

function cellOf(type: string): fc.Arbitrary<string> {
  return cells[type] ?? fc.constant('')
}

/** PostgreSQL's text has no NUL, and UTF-8 has no lone surrogates. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** jsonb refuses numbers that numeric cannot hold and lone surrogate escapes. */
function isJsonb(text: string): boolean {
  return !/\\ud[89a-f]/i.test(text) && !/e[+-]?\d{3,}/i.test(text)
}
