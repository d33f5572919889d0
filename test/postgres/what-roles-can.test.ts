import { readFileSync, writeFileSync } from 'node:fs'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStoreDatabase, runSql, type TestDatabase, withClient } from '../support/postgres.ts'
import { makeStoreRoles } from '../support/store-roles.ts'

const page = new URL('../../docs/security.md', import.meta.url)
const [begin, end] = ['<!-- what roles can: begin -->', '<!-- what roles can: end -->']

let database: TestDatabase
let urls: { bot: string; worker: string }

beforeAll(async () => {
  database = await createStoreDatabase()
  urls = await makeStoreRoles(database)
})
afterAll(() => database.drop())

/** `UPDATE=1 vitest run test/postgres/what-roles-can.test.ts` writes the table anew. */
it('what each role can do with every table and function of the store is what the page says', async () => {
  const table = await writeTable()
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  if (process.env.UPDATE) writeFileSync(page, `${text.slice(0, from)}\n${table}\n${text.slice(to)}`)
  expect(readFileSync(page, 'utf8').slice(from, to > 0 ? undefined : 0)).toContain(`\n${table}\n${end}`)
})

it('a worker writes into no table, and PostgreSQL says of every privilege what was tried', async () => {
  const { rows: tables } = await listTables()
  for (const [role, url] of [
    ['salvor_bot', urls.bot],
    ['salvor_worker', urls.worker],
  ] as const) {
    await withClient(url, async (client) => {
      for (const { name, columns } of tables) {
        for (const verb of verbs) {
          const told = await runSql<{ may: boolean }>(
            database.url,
            `SELECT has_table_privilege($1, $2, $3) OR ($3 IN ('INSERT', 'UPDATE') AND has_any_column_privilege($1, $2, $3)) AS may`,
            [role, name, verb],
          )
          const tried = await isAllowed(client, name, columns, verb)
          expect([name, verb, tried]).toEqual([name, verb, told[0]?.may])
          if (role === 'salvor_worker' && verb !== 'SELECT') expect([name, verb, tried]).toEqual([name, verb, false])
        }
      }
    })
  }
})

const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] as const
type Verb = (typeof verbs)[number]

async function writeTable(): Promise<string> {
  const { rows: tables } = await listTables()
  const functions = await runSql<{ signature: string; bot: boolean; worker: boolean }>(
    database.url,
    `SELECT replace(p.oid::regprocedure::text, 'timestamp with time zone', 'timestamptz') AS signature,
            has_function_privilege('salvor_bot', p.oid, 'EXECUTE') AS bot,
            has_function_privilege('salvor_worker', p.oid, 'EXECUTE') AS worker
       FROM pg_proc p WHERE p.pronamespace = 'salvor'::regnamespace AND p.prorettype <> 'trigger'::regtype ORDER BY 1`,
  )
  const rows = await withClient(urls.bot, (bot) =>
    withClient(urls.worker, async (worker) => {
      const lines: string[] = []
      for (const { name, columns } of tables) {
        lines.push(`| \`${name}\` | ${await listCan(bot, name, columns)} | ${await listCan(worker, name, columns)} |`)
      }
      return lines
    }),
  )
  const calls = functions.map(({ signature, bot, worker }) => `| \`${signature}\` | ${say(bot)} | ${say(worker)} |`)
  return ['| | bot | worker |', '|---|---|---|', ...rows, ...calls].join('\n')
}

function say(may: boolean): string {
  return may ? 'calls' : '–'
}

function listTables() {
  return runSql<{ name: string; columns: string[] }>(
    database.url,
    `SELECT c.oid::regclass::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND (c.relnamespace = 'salvor'::regnamespace OR c.oid = 'public.salvor_migrations'::regclass)
      GROUP BY c.oid ORDER BY 1`,
  ).then((rows) => ({ rows }))
}

async function listCan(client: pg.Client, table: string, columns: readonly string[]): Promise<string> {
  const can: string[] = []
  for (const verb of verbs) if (await isAllowed(client, table, columns, verb)) can.push(verb.toLowerCase())
  return can.join(', ') || '–'
}

/** Tried on no row, column by column where not on the whole, and rolled back. */
async function isAllowed(client: pg.Client, table: string, columns: readonly string[], verb: Verb): Promise<boolean> {
  const statements: Record<Verb, string[]> = {
    SELECT: [`SELECT FROM ${table} LIMIT 0`],
    INSERT: columns.map((one) => `INSERT INTO ${table} (${one}) SELECT NULL WHERE false`),
    UPDATE: columns.map((one) => `UPDATE ${table} SET ${one} = DEFAULT WHERE false`),
    DELETE: [`DELETE FROM ${table} WHERE false`],
    TRUNCATE: [`TRUNCATE ${table}`],
  }
  for (const statement of statements[verb]) {
    await client.query('BEGIN')
    const code = await client.query(statement).then(
      () => null,
      (error: { code?: string }) => error.code ?? 'unknown',
    )
    await client.query('ROLLBACK')
    if (code === null) return true
  }
  return false
}
