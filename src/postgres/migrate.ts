import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { SalvorError } from '../domain/errors/fail.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any constant will do as long as every Salvor uses the same; this one spells `SLVR`. */
const migrationLock = 0x534c5652

/**
 * Brings the store's schema up to date: applies the numbered SQL files that it lacks, in order, each in its own
 * transaction, under an advisory lock so that several processes may start at once. Forward only: a store that
 * is ahead of this program is an error, because an older program would misread it. A role that may create nothing
 * can only see that nothing is to be done; otherwise the owner has to run `salvor migrate` first.
 */
export async function migrateStore(url: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, application_name: 'salvor:migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const { rows } = await client.query<{ there: boolean }>(
      "SELECT to_regclass('public.salvor_migrations') IS NOT NULL AS there",
    )
    // Not IF NOT EXISTS: PostgreSQL asks for the right to create even where there is nothing to create.
    if (!rows[0]?.there) {
      await client.query(
        'CREATE TABLE public.salvor_migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
      )
    }
    const known = new Set(
      (await client.query<{ name: string }>('SELECT name FROM public.salvor_migrations')).rows.map((row) => row.name),
    )
    const { lacks, ahead } = compare(known)
    if (ahead.length > 0) throw new SalvorError('store_ahead', { names: ahead.join(', ') })
    const applied: string[] = []
    for (const name of lacks) {
      await client.query('BEGIN')
      try {
        await client.query(readFileSync(new URL(name, folder), 'utf8'))
        await client.query('INSERT INTO public.salvor_migrations (name) VALUES ($1)', [name])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new Error(`migration ${name} failed`, { cause: error })
      }
      applied.push(name)
    }
    return { applied }
  } finally {
    await client.end()
  }
}

/** How often it is looked whether another process has brought the store up to date. */
const LOOK_MS = 250

/**
 * For processes that use the store and do not change its schema: passes when it has exactly what this program knows.
 * `waitMs` is for a worker that starts beside the bot which migrates.
 * @throws SalvorError store_behind or store_ahead
 */
export async function requireCurrentStore(pool: pg.Pool, waitMs = 0): Promise<void> {
  const until = Date.now() + waitMs
  for (;;) {
    const { lacks, ahead } = compare(await readApplied(pool))
    if (ahead.length > 0) throw new SalvorError('store_ahead', { names: ahead.join(', ') })
    if (lacks.length === 0) return
    if (Date.now() >= until) throw new SalvorError('store_behind', { names: lacks.join(', ') })
    await sleep(LOOK_MS)
  }
}

async function readApplied(pool: pg.Pool): Promise<Set<string>> {
  try {
    const { rows } = await pool.query<{ name: string }>('SELECT name FROM public.salvor_migrations')
    return new Set(rows.map((row) => row.name))
  } catch (thrown) {
    // undefined_table: nobody has been here yet.
    if (thrown instanceof pg.DatabaseError && thrown.code === '42P01') return new Set()
    throw thrown
  }
}

function compare(known: ReadonlySet<string>): { lacks: string[]; ahead: string[] } {
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
  return {
    lacks: files.filter((name) => !known.has(name)),
    ahead: [...known].filter((name) => !files.includes(name)),
  }
}
