import type { ToolResult, ToolRunner } from '../../ports/tool-runner.ts'
import { lastLine } from '../last-line.ts'

/** What all service tools work with. */
export interface ServiceDeps {
  readonly run: ToolRunner
  readonly redact: (text: string) => string
  /** argv in front of systemctl and journalctl where this process may not use them itself: `sudo -n`. */
  readonly become: readonly string[]
}

export interface CommandEnd {
  readonly exitCode: number | null
  readonly said: string
}

/**
 * Runs argv of the plan or of systemd. What a service's command leaves behind may live on: that is its purpose.
 * An abort comes out as the signal's reason.
 */
export async function runCommand(
  { run }: Pick<ServiceDeps, 'run'>,
  argv: readonly string[],
  signal: AbortSignal,
  timeoutMs?: number,
): Promise<ToolResult> {
  const [program = '', ...args] = argv
  const timeout = timeoutMs === undefined ? {} : { timeoutMs }
  const result = await run.run({ program, args, signal, mayLeaveProcesses: true, ...timeout })
  signal.throwIfAborted()
  return result
}

/** How a command ended, in words: `systemctl ended with 1: Job failed`. */
export function sayEnd(deps: Pick<ServiceDeps, 'redact'>, argv: readonly string[], result: ToolResult): CommandEnd {
  const { exitCode, signal, killedFor, stderrTail, stdoutTail } = result
  const name = argv[0]?.split('/').at(-1) ?? ''
  // Redacted before it is cut: the last line alone may be the end of a key or of a row.
  const last = lastLine(deps.redact(stderrTail)) || lastLine(deps.redact(stdoutTail))
  const how = killedFor === 'timeout' ? 'took too long' : `ended with ${exitCode ?? signal ?? 'nothing'}`
  // The good end of a chatty command needs no words.
  const said = exitCode === 0 || last === '' ? `${name} ${how}` : `${name} ${how}: ${last.slice(0, 300)}`
  return { exitCode, said }
}

/** Lines that hold something, oldest first. */
export function splitLines(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}
