import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../../sandbox/bootstrap/start-postgres.ts'
import { silentLog } from '../../../src/ports/log.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { runSql } from '../../support/postgres.ts'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres({
    dir: mkdtempSync(join(inject('runFolder'), 'icu-')),
    settings: { fsync: 'off', shared_buffers: '16MB' },
    initdb: ['--locale-provider=icu', '--icu-locale=sv'],
  })
})
afterAll(() => server.stop('immediate'))

const kinds: readonly (readonly [string, string])[] = [
  ['libc, where template0 has ICU', `LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`],
  ['another locale of ICU', `LOCALE_PROVIDER icu ICU_LOCALE 'de-u-co-phonebk' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`],
  ['another encoding', `LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'EUC_KR'`],
  ['what the server gives', ''],
]

test.each(kinds)('a side database sorts as live does: %s', async (_what, words) => {
  const admin = server.url('postgres')
  await runSql(admin, `CREATE DATABASE shop TEMPLATE template0 ${words}`)
  const target = {
    system: 's',
    url: server.url('shop'),
    adminUrl: admin,
    session: { step: 'restore-1/create', fence: 1 },
  }
  const like = await createContentTools({ log: silentLog }).readProperties({ target, database: 'shop' })
  await createDatabaseTools().createSide({ target, name: 'shop_side_1', like, job: 'restore-1' })
  const rows = await runSql(
    admin,
    `SELECT DISTINCT datlocprovider, daticulocale, datcollate, datctype, encoding, dattablespace, datcollversion
       FROM pg_database WHERE datname IN ('shop', 'shop_side_1')`,
  )
  await runSql(admin, 'DROP DATABASE shop')
  await runSql(admin, 'DROP DATABASE shop_side_1')
  expect(rows).toHaveLength(1)
})
