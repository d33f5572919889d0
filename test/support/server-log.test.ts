import pg from 'pg'
import { expect, test } from 'vitest'
import { adminUrl, createDatabase, dropDatabase, runSql } from './postgres.ts'
import { loggedErrors, loggedStatements, markServerLog } from './server-log.ts'

test('a rename is counted at the server, simple or prepared, and only since the mark', async () => {
  const { name } = await createDatabase()
  const mark = markServerLog()
  await runSql(adminUrl(), `ALTER DATABASE ${name} RENAME TO ${name}_b`)
  const named = new pg.Client({ connectionString: adminUrl(), application_name: 'salvor:step-1:4' })
  await named.connect()
  await named.query({ name: 'rename', text: `ALTER DATABASE ${name}_b\n  RENAME TO ${name}_c` })
  await named.end()
  const renames = loggedStatements(mark, new RegExp(`ALTER DATABASE ${name}`))
  expect(renames.map(({ application, database }) => [application, database])).toEqual([
    ['test', 'postgres'],
    ['salvor:step-1:4', 'postgres'],
  ])
  expect(renames[1]?.sql).toMatch(/\n {2}RENAME TO/)
  expect(loggedStatements(markServerLog(), new RegExp(name))).toEqual([])
  await dropDatabase(`${name}_c`)
})

test('an error of the server is found with its words', async () => {
  const mark = markServerLog()
  await expect(runSql(adminUrl(), 'SELECT * FROM nowhere_to_be_found')).rejects.toThrow()
  expect(loggedErrors(mark, /nowhere/)).toEqual(['relation "nowhere_to_be_found" does not exist at character 15'])
})
