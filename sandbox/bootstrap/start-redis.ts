import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chooseAccount, makeOwnedFolder } from './account.ts'
import { ensurePrograms } from './ensure-programs.ts'
import { BootstrapError } from './errors.ts'
import { findFreePort } from './free-port.ts'
import { type GuardedServer, startGuarded } from './guarded-server.ts'

/** A running Redis of our own. */
export type LocalRedis = {
  /** redis:// address, password inside. */
  url: string
  port: number
  pid: number
  dir: string
  /** Ends it by SIGTERM (the append-only file is flushed) and waits. */
  stop: () => Promise<void>
  kill: (signal: NodeJS.Signals) => boolean
  ended: Promise<number | null>
}

const START_TIMEOUT_MS = 20_000

/**
 * Starts Redis in `dir` on 127.0.0.1, never evicting (queues need that), with an append-only file unless it is
 * switched off. The password is kept in `dir`, so a restart in the same folder and port has the same address.
 */
export async function startRedis(options: {
  dir: string
  port?: number
  appendonly?: boolean
  user?: string
}): Promise<LocalRedis> {
  const { redisServer } = await ensurePrograms()
  const account = await chooseAccount(options.user)
  await makeOwnedFolder(options.dir, account)
  const { dir } = options
  const secret = join(dir, 'password')
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(18).toString('hex'), { mode: 0o600 })
  const password = readFileSync(secret, 'utf8')
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort())
    const config = join(dir, 'redis.conf')
    // A file and not arguments: arguments, and so the password, are readable by everyone on the machine.
    writeFileSync(config, configure(dir, port, password, options.appendonly ?? true), { mode: 0o600 })
    if (account !== undefined) chownSync(config, account.uid, account.gid)
    const log = join(dir, 'redis.log')
    const server = startGuarded({ argv: [redisServer, config], log, cwd: dir, account, deathSignal: 'KILL' })
    if (await answersPing(server, port, password)) {
      const stop = async () => {
        server.kill('SIGTERM')
        const hold = setInterval(() => {}, 60_000)
        await server.ended.finally(() => clearInterval(hold))
      }
      const url = `redis://default:${password}@127.0.0.1:${port}`
      return { url, port, pid: server.pid, dir, stop, kill: server.kill, ended: server.ended }
    }
    server.kill('SIGKILL')
    const seen = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ')
    if (options.port === undefined && attempt < 3 && /address already in use/i.test(seen)) continue
    throw new BootstrapError(`Redis did not start in ${dir}: ${seen}`, `Read ${log}.`)
  }
}

function configure(dir: string, port: number, password: string, appendonly: boolean): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(dir)}`,
    `requirepass ${password}`,
    'daemonize no',
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${appendonly ? 'yes' : 'no'}`,
    'appendfsync everysec',
    '',
  ].join('\n')
}

async function answersPing(server: GuardedServer, port: number, password: string): Promise<boolean> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (server.isRunning() && performance.now() < deadline) {
    if ((await ask(port, `AUTH ${password}\r\nPING\r\n`)).includes('+PONG')) return true
    await delay(20)
  }
  return false
}

/** One exchange; empty when nobody answers. While the append-only file is loaded the answer is -LOADING. */
function ask(port: number, words: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(words))
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (/\+PONG|-[A-Z]+ [^\n]*\n(?:.|\n)*-[A-Z]+/.test(answer)) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}
