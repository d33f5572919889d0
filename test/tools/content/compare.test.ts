import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { dumpsHere } from '../../support/dumps-here.ts'
import { createDatabase, type TestDatabase, withClient } from '../../support/postgres.ts'
import { compare, content, copyByDump, measure, named, never, ORDERS, run, targetOf } from './rig.ts'

let database: TestDatabase
let manifest: ContentManifest
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
  manifest = await measure(database)
})
afterEach(() => database.drop())

describe('a database like its manifest', () => {
  test('is proven, table by table', async () => {
    const verification = await compare(database, manifest, { properties: manifest.properties })
    expect(verification).toMatchObject({
      tables: { proven: 3, total: 3 },
      checks: { passed: 0, total: 0 },
      differing: [],
      unproven: [],
      notComparable: [],
      rowsByTable: { 'public.orders': 2000, 'public.lines': 1000, 'public.log': 100 },
    })
  })

  test.skipIf(!dumpsHere)(
    'that a dump and restore made is open where an expression prints in another way, and nothing tells how it should',
    async () => {
      await run(
        database,
        `CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM orders; INSERT INTO orders (note) VALUES ('late')`,
      )
      manifest = await measure(database)
      const copy = await copyByDump(database)
      const { differing, unproven, notComparable } = await compare(copy, manifest)
      await copy.drop()
      expect(differing).toEqual([])
      expect(unproven).toMatchObject([{ name: 'public.orders.known', why: { code: 'definition_prints' } }])
      // It was stale when it was dumped, and a restore refreshes it.
      expect(notComparable.map((each) => each.name)).toEqual(['public.totals'])
    },
  )

  test('survives a manifest that went through a file', async () => {
    const verification = await compare(database, JSON.parse(JSON.stringify(manifest)))
    expect(verification.differing).toEqual([])
  })
})

