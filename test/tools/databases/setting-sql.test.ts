import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitNames, writeSetting } from '../../../src/tools/databases/setting-sql.ts'
import { adminUrl, createDatabase, runSql } from '../../support/postgres.ts'

test.each([
  ['work_mem=7MB', `"work_mem" TO '7MB'`],
  ['search_path="$user", public', `"search_path" TO '$user', 'public'`],
  ['search_path=""', `"search_path" TO ''`],
  ['app.tenant=a=b, c', `"app"."tenant" TO 'a=b, c'`],
  ['DateStyle=ISO, DMY', `"DateStyle" TO 'ISO, DMY'`],
])('%s is written as %s', (setting, sql) => {
  expect(writeSetting(setting)).toBe(sql)
})

test('names in a list survive quotes, commas and blanks', () => {
  const name = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => !one.includes('\0'))
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const list = names.map((one) => `"${one.replaceAll('"', '""')}"`).join(', ')
      expect(splitNames(list)).toEqual(names)
    }),
  )
})

test('what the server stores is what is written back, whatever the value', async () => {
  const [from, to] = [await createDatabase(), await createDatabase()]
  const read = async (name: string) =>
    (
      await runSql<{ list: string[] }>(
        adminUrl(),
        `SELECT setconfig AS list FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE datname = $1`,
        [name],
      )
    )[0]?.list ?? []
  for (const sql of [
    `SET search_path TO "$user", 'My "odd", schema', public`,
    `SET app.note TO 'it''s "quoted", \\ and 주문'`,
    `SET default_transaction_isolation TO 'repeatable read'`,
    `SET session_preload_libraries TO ''`,
  ])
    await runSql(adminUrl(), `ALTER DATABASE ${from.name} ${sql}`)
  const stored = await read(from.name)
  for (const setting of stored) await runSql(adminUrl(), `ALTER DATABASE ${to.name} SET ${writeSetting(setting)}`)
  expect(await read(to.name)).toEqual(stored)
  await from.drop()
  await to.drop()
})
