import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { findPrograms, requirePrograms, startPostgres, startRedis } from '../../sandbox/bootstrap/index.ts'
import { quickVerifier } from './quick-verifier.ts'
import { makeRunFolder, memoryFolder, removeFoldersOfDeadRuns, scratchFolder } from './run-folders.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of the run's PostgreSQL cluster (database `postgres`). */
    postgresUrl: string
    /** Major version of that server. */
    serverMajor: number
    /** Major version of pg_dump and pg_restore, which another server than their own may be played with. */
    toolsMajor: number
    /** The cluster's log file: every DDL statement, with process id, application and database. */
    postgresLog: string
    /** Folder of initdb, psql, pg_dump and pg_restore. */
    postgresBin: string
    /** Address of the run's Redis. Shared: use a prefix of your own, or startOwnRedis() to kill one. */
    redisUrl: string
    /** Scratch folder of the run, removed at its end. */
    runFolder: string
  }
}

/** Durability is switched off for speed; everything that Salvor refuses or counts (slots, prepared transactions, DDL) is on. */
const SETTINGS = {
  fsync: 'off',
  // Tells when rows came: leftovers of a migration from data.
  track_commit_timestamp: 'on',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
  wal_level: 'logical',
  max_prepared_transactions: '5',
  max_wal_size: '1GB',
  log_statement: 'ddl',
  log_line_prefix: '%m [%p] app=%a db=%d ',
  log_timezone: 'UTC',
  // Two cores are shared by all test files.
  max_parallel_workers: '2',
} as const

/** Starts one PostgreSQL cluster and one Redis for the whole run and ends them afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { postgresBin } = requirePrograms(findPrograms())
  removeFoldersOfDeadRuns()
  const folder = makeRunFolder(scratchFolder())
  const dataFolder = makeRunFolder(memoryFolder() ?? scratchFolder())
  const [postgres, redis] = await Promise.all([
    startPostgres({
      dir: join(dataFolder, 'postgres'),
      settings: SETTINGS,
      serverBin: process.env.SALVOR_TEST_SERVER_BIN,
    }),
    startRedis({ dir: join(folder, 'redis') }),
  ])
  await hastenLogins(postgres.url('postgres'))
  project.provide('postgresUrl', postgres.url('postgres'))
  project.provide('serverMajor', Number(readFileSync(join(postgres.dir, 'data', 'PG_VERSION'), 'utf8')))
  project.provide('toolsMajor', Number(readVersion(join(postgresBin, 'pg_dump'))))
  project.provide('postgresLog', postgres.log)
  project.provide('postgresBin', postgresBin)
  project.provide('redisUrl', redis.url)
  project.provide('runFolder', folder)
  return async () => {
    const kept = readdirSync(folder).some((name) => name.startsWith('kept-'))
    await Promise.all([postgres.stop(kept ? 'fast' : 'immediate'), redis.stop()])
    if (kept) return sayKept(postgres.dir, postgresBin)
    for (const each of [folder, dataFolder]) rmSync(each, { recursive: true, force: true })
  }
}

/** Tests log in thousands of times; stretching the password each time took 1.5 s of processor time a file. */
async function hastenLogins(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`ALTER ROLE postgres PASSWORD '${quickVerifier(new URL(url).password)}'`)
  await client.end()
}

/** Databases of failed tests stay readable until the next run tidies up. */
function sayKept(dir: string, postgresBin: string): void {
  process.stderr.write(
    `Databases of failed tests are kept until the next run. To look at them: ${postgresBin}/postgres -D ${dir}/data ` +
      `-k '' -p 5499 (as the owner of that folder); user postgres, password in ${dir}/superuser-password\n`,
  )
}

/** `15` of `pg_dump (PostgreSQL) 15.18 (Debian …)`. */
function readVersion(program: string): string | undefined {
  return /\(PostgreSQL\) (\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1]
}
