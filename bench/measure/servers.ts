import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { chooseAccount } from '../../sandbox/bootstrap/account.ts'
import { ensurePrograms, type LocalPostgres, startPostgres, startRedis } from '../../sandbox/bootstrap/index.ts'
import { runCommand } from '../../sandbox/bootstrap/run-command.ts'

/**
 * A server as somebody would run it who wants to keep the data: fsync, page checksums, WAL for a replica. Room in
 * memory and in the WAL, so that a forced checkpoint in the middle of one run does not decide a comparison.
 */
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  min_wal_size: '2GB',
  checkpoint_timeout: '15min',
  max_connections: '100',
}

/** What is written into the result: what the server was told. */
export const serverSettings: Readonly<Record<string, string>> = { ...settings, data_checksums: 'on' }

export interface Servers {
  readonly dir: string
  readonly postgres: LocalPostgres
  /** Version as the server says it. */
  readonly version: string
  startRedis(): Promise<string>
  /** Ends what was started. A folder of this run's own goes with it, a kept one stays. */
  close(): Promise<void>
}

/** Starts PostgreSQL in a new folder, or in `keep`, which is found again the next time; `more` are settings beside the usual. */
export async function startServers(keep?: string, more: Readonly<Record<string, string>> = {}): Promise<Servers> {
  await ensurePrograms()
  const dir = keep ?? mkdtempSync(join(tmpdir(), 'salvor-bench-'))
  mkdirSync(dir, { recursive: true })
  // PostgreSQL runs as another user than root and must be able to walk in.
  chmodSync(dir, 0o711)
  const postgres = await startWithChecksums(join(dir, 'postgres'), { ...settings, ...more })
  const closers: (() => Promise<void>)[] = [() => postgres.stop(keep === undefined ? 'immediate' : 'fast')]
  const [row] = await runSql(postgres.url('postgres'), 'SHOW server_version')
  return {
    dir,
    postgres,
    version: String(row?.server_version),
    async startRedis() {
      const redis = await startRedis({ dir: join(dir, 'redis'), appendonly: true })
      closers.push(() => redis.stop())
      return redis.url
    },
    async close() {
      for (const close of closers.toReversed()) await close()
      if (keep === undefined) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The bootstrap makes clusters without page checksums; an empty one gets them in a moment. */
async function startWithChecksums(dir: string, settings: Readonly<Record<string, string>>): Promise<LocalPostgres> {
  const first = await startPostgres({ dir, settings })
  const [row] = await runSql(first.url('postgres'), 'SHOW data_checksums')
  if (row?.data_checksums === 'on') return first
  await first.stop('fast')
  const { postgresBin } = await ensurePrograms()
  const account = await chooseAccount()
  const argv = [join(postgresBin, 'pg_checksums'), '--enable', '-D', join(dir, 'data')]
  const ended = await runCommand(argv, {
    cwd: dir,
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  })
  if (ended.code !== 0) throw new Error(`pg_checksums did not work: ${ended.output}`)
  return startPostgres({ dir, settings })
}

/** One statement on a connection of its own. */
export async function runSql(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const answer = await client.query<Record<string, unknown>>(sql, values)
    return answer.rows ?? []
  } finally {
    await client.end()
  }
}
