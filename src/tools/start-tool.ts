import { execa } from 'execa'
import { SalvorError } from '../domain/errors/fail.ts'
import { type Log, silentLog } from '../ports/log.ts'
import type { ToolResult, ToolRunner, ToolStart } from '../ports/tool-runner.ts'
import { type Containment, chooseContainment } from './containment.ts'
import { endTree } from './end-tree.ts'
import { findProgram } from './find-program.ts'
import { makeToolEnvironment } from './tool-environment.ts'
import { openOutput } from './tool-output.ts'
import { watchGroup } from './watch-group.ts'

export interface ToolRunnerDeps {
  readonly log?: Log
  readonly redact?: (text: string) => string
  /** For tests: another way than the strongest that works here. */
  readonly containment?: Containment
}

/** The one place that starts programs. See the port for what it promises. */
export function createToolRunner(deps: ToolRunnerDeps = {}): ToolRunner {
  const { log = silentLog, redact = () => '…' } = deps
  return {
    async run(start) {
      const env = makeToolEnvironment(process.env, start.env)
      const program = findProgram(start.program, env.PATH)
      const { mayLeaveProcesses = false, tellsItsId = false } = start
      const containment = deps.containment ?? (await chooseContainment(mayLeaveProcesses || tellsItsId))
      if (start.signal.aborted) return neverStarted
      log.debug({ program, args: redact(start.args.join(' ')), containment: containment.kind }, 'tool starts')
      const result = await runContained(start, [...containment.prefix, program, ...start.args], env, containment.kind)
      const { exitCode, signal, seconds, killedFor } = result
      log.debug({ program, exitCode, signal, seconds, killedFor }, 'tool ended')
      return result
    },
  }
}

/** For a service's command, which the kernel ends itself: short ones are spared the watchdog of their group. */
const startsLateMs = 200

const neverStarted: ToolResult = {
  exitCode: null,
  signal: 'SIGKILL',
  stdoutTail: '',
  stderrTail: '',
  seconds: 0,
  killedFor: 'abort',
}

async function runContained(
  start: ToolStart,
  argv: readonly string[],
  env: { readonly [name: string]: string },
  kind: Containment['kind'],
): Promise<ToolResult> {
  const { mayLeaveProcesses = false } = start
  const began = performance.now()
  const [file = '', ...args] = argv
  const ending = createEnding()
  const output = openOutput(start, mayLeaveProcesses, ending.fail)
  const started = execa(file, args, {
    ...(start.cwd === undefined ? {} : { cwd: start.cwd }),
    env,
    extendEnv: false,
    ...(start.input === undefined ? { stdin: 'ignore' as const } : { input: start.input }),
    stdout: output.stdout,
    stderr: output.stderr,
    buffer: false,
    // A group of its own: a Ctrl-C on our terminal must reach us alone, and the group can be killed as one.
    detached: true,
    cleanup: false,
    reject: false,
  })
  const child = started.nodeChildProcess
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { pid } = child
  if (pid === undefined) {
    output.close()
    const { message } = await started
    throw new SalvorError('tool_not_started', { tool: start.program, seen: message ?? 'the system does not say why' })
  }
  const callOff =
    kind === 'namespace' ? () => {} : watchGroup(pid, kind === 'deathsig' && mayLeaveProcesses ? startsLateMs : 0)
  const timer = start.timeoutMs === undefined ? undefined : setTimeout(() => ending.kill('timeout'), start.timeoutMs)
  const onAbort = () => ending.kill('abort')
  start.signal.addEventListener('abort', onAbort, { once: true })
  if (start.signal.aborted) onAbort()
  const read = output.read(child)
  try {
    const hasExited = () => child.exitCode !== null || child.signalCode !== null
    const killed = ending.wanted.then(() => endTree({ pid, kind, hasExited, mayLeaveProcesses }))
    await Promise.race([exit, killed])
    if (ending.reason !== undefined) await killed
    await exit
    await read.untilClosed()
  } finally {
    clearTimeout(timer)
    start.signal.removeEventListener('abort', onAbort)
    callOff()
    output.close()
  }
  if (ending.failure !== undefined) throw ending.failure.error
  return {
    ...read.tails(),
    seconds: (performance.now() - began) / 1000,
    // unshare cannot pass on that its child was killed, and ends with 1.
    ...(ending.reason === undefined
      ? { exitCode: child.exitCode, signal: child.signalCode }
      : { exitCode: null, signal: 'SIGKILL', killedFor: ending.reason }),
  }
}

/** Why the tree must end before its time: the first reason counts. A line callback that throws is one as well. */
function createEnding() {
  const { promise: wanted, resolve } = Promise.withResolvers<void>()
  const ending: {
    wanted: Promise<void>
    reason: 'abort' | 'timeout' | undefined
    failure: { readonly error: unknown } | undefined
    kill: (reason: 'abort' | 'timeout') => void
    fail: (error: unknown) => void
  } = {
    wanted,
    reason: undefined,
    failure: undefined,
    kill(reason) {
      ending.reason ??= reason
      resolve()
    },
    fail(error) {
      ending.failure ??= { error }
      ending.kill('abort')
    },
  }
  return ending
}
