import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { compare, content, measure, never, ORDERS, run, targetOf } from './rig.ts'

let database: TestDatabase
let manifest: ContentManifest
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
  manifest = await measure(database)
})
afterEach(() => database.drop())

describe('the plan’s checks', () => {
  const ask = async (check: { sql: string; expect?: string | number | boolean | null; within?: string }) =>
    (await content.runChecks({ target: targetOf(database), checks: [{ name: 'it', ...check }], signal: never }))[0]

  test('compare as the plan means it', async () => {
    expect(await ask({ sql: 'SELECT count(*) FROM orders', expect: 2000 })).toMatchObject({ verdict: 'equal' })
    expect(await ask({ sql: 'SELECT 1.50::numeric', expect: 1.5 })).toMatchObject({ verdict: 'equal' })
    expect(await ask({ sql: `SELECT '1.50'`, expect: '1.5' })).toMatchObject({ verdict: 'differs', found: '1.50' })
    expect(await ask({ sql: 'SELECT true', expect: true })).toMatchObject({ verdict: 'equal' })
    expect(await ask({ sql: 'SELECT NULL', expect: null })).toMatchObject({ verdict: 'equal' })
    expect(await ask({ sql: 'SELECT 0', expect: null })).toMatchObject({ verdict: 'differs' })
    expect(await ask({ sql: `SELECT ''`, expect: 0 })).toMatchObject({ verdict: 'differs' })
    expect(await ask({ sql: 'SELECT id FROM orders', expect: 1 })).toMatchObject({
      verdict: 'differs',
      why: { code: 'check_rows', facts: { count: 2000 } },
    })
  })

  test('measure how long an answer takes', async () => {
    expect(await ask({ sql: 'SELECT 1', within: '5s' })).toMatchObject({ verdict: 'equal' })
    expect(await ask({ sql: 'SELECT pg_sleep(0.05)', within: '10ms' })).toMatchObject({
      verdict: 'differs',
      expected: '10ms',
    })
  })

  test('that fail are unproven with the reason, without row data', async () => {
    expect(await ask({ sql: 'SELECT nosuch FROM orders', expect: 1 })).toMatchObject({
      verdict: 'not_comparable',
      why: { code: 'check_unread', facts: { seen: 'column "nosuch" does not exist' } },
    })
    const secret = await ask({ sql: `SELECT 's3cret'::int`, expect: 1 })
    expect(secret).toMatchObject({
      verdict: 'not_comparable',
      why: { code: 'check_unread', facts: { seen: 'it could not be read (SQLSTATE 22P02)' } },
    })
    expect(JSON.stringify(secret)).not.toContain('s3cret')
  })

  test('cannot write, whatever they try', async () => {
    for (const sql of [
      'DELETE FROM log',
      'COMMIT; DELETE FROM log',
      `SELECT set_config('transaction_read_only', 'off', true), (SELECT count(*) FROM log)`,
      `WITH gone AS (DELETE FROM log RETURNING 1) SELECT count(*) FROM gone`,
    ]) {
      expect((await ask({ sql, expect: 1 }))?.verdict).not.toBe('equal')
    }
    expect(await runSql(database.url, 'SELECT FROM log')).toHaveLength(100)
  })

  test('count in a comparison, and only there', async () => {
    const verification = await compare(database, manifest, {
      checks: [
        { name: 'paid orders kept', sql: `SELECT count(*) FROM orders WHERE status = 'paid'`, expect: 1000 },
        { name: 'none open', sql: `SELECT count(*) FROM orders WHERE status = 'open'`, expect: 0 },
      ],
    })
    expect(verification.checks).toEqual({ passed: 1, total: 2 })
    expect(verification.differing).toMatchObject([{ subject: 'check', name: 'none open', expected: 0, found: '1000' }])
  })
})
