import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type PgProxy, startPgProxy } from './pg-proxy.ts'
import { adminUrl, createDatabase, runSql, type TestDatabase } from './postgres.ts'
import { sessionsOf, startProgram } from './processes.ts'
import { until } from './until.ts'

let database: TestDatabase
let proxy: PgProxy
const clients: pg.Client[] = []

beforeEach(async () => {
  database = await createDatabase()
  await runSql(database.url, 'CREATE TABLE marks (n int)')
  proxy = await startPgProxy(adminUrl())
})

afterEach(async () => {
  await proxy.close()
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})))
  await database.drop()
})

async function connect(name = 'proxied'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: proxy.through(database.url), application_name: name })
  client.on('error', () => {})
  clients.push(client)
  await client.connect()
  return client
}

async function countMarks(): Promise<number> {
  const [row] = await runSql<{ count: number }>(database.url, 'SELECT count(*)::int FROM marks')
  return row?.count ?? -1
}

test.each([
  ['simple', 'INSERT INTO marks VALUES (1)'],
  ['extended', { text: 'INSERT INTO marks VALUES ($1)', values: [1] }],
])('a held %s statement reaches the server only when it is released', async (_, query) => {
  const client = await connect('salvor:step-1:1')
  const held = proxy.hold(/^INSERT INTO marks/)
  const done = client.query(query as pg.QueryConfig)
  const { sql, application, release } = await held
  expect([sql.slice(0, 17), application]).toEqual(['INSERT INTO marks', 'salvor:step-1:1'])
  expect(await countMarks()).toBe(0)
  release()
  await done
  expect(await countMarks()).toBe(1)
})

test('a prepared statement is held at its second execution too', async () => {
  const client = await connect()
  const insert = { name: 'mark', text: 'INSERT INTO marks VALUES ($1)', values: [1] }
  await client.query(insert)
  const held = proxy.hold(/INSERT/)
  const second = client.query(insert)
  ;(await held).release()
  await second
  expect(await countMarks()).toBe(2)
})

test('a dropped statement never happens, and its connection is gone', async () => {
  const client = await connect()
  const held = proxy.hold(/INSERT/)
  const done = client.query('INSERT INTO marks VALUES (1)')
  const failed = expect(done).rejects.toThrow(/terminated|ECONNRESET/)
  ;(await held).drop()
  await failed
  await until('no session', async () => (await sessionsOf(adminUrl(), /^proxied$/)).length === 0)
  expect(await countMarks()).toBe(0)
})

test('after a COMMIT the server has it although the client was never told', async () => {
  const client = await connect()
  const answered = proxy.after(/^COMMIT/)
  await client.query('BEGIN')
  await client.query('INSERT INTO marks VALUES (1)')
  let told = false
  const done = client.query('COMMIT').then(
    () => {
      told = true
    },
    (error: Error) => error.message,
  )
  const held = await answered
  expect(await countMarks()).toBe(1)
  expect(told).toBe(false)
  held.drop()
  expect(await done).toMatch(/terminated|ECONNRESET/)
})

test('an error of the server counts as the answer', async () => {
  const client = await connect()
  const answered = proxy.after(/nowhere/)
  const done = expect(client.query('SELECT * FROM nowhere')).rejects.toThrow('does not exist')
  ;(await answered).release()
  await done
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

test('a client that is killed while its statement is held leaves nothing behind', async () => {
  const held = proxy.hold(/INSERT/)
  const psql = startProgram(
    [`${inject('postgresBin')}/psql`, '-d', proxy.through(database.url), '-c', 'INSERT INTO marks VALUES (1)'],
    { PGAPPNAME: 'killed' },
  )
  expect((await held).application).toBe('killed')
  psql.kill('SIGKILL')
  await until('no session', async () => (await sessionsOf(adminUrl(), /^killed$/)).length === 0)
  expect(await countMarks()).toBe(0)
})

test('refusing keeps out newcomers and leaves those who are in', async () => {
  const client = await connect()
  await proxy.refuse(true)
  await expect(connect()).rejects.toThrow('ECONNREFUSED')
  expect((await client.query('SELECT 1 AS one')).rowCount).toBe(1)
  await proxy.refuse(false)
  await connect()
})

test('cutting ends every connection at once', async () => {
  const client = await connect()
  const ended = new Promise((resolve) => client.once('end', resolve))
  proxy.cut()
  await ended
  await expect(client.query('SELECT 1')).rejects.toThrow()
})

test('in a silent partition nothing passes and nobody is told; afterwards all of it passes', async () => {
  const client = await connect('stalled')
  proxy.stall(true)
  let answered = false
  const done = client.query('INSERT INTO marks VALUES (1)').finally(() => {
    answered = true
  })
  const newcomer = connect('late')
  expect(await countMarks()).toBe(0)
  expect(await sessionsOf(adminUrl(), /^(stalled|late)$/)).toHaveLength(1)
  expect(answered).toBe(false)
  proxy.stall(false)
  await Promise.all([done, newcomer])
  expect(await countMarks()).toBe(1)
})

test('a dump and a restore pass through unharmed', async () => {
  await runSql(database.url, 'INSERT INTO marks SELECT generate_series(1, 100000)')
  const bin = inject('postgresBin')
  const archive = `${inject('runFolder')}/proxy.dump`
  const dump = startProgram([`${bin}/pg_dump`, '-Fc', '-f', archive, '-d', proxy.through(database.url)])
  expect([await dump.ended(), dump.output()]).toEqual([0, ''])
  await runSql(database.url, 'DROP TABLE marks')
  const restore = startProgram([`${bin}/pg_restore`, '-j2', '-d', proxy.through(database.url), archive])
  expect([await restore.ended(), restore.output()]).toEqual([0, ''])
  expect(await countMarks()).toBe(100_000)
  expect(proxy.statements().some((sql) => sql.startsWith('COPY public.marks'))).toBe(true)
})
