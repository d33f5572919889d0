import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { birthOf, readRecord } from './process-record.ts'

const STOP_WITHIN_MS = 5_000
const START_WITHIN_MS = 10_000
const LAST_LINES = 20

const [home = '', action = ''] = process.argv.slice(2)
const pidFile = join(home, 'run', 'orders-api.pid')
const log = join(home, 'logs', 'orders-api.log')
const actions: Record<string, () => Promise<number> | number> = {
  start,
  stop,
  status,
  restart: async () => (await stop()) || start(),
  identity: () => say(readRecord(pidFile)) ?? 3,
  'last-lines': () => say(lastLines()) ?? 0,
}
process.exitCode = await (actions[action] ?? usage)()

/** Starts the service if it does not run, and returns once it listens; 1 when it does not come up. */
async function start(): Promise<number> {
  if (readRecord(pidFile) !== undefined) return 0
  for (const folder of ['run', 'logs']) mkdirSync(join(home, folder), { recursive: true })
  const output = openSync(log, 'a')
  const from = statSync(log).size
  const script = fileURLToPath(new URL('orders-api.ts', import.meta.url))
  const child = spawn(process.execPath, [`--env-file=${join(home, 'etc', 'orders-api.env')}`, script], {
    cwd: home,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const pid = child.pid ?? 0
  writeFileSync(pidFile, `${pid} ${birthOf(pid) ?? 'gone'}\n`)
  child.unref()
  for (let waited = 0; waited < START_WITHIN_MS && birthOf(pid) !== undefined; waited += 50) {
    if (readFileSync(log).subarray(from).includes('listening on')) return 0
    await delay(50)
  }
  process.stderr.write(`orders-api did not start\n${readFileSync(log).subarray(from).toString('utf8')}`)
  return 1
}

/** Ends the service by its pid: TERM, and KILL for one that does not listen. No service is no error. */
async function stop(): Promise<number> {
  const record = readRecord(pidFile)
  if (record !== undefined) {
    process.kill(record.pid, 'SIGTERM')
    for (let waited = 0; waited < STOP_WITHIN_MS && readRecord(pidFile) !== undefined; waited += 50) await delay(50)
    if (readRecord(pidFile) !== undefined) process.kill(record.pid, 'SIGKILL')
  }
  rmSync(pidFile, { force: true })
  return 0
}

function status(): number {
  const record = readRecord(pidFile)
  process.stdout.write(record === undefined ? 'stopped\n' : `running, pid ${record.pid}\n`)
  return record === undefined ? 3 : 0
}

function say(what: { pid: number; born: string } | string | undefined): number | undefined {
  if (what === undefined) return undefined
  process.stdout.write(typeof what === 'string' ? what : `${what.pid} ${what.born}\n`)
  return 0
}

function lastLines(): string {
  if (!existsSync(log)) return ''
  return `${readFileSync(log, 'utf8').trim().split('\n').slice(-LAST_LINES).join('\n')}\n`
}

function usage(): number {
  process.stderr.write('usage: orders-api-ctl start|stop|restart|status|identity|last-lines\n')
  return 2
}
