import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { createDatabase, type TestDatabase, withClient } from '../../support/postgres.ts'
import { content, measure, never, ORDERS, run, targetOf } from './rig.ts'

let database: TestDatabase
let manifest: ContentManifest
beforeEach(async () => {
  database = await createDatabase()
  await run(database, ORDERS)
  manifest = await measure(database)
})
afterEach(() => database.drop())

describe('counting', () => {
  test('gives exact rows of tables that hold some, and of nothing that can be computed', async () => {
    await run(database, `CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE TABLE none (a int)`)
    expect(await content.countRows({ target: targetOf(database), signal: never })).toEqual({
      'public.orders': 2000,
      'public.lines': 1000,
      'public.log': 100,
    })
  })

  test('reads a database’s properties over the maintenance connection, also when it is closed', async () => {
    await withClient(targetOf(database).adminUrl, async (admin) => {
      await admin.query(`ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS false`)
      const found = await content.readProperties({ target: targetOf(database), database: database.name })
      await admin.query(`ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS true`)
      expect(found).toEqual(manifest.properties)
    })
  })
})
