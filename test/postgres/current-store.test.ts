import pg from 'pg'
import { expect, it } from 'vitest'
import { migrateStore, requireCurrentStore } from '../../src/postgres/migrate.ts'
import { createStoreDatabase, runSql } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

it('who may not migrate says what the store lacks, waits for somebody who brings it, and refuses a newer or another one', async () => {
  const database = await createStoreDatabase()
  const { worker } = await makeStoreRoles(database)
  const pool = new pg.Pool({ connectionString: worker, max: 1 })
  const put = (name: string, digest: string) =>
    runSql(database.url, 'INSERT INTO public.salvor_migrations (name, digest) VALUES ($1, $2)', [name, digest])
  try {
    const [last] = await runSql(
      database.url,
      `DELETE FROM public.salvor_migrations WHERE name = (SELECT max(name) FROM public.salvor_migrations) RETURNING name, digest`,
    )
    const [names, digest] = [String(last?.name), String(last?.digest)]
    await expect(requireCurrentStore(pool)).rejects.toMatchObject({ code: 'store_behind', facts: { names } })
    const waiting = requireCurrentStore(pool, 60_000)
    await put(names, digest)
    await expect(waiting).resolves.toBeUndefined()
    await put('9999_later.sql', digest)
    const newer = { code: 'store_ahead', facts: { names: '9999_later.sql' } }
    await expect(requireCurrentStore(pool, 60_000)).rejects.toMatchObject(newer)
    await runSql(database.url, `UPDATE public.salvor_migrations SET digest = 'x' WHERE name = '${names}'`)
    const edited = { code: 'store_edited', facts: { names } }
    await expect(requireCurrentStore(pool, 60_000)).rejects.toMatchObject(edited)
    await expect(migrateStore(database.url)).rejects.toMatchObject(edited)
    await runSql(database.url, 'ALTER TABLE public.salvor_migrations DROP COLUMN digest')
    await expect(requireCurrentStore(pool)).rejects.toMatchObject({ code: 'store_edited' })
  } finally {
    await pool.end()
    await database.drop()
  }
})
