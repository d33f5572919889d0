import { mkdtempSync, readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { testProvider } from '../../contracts/backup-providers.ts'
import { adminUrl, createDatabase, runSql } from '../../support/postgres.ts'
import { realTools } from '../../support/step-context.ts'

testProvider('pg_dump', async () => {
  const database = await createDatabase({ prefix: 'prov' })
  const side = await createDatabase({ prefix: 'prov_side' })
  const folder = mkdtempSync(join(inject('runFolder'), 'dumps-'))
  const place = { kind: 'pg_dump', folder } as const
  const { pg_dump } = realTools().backups
  const { signal } = new AbortController()
  const session = { step: 'backup-1/dump', fence: 1 }
  const target = { system: 'shop', url: database.url, adminUrl: adminUrl(), session }
  await runSql(database.url, `CREATE TABLE customers AS SELECT n AS id FROM generate_series(1, 50) n`)
  return {
    takes: ['full'],
    list: () => pg_dump.list(place, signal),
    backup: async () => (await pg_dump.backup({ target, folder, jobs: 1, signal })).point,
    prove: (point) => pg_dump.prove({ point, signal }),
    async restore(point) {
      const proven = await pg_dump.prove({ point, signal })
      const into = { target, database: side.name, owner: 'postgres', jobs: 1, manifest: null, signal }
      await pg_dump.restoreInto({ point, proven, ...into })
      const [row] = await runSql<{ count: string }>(side.url, 'SELECT count(*) FROM customers')
      return Number(row?.count)
    },
    async damage() {
      const [name = ''] = readdirSync(folder)
      const [data = ''] = readdirSync(join(folder, name)).filter((one) => one.endsWith('.gz'))
      truncateSync(join(folder, name, data), 10)
    },
    write: (sql) => runSql(database.url, sql),
    async close() {
      await side.drop()
      await database.drop()
    },
  }
})
