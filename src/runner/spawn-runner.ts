import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))

/**
 * Starts a process of its own for one step and waits for its end. It is detached on purpose: when the worker is
 * restarted, a restore that is under way goes on, watched by its lease; the sweep takes up what it left.
 */
export function createRunnerSpawner(log: Log, env: NodeJS.ProcessEnv): (step: string) => Promise<void> {
  return (step) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [program, 'runner', step], {
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
        env,
      })
      child.on('error', (error) => {
        log.error({ step, error: error.message }, 'the runner of a step could not be started')
        resolve()
      })
      child.on('exit', (code, signal) => {
        log.info({ step, code, signal }, 'the runner of a step has ended')
        resolve()
      })
      child.unref()
    })
}
