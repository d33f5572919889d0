import { execFile } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { findIn } from '../../sandbox/bootstrap/find-programs.ts'
import { startPostgres } from '../../sandbox/bootstrap/index.ts'
import type { StanzaPlace } from '../../src/ports/backup-providers.ts'
import { runSql, urlOf } from './postgres.ts'

const run = promisify(execFile)

/** A small cluster of a test file's own whose WAL pgBackRest archives. */
export interface Stanza {
  readonly url: string
  readonly database: string
  /** As a plan's `backups` has it. */
  readonly entry: object
  readonly place: StanzaPlace
  /** Folder of the repository. */
  readonly repository: string
  readonly scratch: string
  sql<Row extends { [column: string]: unknown }>(text: string): Promise<Row[]>
  /** Takes a backup by hand; answers its label. */
  backup(type: 'full' | 'diff' | 'incr'): Promise<string>
  /** Ends the current segment and waits until the archive has it. */
  archive(): Promise<void>
  pgbackrest(...args: string[]): Promise<string>
  stop(): Promise<void>
}

/** Why stanzas cannot be tested here; undefined where they can. Printed once. */
export function whyNoStanza(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const why = findIn(folders, 'pgbackrest') === undefined ? 'pgbackrest is not on PATH' : undefined
  if (why !== undefined) process.stderr.write(`skipped: ${why}\n`)
  return why
}

/** Starts the cluster, makes the stanza and a database `orders` with two tables. */
export async function startStanza(): Promise<Stanza> {
  const root = mkdtempSync(join(inject('runFolder'), 'br-'))
  chmodSync(root, 0o711)
  const conf = join(root, 'br.conf')
  const tool = ['pgbackrest', `--config=${conf}`, '--stanza=orders']
  const server = await startPostgres({
    dir: join(root, 'pg'),
    serverBin: process.env.SALVOR_TEST_SERVER_BIN,
    initdb: ['--auth-local=trust'],
    settings: {
      archive_mode: 'on',
      archive_command: `${tool.join(' ')} archive-push %p`,
      wal_level: 'replica',
      max_wal_size: '256MB',
      shared_buffers: '32MB',
      track_commit_timestamp: 'on',
      fsync: 'off',
      autovacuum: 'off',
    },
  })
  const { uid, gid } = statSync(join(root, 'pg', 'data'))
  const owned = (name: string) => {
    const path = join(root, name)
    mkdirSync(path, { mode: 0o700 })
    chownSync(path, uid, gid)
    return path
  }
  const repository = owned('repo')
  const scratch = join(root, 'x')
  writeFileSync(
    conf,
    `[global]\nrepo1-path=${repository}\nlog-path=${owned('log')}\nlock-path=${owned('lock')}\nlog-level-file=off\n` +
      `compress-type=gz\ncompress-level=1\nstart-fast=y\nrepo1-retention-full=9\n` +
      `[orders]\npg1-path=${join(root, 'pg', 'data')}\npg1-port=${server.port}\npg1-socket-path=${join(root, 'pg', 'socket')}\npg1-user=postgres\n`,
    { mode: 0o644 },
  )
  const account = uid === 0 ? 'root' : (await run('id', ['-nu', String(uid)])).stdout.trim()
  const asOwner =
    process.getuid?.() === 0 ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'] : []
  const pgbackrest = async (...args: string[]) => {
    const [file = '', ...rest] = [...asOwner, ...tool, ...args]
    return (await run(file, rest, { cwd: '/' })).stdout
  }
  const url = urlOf('orders', undefined, server.url('postgres'))
  await runSql(server.url('postgres'), 'CREATE DATABASE orders')
  await runSql(
    url,
    `CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
     CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total numeric(9,2));
     INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 50) n;
     INSERT INTO orders SELECT n, 1 + n % 50, n FROM generate_series(1, 500) n`,
  )
  await pgbackrest('stanza-create')
  const entry = { kind: 'pgbackrest', stanza: 'orders', configFile: conf, scratch: { folder: scratch, account } }
  return {
    url,
    database: 'orders',
    entry,
    place: {
      ...{ kind: 'pgbackrest', place: 0, stanza: 'orders', configFile: conf },
      scratch: { folder: scratch, account, preload: [] },
    },
    repository,
    scratch,
    sql: (text) => runSql(url, text),
    async backup(type) {
      const said = await pgbackrest(`--type=${type}`, '--log-level-console=info', 'backup')
      return /new backup label = (\S+)/.exec(said)?.[1] ?? ''
    },
    async archive() {
      await runSql(url, 'SELECT pg_switch_wal()')
      await pgbackrest('check')
    },
    pgbackrest,
    async stop() {
      await server.stop('immediate')
      rmSync(root, { recursive: true, force: true })
    },
  }
}
