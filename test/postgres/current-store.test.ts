import pg from 'pg'
import { expect, it } from 'vitest'
import { requireCurrentStore } from '../../src/postgres/migrate.ts'
import { createStoreDatabase, runSql } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

it('who may not migrate says what the store lacks, waits for somebody who brings it, and refuses a newer one', async () => {
  const database = await createStoreDatabase()
  const { worker } = await makeStoreRoles(database)
  const pool = new pg.Pool({ connectionString: worker, max: 1 })
  const put = (name: string) => runSql(database.url, `INSERT INTO public.salvor_migrations (name) VALUES ('${name}')`)
  try {
    const [last] = await runSql(
      database.url,
      `DELETE FROM public.salvor_migrations WHERE name = (SELECT max(name) FROM public.salvor_migrations) RETURNING name`,
    )
    const names = String(last?.name)
    await expect(requireCurrentStore(pool)).rejects.toMatchObject({ code: 'store_behind', facts: { names } })
    const waiting = requireCurrentStore(pool, 60_000)
    await put(names)
    await expect(waiting).resolves.toBeUndefined()
    await put('9999_later.sql')
    const newer = { code: 'store_ahead', facts: { names: '9999_later.sql' } }
    await expect(requireCurrentStore(pool, 60_000)).rejects.toMatchObject(newer)
  } finally {
    await pool.end()
    await database.drop()
  }
})
