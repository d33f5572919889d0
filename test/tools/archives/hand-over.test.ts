import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handOver } from '../../../src/tools/archives/hand-over.ts'
import type { TocEntry } from '../../../src/tools/archives/toc.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase, urlOf } from '../../support/postgres.ts'

const loader = { name: `over_loader_${randomBytes(3).toString('hex')}`, password: 'loader-secret' }
let database: TestDatabase
beforeAll(async () => {
  await runSql(adminUrl(), `CREATE ROLE ${loader.name} LOGIN PASSWORD '${loader.password}'`)
  database = await createDatabase({ prefix: 'over' })
  await runSql(database.url, 'CREATE TABLE "odd é" (n int); CREATE FUNCTION f(int) RETURNS int LANGUAGE sql RETURN 1')
})
afterAll(async () => {
  await database.drop()
  await runSql(adminUrl(), `DROP ROLE ${loader.name}`)
})

const entry = (more: Partial<TocEntry>): TocEntry => ({
  ...{ id: 1, kind: 'ACL', tag: 'TABLE "odd é"', schema: 'public', owner: null, tablespace: null },
  ...{ definition: '', drop: '', copy: null, needs: [], data: null },
  ...more,
})
const give = (...entries: TocEntry[]) =>
  handOver({
    target: {
      ...{ system: 'orders-db', url: database.url, adminUrl: adminUrl(), loadUrl: urlOf('postgres', loader) },
      session: { step: 'over/load', fence: 1 },
    },
    ...{ database: database.name, owner: 'postgres', backup: 'd-0130', entries, server: 15 },
    signal: new AbortController().signal,
  })
const readGrants = () =>
  runSql<{ acl: string }>(
    database.url,
    `SELECT relacl::text AS acl FROM pg_class WHERE relname = 'odd é' UNION ALL SELECT proacl::text FROM pg_proc WHERE proname = 'f'`,
  )

test('grants are made one by one, with names looked up as the archive means them', async () => {
  const searchPath = entry({ id: 2, kind: 'SEARCHPATH', tag: 'SEARCHPATH' })
  const table = 'REVOKE ALL ON TABLE public."odd é" FROM postgres;\nGRANT SELECT ON TABLE public."odd é" TO PUBLIC;\n\n'
  await give(searchPath, entry({ definition: table }))
  // As pg_dump of version 10 wrote it.
  await give(entry({ tag: 'f(integer)', definition: 'REVOKE ALL ON FUNCTION f(integer) FROM PUBLIC;\n' }))
  expect(await readGrants()).toEqual([{ acl: '{=r/postgres}' }, { acl: '{postgres=X/postgres}' }])
})

test('what the server refuses is told as of a load', async () => {
  const definition = 'GRANT SELECT ON TABLE public."odd é" TO nobody_known;'
  await expect(give(entry({ definition }))).rejects.toMatchObject({
    code: 'target_role_missing',
    facts: { role: 'nobody_known' },
  })
  const missing = 'GRANT SELECT ON TABLE public.gone TO PUBLIC;'
  await expect(give(entry({ definition: missing }))).rejects.toMatchObject({
    code: 'archive_unloadable',
    facts: { statement: missing.slice(0, -1) },
  })
})
