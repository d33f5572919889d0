import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fchownSync, openSync } from 'node:fs'
import type { Account } from './account.ts'
import { findIn } from './find-programs.ts'

/** A server that this process started and that does not outlive it. */
export type GuardedServer = {
  pid: number
  /** True until the process has ended. */
  isRunning: () => boolean
  /** Sends a signal to this very process; false when it has already ended. */
  kill: (signal: NodeJS.Signals) => boolean
  /** Resolves with the exit code (null after a signal) once the process has ended. */
  ended: Promise<number | null>
}

type Launch = {
  argv: readonly [string, ...string[]]
  /** File that stdout and stderr are appended to. */
  log: string
  cwd: string
  account?: Account | undefined
  env?: NodeJS.ProcessEnv
  /** The signal that ends it when this process is gone; PostgreSQL leaves no shared memory behind with QUIT. */
  deathSignal?: 'KILL' | 'QUIT' | 'TERM'
  /** Who notices the end of this process; default: the kernel where it can. */
  watchedBy?: 'kernel' | 'pipe'
}

/**
 * Starts a server in the foreground and ties its life to this process: by the kernel (setpriv --pdeathsig) on Linux,
 * by a watcher that notices the end of a pipe elsewhere. So kill -9 of a test run leaves no server.
 */
export function startGuarded(launch: Launch): GuardedServer {
  const { argv, account, cwd, deathSignal = 'KILL' } = launch
  const byKernel = process.platform === 'linux' && launch.watchedBy !== 'pipe'
  const setpriv = byKernel ? findIn(['/usr/bin', '/bin'], 'setpriv') : undefined
  const identity = account === undefined ? [] : [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
  const [file, ...args] =
    setpriv === undefined ? argv : [setpriv, ...identity, '--pdeathsig', deathSignal, '--', ...argv]
  const log = openSync(launch.log, 'a', 0o600)
  if (account !== undefined) fchownSync(log, account.uid, account.gid)
  const child = spawn(file, args, {
    cwd,
    env: launch.env ?? process.env,
    stdio: ['ignore', log, log],
    ...(setpriv === undefined && account !== undefined ? { uid: account.uid, gid: account.gid } : {}),
  })
  closeSync(log)
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve(code))
  })
  const pid = child.pid ?? 0
  if (setpriv === undefined && pid > 0) watchFromOutside(pid, deathSignal, child)
  // A server must not keep a finished program alive; whoever waits for `ended` holds on to it by another handle.
  child.unref()
  const isRunning = () => pid > 0 && child.exitCode === null && child.signalCode === null
  return { pid, isRunning, kill: (signal) => isRunning() && child.kill(signal), ended }
}

/** A tiny process whose stdin ends when this one dies, however it dies; then it ends the server. */
function watchFromOutside(pid: number, signal: string, server: ChildProcess): void {
  const script = `process.stdin.resume().on('end',()=>{try{process.kill(${pid},'SIG${signal}')}catch{}})`
  const watcher = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.unref()
  watcher.stdin.on('error', () => {})
  server.once('exit', () => watcher.kill('SIGKILL'))
}
