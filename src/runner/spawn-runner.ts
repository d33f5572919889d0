import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'
import { toldLater } from './told-step.ts'

const program = fileURLToPath(new URL('../../bin/salvor.js', import.meta.url))

/** The runner processes that this worker has started. */
export interface Runners {
  readonly spawnRunner: (step: string) => Promise<void>
  readonly endRunner: (step: string) => void
  /** Starts the process of the next step already, so that its modules are there when the step is. */
  readonly prepareRunner: () => void
}

/**
 * Starts a process of its own for one step and waits for its end. It is detached on purpose: when the worker is
 * restarted, a restore that is under way goes on, watched by its lease; the sweep takes up what it left.
 *
 * A thousand modules take half a second of processor time, so the process of the next step is started beforehand. It
 * has read no setting and opened nothing until it is told its step, and ends by itself when its worker does.
 */
export function createRunners(log: Log, env: NodeJS.ProcessEnv): Runners {
  const children = new Map<string, ChildProcess>()
  let spare: ChildProcess | null = null

  const start = (argument: string, stdin: 'ignore' | 'pipe') => {
    const child = spawn(process.execPath, [program, 'runner', argument], {
      stdio: [stdin, 'inherit', 'inherit'],
      detached: true,
      env,
    })
    child.unref()
    return child
  }
  const prepareRunner = () => {
    if (spare !== null) return
    const child = start(toldLater, 'pipe')
    const left = () => {
      if (spare === child) spare = null
    }
    child.on('error', left)
    child.on('exit', left)
    // One that is gone takes nothing; its step is started anew, as after any runner that ended early.
    child.stdin?.on('error', () => {})
    unref(child.stdin)
    spare = child
  }
  const takeSpare = (step: string) => {
    const child = spare
    spare = null
    child?.stdin?.end(`${step}\n`)
    return child
  }

  return {
    prepareRunner,
    spawnRunner: (step) =>
      new Promise<void>((resolve) => {
        const child = takeSpare(step) ?? start(step, 'ignore')
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
        prepareRunner()
      }),
    endRunner(step) {
      // A process that is stopped dies of nothing else, and takes its tools along.
      if (children.get(step)?.kill('SIGKILL')) log.error({ step }, 'a runner that was silent for too long was killed')
    },
  }
}

/** A pipe to a process that waits must not keep the worker from ending. */
function unref(pipe: unknown): void {
  ;(pipe as { unref?: () => void } | null)?.unref?.()
}
