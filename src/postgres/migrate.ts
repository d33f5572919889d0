import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hashText } from '../domain/digest.ts'
import { SalvorError } from '../domain/errors/fail.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any constant will do as long as every Salvor uses the same; this one spells `SLVR`. */
const migrationLock = 0x534c5652

/**
 * Brings the store's schema up to date: applies the numbered SQL files that it lacks, in order, each in its own
 * transaction, under an advisory lock so that several processes may start at once. Forward only: a store that is ahead of
 * this program, or that other files of the same names made, is an error, because this program would misread it. A role
 * that may create nothing can only see that nothing is to be done; otherwise the owner has to run `salvor migrate` first.
 */
export async function migrateStore(url: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, application_name: 'salvor:migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const known = await readApplied(client)
    const lacks = findLacking(known ?? new Map())
    // Not IF NOT EXISTS: PostgreSQL asks for the right to create even where there is nothing to create.
    if (known === null) {
      await client.query(
        'CREATE TABLE public.salvor_migrations (name text PRIMARY KEY, digest text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
      )
    }
    for (const { name, sql, digest } of lacks) {
      await client.query('BEGIN')
      try {
        await client.query(sql)
        await client.query('INSERT INTO public.salvor_migrations (name, digest) VALUES ($1, $2)', [name, digest])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new Error(`migration ${name} failed`, { cause: error })
      }
    }
    return { applied: lacks.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}

/** How often it is looked whether another process has brought the store up to date. */
const LOOK_MS = 250

/**
 * For processes that use the store and do not change its schema: passes when it has exactly what this program knows.
 * `waitMs` is for a worker that starts beside the bot which migrates.
 * @throws SalvorError store_behind, store_ahead or store_edited
 */
export async function requireCurrentStore(pool: pg.Pool, waitMs = 0): Promise<void> {
  const until = Date.now() + waitMs
  for (;;) {
    const lacks = findLacking((await readApplied(pool)) ?? new Map())
    if (lacks.length === 0) return
    if (Date.now() >= until) throw new SalvorError('store_behind', { names: nameAll(lacks) })
    await sleep(LOOK_MS)
  }
}

/** The digest of each file that was applied, by its name; null where nobody has been here yet. */
async function readApplied(db: pg.Pool | pg.Client): Promise<Map<string, string | null> | null> {
  try {
    // Not the column itself: a store of before the first release has none, and fits no file.
    const { rows } = await db.query<{ name: string; digest: string | null }>(
      `SELECT name, to_jsonb(m)->>'digest' AS digest FROM public.salvor_migrations m`,
    )
    return new Map(rows.map(({ name, digest }) => [name, digest]))
  } catch (thrown) {
    // undefined_table
    if (thrown instanceof pg.DatabaseError && thrown.code === '42P01') return null
    throw thrown
  }
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly digest: string
}

/** What is to be applied, in order. */
function findLacking(known: ReadonlyMap<string, string | null>): Migration[] {
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name): Migration => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { name, sql, digest: hashText(sql) }
    })
  const edited = files.filter(({ name, digest }) => known.has(name) && known.get(name) !== digest)
  if (edited.length > 0) throw new SalvorError('store_edited', { names: nameAll(edited) })
  const ahead = [...known.keys()].filter((name) => !files.some((file) => file.name === name))
  if (ahead.length > 0) throw new SalvorError('store_ahead', { names: ahead.join(', ') })
  return files.filter(({ name }) => !known.has(name))
}

function nameAll(files: readonly Migration[]): string {
  return files.map(({ name }) => name).join(', ')
}
