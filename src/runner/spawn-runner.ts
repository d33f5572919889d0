import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))

/** The runner processes that this worker has started. */
export interface Runners {
  readonly spawnRunner: (step: string) => Promise<void>
  readonly endRunner: (step: string) => void
}

/**
 * Starts a process of its own for one step and waits for its end. It is detached on purpose: when the worker is
 * restarted, a restore that is under way goes on, watched by its lease; the sweep takes up what it left.
 */
export function createRunners(log: Log, env: NodeJS.ProcessEnv): Runners {
  const children = new Map<string, ChildProcess>()
  const spawnRunner = (step: string) =>
    new Promise<void>((resolve) => {
      const child = spawn(process.execPath, [program, 'runner', step], {
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
        env,
      })
      children.set(step, child)
      const left = () => {
        if (children.get(step) === child) children.delete(step)
        resolve()
      }
      child.on('error', (error) => {
        log.error({ step, error: error.message }, 'the runner of a step could not be started')
        left()
      })
      child.on('exit', (code, signal) => {
        log.info({ step, code, signal }, 'the runner of a step has ended')
        left()
      })
      child.unref()
    })
  return {
    spawnRunner,
    endRunner(step) {
      // A process that is stopped dies of nothing else, and takes its tools along.
      if (children.get(step)?.kill('SIGKILL')) log.error({ step }, 'a runner that was silent for too long was killed')
    },
  }
}
