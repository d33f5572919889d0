import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { compareObjectDefinitions, nameObject, type ObjectDefinition } from '../../../../src/domain/definitions.ts'
import { readDefinitions } from '../../../../src/tools/content/definitions/read.ts'
import { dumpsHere } from '../../../support/dumps-here.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase } from '../../../support/postgres.ts'
import { compare, copyByDump, measure, run } from '../rig.ts'
import { type Mutation, mutateEach } from './mutate-each.ts'
import { noChanges, otherMutations } from './other-mutations.ts'
import { relationMutations } from './relation-mutations.ts'

/** every-kind.sql holds what came with PostgreSQL 15, such as publications of columns. */
const here = inject('serverMajor') < 15 ? test.skip : test
const hereByDump = dumpsHere ? here : test.skip

let database: TestDatabase
let client: pg.Client
let before: ObjectDefinition[]
beforeAll(async () => {
  for (const role of ['d_owner', 'd_reader', 'd_other']) {
    const taken = await runSql(adminUrl(), `SELECT FROM pg_roles WHERE rolname = $1`, [role])
    if (taken.length === 0) await runSql(adminUrl(), `CREATE ROLE ${role}`)
  }
  database = await createDatabase()
  await run(database, readFileSync(new URL('every-kind.sql', import.meta.url), 'utf8'))
  client = new pg.Client({ connectionString: database.url, options: '-c search_path=pg_catalog,pg_temp' })
  await client.connect()
  before = await readDefinitions(client, 150_000)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** Names of all that differs once the statements have run; then they are taken back. */
async function lookAfter(sql: string): Promise<string[]> {
  await client.query('BEGIN; SET LOCAL allow_system_table_mods = on; SET LOCAL client_min_messages = error')
  try {
    await client.query(sql)
    const after = await readDefinitions(client, 150_000)
    return compareObjectDefinitions(before, after).map(nameObject)
  } finally {
    await client.query('ROLLBACK')
  }
}

interface Tried {
  readonly mutation: Mutation
  readonly seen: readonly string[] | string
}

const isNoticed = ({ mutation, seen }: Tried) =>
  typeof seen !== 'string' && seen.some((name) => name.startsWith(mutation.noticed))

here(
  'each of some hundred single changes is noticed, under the name of what was changed',
  {
    timeout: 300_000,
  },
  async () => {
    const mutations = [...mutateEach(before), ...relationMutations, ...otherMutations]
    const tried: Tried[] = []
    for (const mutation of mutations) {
      const seen = await lookAfter(mutation.sql).catch((thrown: Error) => `could not be tried: ${thrown.message}`)
      tried.push({ mutation, seen })
    }
    process.stdout.write(writeTable(tried))
    const missed = tried.filter((one) => !isNoticed(one))
    expect(missed.map(({ mutation, seen }) => ({ ...mutation, seen }))).toEqual([])
    expect(tried.length).toBeGreaterThan(300)
  },
)

here.each(noChanges)('nothing is noticed where nothing changed: %s', async (sql) => {
  expect(await lookAfter(sql)).toEqual([])
})

here('a comment that outlived its object is no definition, so that a manifest can be read again', async () => {
  const orphan = `INSERT INTO pg_description VALUES (3999999999, 'pg_subscription'::regclass, 0, 'left behind')`
  expect(await lookAfter(orphan)).toEqual([])
})

here('a number that the server itself keeps with a column is no definition, other options of it are', async () => {
  const set = (options: string) =>
    `UPDATE pg_attribute SET attoptions = '{${options}}'
      WHERE attrelid = (SELECT min(oid) FROM pg_class WHERE relkind = 'r' AND oid >= 16384) AND attnum = 1`
  expect(await lookAfter(set('pg_attver=26457056'))).toEqual([])
  expect(await lookAfter(set('n_distinct=5,pg_attver=1'))).toHaveLength(1)
})

hereByDump('a copy that a dump made has the same definitions, text for text', async () => {
  const manifest = await measure(database)
  const copy = await copyByDump(database)
  const { differing, unproven, definitions } = await compare(copy, manifest)
  await copy.drop()
  expect({ differing, unproven }).toEqual({ differing: [], unproven: [] })
  expect(definitions.proven).toBe(before.length)
})

/** What is committed, and taken back by a second statement: rows, large objects and sequences. */
const content: readonly (readonly [string, string, string, string])[] = [
  [
    'row changed',
    `UPDATE app.parent SET name = 'x' WHERE id = 1`,
    `UPDATE app.parent SET name = 'p1' WHERE id = 1`,
    'app.parent',
  ],
  ['row lost', `DELETE FROM app.childinh`, `INSERT INTO app.childinh VALUES (1, 'y', 2)`, 'app.childinh'],
  [
    'row doubled',
    `INSERT INTO app.kept VALUES (1)`,
    `ALTER TABLE app.kept DISABLE RULE nodelete; DELETE FROM app.kept; INSERT INTO app.kept VALUES (1); ALTER TABLE app.kept ENABLE RULE nodelete`,
    'app.kept',
  ],
  [
    'row moved',
    `UPDATE app.m SET d = '2025-06-01' WHERE id = 1`,
    `UPDATE app.m SET d = '2024-01-02' WHERE id = 1`,
    'app.m_24',
  ],
  [
    'null for a value',
    `TRUNCATE "we.ird"."a.b"; INSERT INTO "we.ird"."a.b" VALUES (NULL, 2, 'three')`,
    `TRUNCATE "we.ird"."a.b"; INSERT INTO "we.ird"."a.b" VALUES (1, 2, 'three')`,
    '"we.ird"."a.b"',
  ],
  ['enum', `UPDATE app.doms SET y = 'sad'`, `UPDATE app.doms SET y = 'ok'`, 'app.doms'],
  ['range', `UPDATE app.doms SET z = '[1,3]'`, `UPDATE app.doms SET z = '[1,2]'`, 'app.doms'],
  ['domain', `UPDATE app.doms SET x = 2`, `UPDATE app.doms SET x = 1`, 'app.doms'],
  ['collated text', `UPDATE app.coll SET y = 'B'`, `UPDATE app.coll SET y = 'b'`, 'app.coll'],
  ['unlogged row', `UPDATE app.fleeting SET x = 2`, `UPDATE app.fleeting SET x = 1`, 'app.fleeting'],
  ['large object', `SELECT lo_put(4711, 0, 'F')`, `SELECT lo_put(4711, 0, 'f')`, 'large objects'],
  ['sequence back', `SELECT setval('app.invoice_no', 4000)`, `SELECT setval('app.invoice_no', 5000)`, 'app.invoice_no'],
  [
    'sequence not called',
    `SELECT setval('app.invoice_no', 5000, false)`,
    `SELECT setval('app.invoice_no', 5000)`,
    'app.invoice_no',
  ],
  ['descending back', `SELECT setval('app.down', 1000, false)`, `SELECT setval('app.down', 900)`, 'app.down'],
  [
    'identity behind',
    `SELECT setval('app.child_id_seq', 3)`,
    `SELECT setval('app.child_id_seq', 10)`,
    'app.child_id_seq',
  ],
  [
    'serial behind',
    `SELECT setval('app.child_serial_no_seq', 1, false)`,
    `SELECT setval('app.child_serial_no_seq', 10)`,
    'app.child_serial_no_seq',
  ],
]

here(
  'changes of rows, large objects and sequences are noticed by name, and are gone when taken back',
  {
    timeout: 120_000,
  },
  async () => {
    await run(database, `SELECT setval('app.down', 900)`)
    const manifest = await measure(database)
    const missed: string[] = []
    for (const [kind, change, back, name] of content) {
      await run(database, change)
      const { differing } = await compare(database, manifest)
      if (!differing.some((one) => one.name === name)) missed.push(kind)
      await run(database, back)
    }
    expect(missed).toEqual([])
    expect((await compare(database, manifest)).differing).toEqual([])
  },
)

const properties: readonly (readonly [string, string, string])[] = [
  ['owner', 'OWNER TO d_owner', 'OWNER TO postgres'],
  ['connection limit', 'CONNECTION LIMIT 9', 'CONNECTION LIMIT -1'],
  ['settings', `SET work_mem = '7MB'`, 'RESET work_mem'],
  ['template flag', 'IS_TEMPLATE true', 'IS_TEMPLATE false'],
]

here('changes of properties of the database are noticed by name', async () => {
  const manifest = await measure(database)
  const missed: string[] = []
  for (const [name, change, back] of properties) {
    await runSql(adminUrl(), `ALTER DATABASE "${database.name}" ${change}`)
    const { differing } = await compare(database, manifest, { properties: manifest.properties, tables: ['app.kept'] })
    if (!differing.some((one) => one.name === name)) missed.push(name)
    await runSql(adminUrl(), `ALTER DATABASE "${database.name}" ${back}`)
  }
  expect(missed).toEqual([])
  const { differing } = await compare(database, manifest, { properties: manifest.properties })
  expect(differing).toEqual([])
})

function writeTable(tried: readonly Tried[]): string {
  const lines = [...Map.groupBy(tried, (one) => one.mutation.kind)].map(
    ([kind, of]) =>
      `${kind.padEnd(34)} ${String(of.length).padStart(5)} ${String(of.filter(isNoticed).length).padStart(8)}`,
  )
  const sum = `${'all'.padEnd(34)} ${String(tried.length).padStart(5)} ${String(tried.filter(isNoticed).length).padStart(8)}`
  return `${'kind'.padEnd(34)} tried  noticed\n${[...lines, sum].join('\n')}\n`
}
