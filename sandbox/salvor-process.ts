import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startGuarded } from './bootstrap/guarded-server.ts'

export type Role = 'serve' | 'bot' | 'worker'

/** A running Salvor process. */
export interface SalvorProcess {
  readonly role: Role
  readonly pid: number
  readonly ended: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

const program = fileURLToPath(new URL('../bin/salvor.js', import.meta.url))
/** A busy machine (load 10 on 2 cores) took 40 s. */
const READY_WITHIN_MS = 180_000
const STOP_WITHIN_MS = 8_000

/** Starts a role and waits until its `/readyz` says so. Its output goes to a file; its last words go with the error. */
export async function startSalvor(role: Role, env: NodeJS.ProcessEnv, logFile: string): Promise<SalvorProcess> {
  const argv = [process.execPath, program, role] as const
  // Ends with this process however that ends: kill -9 of the sandbox leaves no Salvor behind.
  const child = startGuarded({ argv, env, log: logFile, cwd: process.cwd(), deathSignal: 'TERM' })
  const url = `http://127.0.0.1:${env.PORT}/readyz`
  const until = performance.now() + READY_WITHIN_MS
  while (!(await answers(url))) {
    // Its last words, and not where they are: the folder goes when the sandbox cannot start.
    if (!child.isRunning()) throw new Error(`salvor ${role} ended at once. It said:\n${readEnd(logFile)}`)
    if (performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`salvor ${role} was not ready after ${READY_WITHIN_MS / 1000} s. It said:\n${readEnd(logFile)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { role, pid: child.pid, ended: child.ended, kill: (signal) => void child.kill(signal) }
}

/** Ends processes in order, and at once those that take too long. */
export async function stopSalvor(processes: Iterable<SalvorProcess>): Promise<void> {
  const all = [...processes]
  for (const one of all) one.kill('SIGTERM')
  const gone = Promise.all(all.map((one) => one.ended))
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())])
  for (const one of all) one.kill('SIGKILL')
  // The children are not held on to, so that they keep no finished program alive; this wait must outlive them.
  const hold = setInterval(() => {}, 60_000)
  await gone.finally(() => clearInterval(hold))
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
