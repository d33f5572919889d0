import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { startGuarded } from '../../sandbox/bootstrap/guarded-server.ts'
import { runSql } from './postgres.ts'
import { until } from './until.ts'

/** A process that a test started; it ends with the test run at the latest. */
export type TestProcess = {
  pid: number
  /** File that its stdout and stderr go to. */
  log: string
  output: () => string
  /** Waits for a line that matches and returns it; rejects early, with the output, when the process ends instead. */
  line: (pattern: RegExp, timeoutMs?: number) => Promise<string>
  kill: (signal: NodeJS.Signals) => boolean
  /** The exit code, null after a signal. Waits. */
  ended: () => Promise<number | null>
  isRunning: () => boolean
}

/** A process as /proc shows it. */
export type SeenProcess = { pid: number; parent: number; state: string; argv: string[] }

/** Runs a script (TypeScript too) on this run's Node with `env` on top of the environment. */
export function startScript(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): TestProcess {
  return startProgram([process.execPath, script, ...args], env)
}

/** Runs argv with `env` on top of the environment, output into a file of the run's folder. */
export function startProgram(argv: readonly [string, ...string[]], env: NodeJS.ProcessEnv = {}): TestProcess {
  const log = join(inject('runFolder'), `process-${randomBytes(4).toString('hex')}.log`)
  writeFileSync(log, '')
  const server = startGuarded({ argv, log, cwd: process.cwd(), env: { ...withoutVitest(), ...env } })
  const output = () => readFileSync(log, 'utf8')
  const line = (pattern: RegExp, timeoutMs = 20_000) =>
    until(
      `a line ${pattern} from ${argv.slice(0, 3).join(' ')}`,
      () => {
        const found = output()
          .split('\n')
          .find((text) => pattern.test(text))
        return found ?? (server.isRunning() ? undefined : { ended: output().slice(-2_000) })
      },
      timeoutMs,
    ).then((found) => {
      if (typeof found === 'string') return found
      throw new Error(`${argv.join(' ')} ended before a line ${pattern}: ${found.ended}`)
    })
  const ended = async () => {
    const hold = setInterval(() => {}, 60_000)
    return server.ended.finally(() => clearInterval(hold))
  }
  return { pid: server.pid, log, output, line, kill: server.kill, ended, isRunning: server.isRunning }
}

/** True while the process exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  const seen = readProcess(pid)
  return seen !== undefined && seen.state !== 'Z'
}

/** All living descendants of a process now (Linux). Take them before a kill: orphans have another parent afterwards. */
export function descendantsOf(pid: number): SeenProcess[] {
  const all = allProcesses()
  const below = (parent: number): SeenProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)])
  return below(pid).filter((one) => one.state !== 'Z')
}

/** Living processes whose environment holds NAME=value: finds orphans that no longer have their parent (Linux). */
export function processesWithEnv(name: string, value: RegExp): SeenProcess[] {
  return allProcesses().filter((one) => {
    const entry = readProcFile(one.pid, 'environ')
      .split('\0')
      .find((text) => text.startsWith(`${name}=`))
    // A zombie has no environment any more.
    return entry !== undefined && value.test(entry.slice(name.length + 1))
  })
}

/** Sessions on the server of `url`, in whatever database, whose application_name matches. */
export function sessionsOf(url: string, applicationName: RegExp) {
  return runSql<{ pid: number; application: string; database: string; state: string; query: string }>(
    url,
    `SELECT pid, application_name AS application, datname AS database, state, query FROM pg_stat_activity
     WHERE application_name ~ ${pg.escapeLiteral(applicationName.source)} AND pid <> pg_backend_pid()`,
  )
}

function allProcesses(): SeenProcess[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []))
}

function readProcess(pid: number): SeenProcess | undefined {
  // The name in field 2 is in parentheses and may itself hold spaces and parentheses.
  const [, state, parent] = /^\d+ \(.*\) (\S) (\d+) /s.exec(readProcFile(pid, 'stat')) ?? []
  if (state === undefined) return undefined
  return { pid, state, parent: Number(parent), argv: readProcFile(pid, 'cmdline').split('\0').slice(0, -1) }
}

function readProcFile(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** A child that thinks that it is a Vitest worker behaves otherwise than in production. */
function withoutVitest(): NodeJS.ProcessEnv {
  const plain = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/.test(name))
  return Object.fromEntries(plain)
}