describe('a comparison finds and names', () => {
  const changes: [string, string, string, object][] = [
    [
      'a changed row',
      `UPDATE orders SET amount = amount + 0.01 WHERE id = 7`,
      'public.orders',
      { subject: 'table', verdict: 'differs', expected: 2000, found: 2000 },
    ],
    [
      'a changed scale',
      `DROP VIEW paid; ALTER TABLE orders ALTER amount TYPE numeric`,
      'column public.orders.amount',
      { verdict: 'differs', expected: 'numeric(12,2)', found: 'numeric' },
    ],
    [
      'a lost row',
      `DELETE FROM log WHERE line = 'l5'`,
      'public.log',
      { verdict: 'differs', expected: 100, found: 99, why: { code: 'rows_fewer', facts: { count: 1 } } },
    ],
    ['an emptied table', `TRUNCATE log`, 'public.log', { verdict: 'differs', expected: 100, found: 0 }],
    [
      'a doubled row',
      `INSERT INTO log SELECT * FROM log WHERE line = 'l5'`,
      'public.log',
      { verdict: 'differs', expected: 100, found: 101 },
    ],
    ['an extra table', `CREATE TABLE extra (a int)`, 'public.extra', { verdict: 'extra', expected: null, found: 0 }],
    ['a missing table', `DROP TABLE log`, 'public.log', { verdict: 'missing', expected: 100, found: null }],
    [
      'a missing index',
      `DROP INDEX orders_note`,
      'public.orders.orders_note',
      { subject: 'index', verdict: 'missing' },
    ],
    [
      'another index of the same name',
      `DROP INDEX orders_note; CREATE INDEX orders_note ON orders (amount)`,
      'public.orders.orders_note',
      { subject: 'index', verdict: 'differs' },
    ],
    [
      'a missing constraint',
      `ALTER TABLE orders DROP CONSTRAINT amount_positive`,
      'public.orders.amount_positive',
      { subject: 'constraint', verdict: 'missing' },
    ],
    [
      'a constraint that was never checked',
      `ALTER TABLE orders DROP CONSTRAINT amount_positive, ADD CONSTRAINT amount_positive CHECK (amount >= 0) NOT VALID`,
      'public.orders.amount_positive',
      {
        subject: 'constraint',
        verdict: 'differs',
        why: { code: 'constraint_unvalidated' },
      },
    ],
    [
      'a sequence behind its column',
      `SELECT setval('orders_id_seq', 1500)`,
      'public.orders_id_seq',
      { subject: 'sequence', verdict: 'differs', expected: 'beyond 2000', found: '1501' },
    ],
    [
      'a missing sequence',
      `DROP SEQUENCE orders_id_seq CASCADE`,
      'public.orders_id_seq',
      { subject: 'sequence', verdict: 'missing' },
    ],
    ['a missing view', `DROP VIEW paid`, 'view public.paid', { subject: 'object', verdict: 'missing' }],
    [
      'another signature',
      `DROP FUNCTION twice; CREATE FUNCTION twice(n bigint) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      'function public.twice(bigint)',
      { subject: 'object', verdict: 'extra' },
    ],
    [
      'a lost default',
      `ALTER TABLE orders ALTER status DROP DEFAULT`,
      'column public.orders.status',
      { verdict: 'differs' },
    ],
    ['a lost column', `ALTER TABLE log DROP line`, 'column public.log.line', { verdict: 'missing' }],
    [
      'a disabled trigger',
      `ALTER TABLE log DISABLE TRIGGER t`,
      'trigger public.log.t',
      { verdict: 'differs', expected: null, found: 'D', why: { facts: { facets: 'fires' } } },
    ],
  ]
  for (const [what, sql, name, expected] of changes) {
    test(what, async () => {
      await run(database, sql)
      const { differing } = await compare(database, manifest)
      expect(named(differing, name)).toMatchObject(expected)
    })
  }

  test('an index that is not valid', async () => {
    await run(database, `INSERT INTO log VALUES (now(), 'l1')`)
    await run(database, `CREATE UNIQUE INDEX CONCURRENTLY log_line ON log (line)`).catch(() => {})
    const { differing } = await compare(database, manifest)
    expect(named(differing, 'public.log.log_line')).toMatchObject({
      subject: 'index',
      verdict: 'extra',
      why: { code: 'index_invalid' },
    })
  })

  test('a property that is not what it was', async () => {
    const { properties } = manifest
    await run(
      database,
      `ALTER DATABASE "${database.name}" CONNECTION LIMIT 7; ALTER DATABASE "${database.name}" SET work_mem = '8MB'`,
    )
    const { differing } = await compare(database, manifest, { properties })
    expect(differing.map((each) => [each.name, each.expected, each.found])).toEqual([
      ['connection limit', -1, 7],
      ['settings', [], ['work_mem=8MB']],
    ])
  })

  test('no privilege where the default was only spelt out', async () => {
    const { properties } = manifest
    await run(database, `GRANT CONNECT ON DATABASE "${database.name}" TO PUBLIC`)
    expect((await compare(database, manifest, { properties })).differing).toEqual([])
    await run(database, `REVOKE CONNECT ON DATABASE "${database.name}" FROM PUBLIC`)
    const { differing } = await compare(database, manifest, { properties })
    expect(differing.map((each) => each.name)).toEqual(['privileges'])
  })

  test('only what hangs on a table, if that is all that was asked', async () => {
    await run(
      database,
      `DROP VIEW paid; UPDATE orders SET note = 'x' WHERE id = 1; DELETE FROM log; SELECT setval('orders_id_seq', 1)`,
    )
    const { differing, tables } = await compare(database, manifest, { tables: ['orders'] })
    expect(differing.map((each) => each.name)).toEqual(['public.orders', 'public.orders_id_seq'])
    expect(tables).toEqual({ proven: 0, total: 1 })
    const other = await compare(database, manifest, { tables: ['nosuch'] })
    expect(other.unproven).toMatchObject([{ name: 'nosuch', why: { code: 'table_unknown' } }])
  })
})

test('properties are read over the maintenance connection, also of a database that is closed', async () => {
  await withClient(targetOf(database).adminUrl, async (admin) => {
    await admin.query(`ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS false`)
    const found = await content.readProperties({ target: targetOf(database), database: database.name })
    await admin.query(`ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS true`)
    expect(found).toEqual(manifest.properties)
  })
})

/** Where neither login of a plan may read more than the other. */
function atMaintenance(url: URL): string {
  return Object.assign(new URL(url), { pathname: '/postgres' }).href
}

describe('what cannot be read', () => {
  test('is unproven, with the reason, and does not cost the rest', async () => {
    const role = `limited_${process.pid}`
    await run(
      database,
      `CREATE ROLE ${role} LOGIN PASSWORD 'p'; GRANT USAGE ON SCHEMA public TO ${role}; GRANT SELECT ON orders, lines TO ${role};
      ALTER TABLE lines ENABLE ROW LEVEL SECURITY; GRANT SELECT ON SEQUENCE orders_id_seq TO ${role}`,
    )
    const url = new URL(database.url)
    url.username = role
    url.password = 'p'
    const target = { ...targetOf(database), url: url.href, adminUrl: atMaintenance(url) }
    const { unproven, differing, tables } = await compare(database, manifest, { target })
    await run(database, `DROP OWNED BY ${role}; DROP ROLE ${role}`)
    // What the test granted, and that it turned row security on.
    expect(differing.every((each) => each.why?.code === 'definition_differs')).toBe(true)
    expect(tables).toEqual({ proven: 1, total: 3 })
    expect(named(unproven, 'public.lines')?.why?.facts.seen).toContain('row-level security')
    expect(named(unproven, 'public.log')?.why?.facts.seen).toContain('permission denied')
  })

  test('makes measuring fail instead of leaving a gap', async () => {
    await run(database, `CREATE TABLE t (a int); CREATE ROLE r_${process.pid} LOGIN PASSWORD 'p'`)
    const url = new URL(database.url)
    url.username = `r_${process.pid}`
    url.password = 'p'
    const target = { ...targetOf(database), url: url.href, adminUrl: atMaintenance(url) }
    await expect(content.measure({ target, signal: never })).rejects.toMatchObject({ code: 'target_rights' })
    await run(database, `DROP ROLE r_${process.pid}`)
  })
})
