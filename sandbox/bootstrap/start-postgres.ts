import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Account, chooseAccount, makeOwnedFolder } from './account.ts'
import { ensurePrograms } from './ensure-programs.ts'
import { BootstrapError } from './errors.ts'
import { findFreePort } from './free-port.ts'
import { type GuardedServer, startGuarded } from './guarded-server.ts'
import { runCommand } from './run-command.ts'

/** A running PostgreSQL of our own. */
export type LocalPostgres = {
  /** Address of a database as the superuser `postgres` (password inside). */
  url: (database: string) => string
  port: number
  pid: number
  dir: string
  /** The server's log file. */
  log: string
  /** Ends the server and waits for it: smart waits for clients, fast (default) ends them, immediate is a crash. */
  stop: (mode?: 'smart' | 'fast' | 'immediate') => Promise<void>
  /** Sends a signal to the postmaster without waiting. */
  kill: (signal: NodeJS.Signals) => boolean
  /** Resolves once the postmaster has ended. */
  ended: Promise<number | null>
}

/** What a cluster is started with. */
export type PostgresOptions = {
  dir: string
  port?: number
  /** For the command line. */
  settings?: Readonly<Record<string, string>>
  /** The OS account when root starts it. */
  user?: string
  /** Folder of another server's initdb and postgres; default: those that were found or installed. */
  serverBin?: string | undefined
  /** For initdb's command line. */
  initdb?: readonly string[]
}

const STOP_SIGNAL = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const
/** sun_path holds 107 bytes; PostgreSQL refuses to start with a longer socket path. */
const LONGEST_SOCKET_FOLDER = 85
const START_TIMEOUT_MS = 60_000

/**
 * Starts PostgreSQL in `dir`, which is initialised the first time (password authentication with a random password kept
 * in `dir`) and found again the next. Listens on 127.0.0.1 only, and ends with this process however that ends.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const postgresBin = options.serverBin ?? (await ensurePrograms()).postgresBin
  const account = await chooseAccount(options.user)
  await makeOwnedFolder(options.dir, account)
  const password = await initialiseCluster(postgresBin, options, account)
  const log = join(options.dir, 'postgres.log')
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort())
    const server = launch(join(postgresBin, 'postgres'), options, port, log, account)
    if (await isReady(server, join(options.dir, 'data', 'postmaster.pid'))) {
      const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
      const stop = async (mode: 'smart' | 'fast' | 'immediate' = 'fast') => {
        server.kill(STOP_SIGNAL[mode])
        await holdUntil(server.ended)
      }
      return { url, port, pid: server.pid, dir: options.dir, log, stop, kill: server.kill, ended: server.ended }
    }
    server.kill('SIGQUIT')
    const seen = readTail(log)
    // The free port may have been taken between finding and using it; a port that was asked for is not changed.
    if (options.port === undefined && attempt < 3 && /address already in use/i.test(seen)) continue
    throw new BootstrapError(`PostgreSQL did not start in ${options.dir}: ${seen}`, `Read ${log}.`)
  }
}

async function initialiseCluster(
  bin: string,
  { dir, initdb = [] }: PostgresOptions,
  account: Account | undefined,
): Promise<string> {
  const secret = join(dir, 'superuser-password')
  if (existsSync(join(dir, 'data', 'PG_VERSION')) && existsSync(secret)) return readFileSync(secret, 'utf8').trim()
  await makeOwnedFolder(join(dir, 'socket'), account)
  rmSync(join(dir, 'data'), { recursive: true, force: true })
  const password = randomBytes(18).toString('hex')
  const input = join(dir, 'initdb-password')
  writeFileSync(input, `${password}\n`, { mode: 0o644 })
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${input}`,
    '--encoding=UTF8',
    '--locale=C',
    ...initdb,
  ]
  const end = await runCommand([join(bin, 'initdb'), '--no-sync', ...flags, '-D', join(dir, 'data')], {
    cwd: dir,
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  })
  rmSync(input, { force: true })
  if (end.code !== 0)
    throw new BootstrapError(
      `initdb failed in ${dir}: ${end.error?.message ?? end.output.trim()}`,
      'Check the free space and the rights of that folder.',
    )
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  return password
}

function launch(program: string, options: PostgresOptions, port: number, log: string, account: Account | undefined) {
  const socket = join(options.dir, 'socket')
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: Buffer.byteLength(socket) > LONGEST_SOCKET_FOLDER ? '' : socket,
    logging_collector: 'off',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const argv: [string, ...string[]] = [program, '-D', join(options.dir, 'data'), ...flags]
  return startGuarded({ argv, log, cwd: options.dir, account, deathSignal: 'QUIT' })
}

/** The eighth line of postmaster.pid says `ready` once connections are accepted. */
async function isReady(server: GuardedServer, pidFile: string): Promise<boolean> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (server.isRunning() && performance.now() < deadline) {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : []
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true
    await delay(20)
  }
  return false
}

/** Waits although the server itself does not keep this process alive. */
async function holdUntil(ended: Promise<unknown>): Promise<void> {
  const hold = setInterval(() => {}, 60_000)
  await ended.finally(() => clearInterval(hold))
}

function readTail(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-8).join(' / ') : 'its log is empty'
}
