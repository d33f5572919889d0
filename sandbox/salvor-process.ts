import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Role = 'serve' | 'bot' | 'worker'

/** A running Salvor process. */
export interface SalvorProcess {
  readonly role: Role
  readonly pid: number
  readonly ended: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

const program = fileURLToPath(new URL('../bin/salvor.js', import.meta.url))
const READY_WITHIN_MS = 30_000
const STOP_WITHIN_MS = 8_000

/** Starts a role and waits until its `/readyz` says so. Its output goes to a file; its last words go with the error. */
export async function startSalvor(role: Role, env: NodeJS.ProcessEnv, logFile: string): Promise<SalvorProcess> {
  const log = createWriteStream(logFile, { flags: 'a' })
  const child: ChildProcess = spawn(process.execPath, [program, role], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  const written = new Promise<void>((resolve) => child.on('close', () => log.end(resolve)))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let exited = false
  void ended.then(() => {
    exited = true
  })
  const url = `http://127.0.0.1:${env.PORT}/readyz`
  const until = performance.now() + READY_WITHIN_MS
  while (!(await answers(url))) {
    // Its last words, and not where they are: the folder goes when the sandbox cannot start.
    if (exited) throw new Error(`salvor ${role} ended at once. It said:\n${await written.then(() => readEnd(logFile))}`)
    if (performance.now() > until)
      throw new Error(`salvor ${role} was not ready after ${READY_WITHIN_MS / 1000} s. It said:\n${readEnd(logFile)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { role, pid: child.pid ?? -1, ended, kill: (signal) => void child.kill(signal) }
}

/** Ends processes in order, and at once those that take too long. */
export async function stopSalvor(processes: Iterable<SalvorProcess>): Promise<void> {
  const all = [...processes]
  for (const one of all) one.kill('SIGTERM')
  const gone = Promise.all(all.map((one) => one.ended))
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())])
  for (const one of all) one.kill('SIGKILL')
  await gone
}

function readEnd(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-10).join('\n')
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}
