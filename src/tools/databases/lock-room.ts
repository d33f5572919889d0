import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { withTargetSession } from '../postgres-session.ts'

/** Settings that make up the size of the server's lock table. */
export interface LockSettings {
  readonly perTransaction: number
  readonly connections: number
  readonly prepared: number
  /** Processes of the server itself, which may hold locks too. */
  readonly workers: number
}

/** The server reserves a tenth more than its settings say. */
const RESERVE = 1.1

/** Locks on objects that the server can hold at one time, all transactions together; beyond it says "out of shared memory". */
export function countLockSlots({ perTransaction, connections, prepared, workers }: LockSettings): number {
  return Math.floor(perTransaction * (connections + prepared + workers) * RESERVE)
}

/** The least max_locks_per_transaction under which so many objects can be locked at once; null where they fit now. */
export function findLocksNeeded(objects: number, settings: LockSettings): number | null {
  if (objects <= countLockSlots(settings)) return null
  const slots = settings.connections + settings.prepared + settings.workers
  return Math.ceil(objects / (slots * RESERVE))
}

/** pg_dump locks every table of a database in one transaction. Throws target_locks where the server has no room for that. */
export async function refuseFewLocks(target: TargetAddress): Promise<void> {
  await withTargetSession(target, {}, async (client) => {
    const { rows } = await client.query<{ tables: string }>(
      `SELECT count(*) AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
    )
    const tables = Number(rows[0]?.tables ?? 0)
    const settings = await readLockSettings(client)
    const needed = findLocksNeeded(tables, settings)
    if (needed === null) return
    const facts = { tables, slots: countLockSlots(settings), set: settings.perTransaction, needed }
    throw new SalvorError('target_locks', { system: target.system, ...facts })
  })
}

/** The same for an archive that is loaded. Throws load_locks. */
export async function refuseFewLocksToLoad(admin: pg.ClientBase, system: string, tables: number): Promise<void> {
  const settings = await readLockSettings(admin)
  const needed = findLocksNeeded(tables, settings)
  if (needed === null) return
  const facts = { tables, slots: countLockSlots(settings), set: settings.perTransaction, needed }
  throw new SalvorError('load_locks', { system, ...facts })
}

export async function readLockSettings(client: pg.ClientBase): Promise<LockSettings> {
  const { rows } = await client.query<LockSettings>(
    `SELECT current_setting('max_locks_per_transaction')::int AS "perTransaction",
            current_setting('max_connections')::int AS connections,
            current_setting('max_prepared_transactions')::int AS prepared,
            current_setting('autovacuum_max_workers')::int + current_setting('max_worker_processes')::int
              + current_setting('max_wal_senders')::int + 1 AS workers`,
  )
  const [settings] = rows
  if (settings === undefined) throw new Error('the server named no settings')
  return settings
}
