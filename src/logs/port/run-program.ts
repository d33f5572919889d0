import { SalvorError } from '../../domain/errors/fail.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import type { Redact } from './write-analysis.ts'

/** Bytes of a program's output that are read: one that never ends must not be read for ever. */
const longestOutput = 2 ** 30
const saidLength = 300

/**
 * Runs a program that prints a log and hands on its lines, each with its newline, until `onLine` answers false. A line
 * is handled before the next is taken, so that a program which prints faster is held up by its pipe. Lines on stderr
 * count as well: containers' logs come there. Throws `log_program` when it ends badly.
 */
export async function printLog(
  run: ToolRunner,
  of: { readonly log: string; readonly argv: readonly string[]; readonly signal: AbortSignal; readonly redact: Redact },
  onLine: (line: Buffer) => boolean,
): Promise<{ readonly isCut: boolean }> {
  const [program = '', ...args] = of.argv
  const enough = new AbortController()
  let bytes = 0
  let isCut = false
  const take = (text: string) => {
    if (enough.signal.aborted) return
    const line = Buffer.from(`${text}\n`)
    bytes += line.length
    if (bytes > longestOutput) isCut = true
    if (isCut || !onLine(line)) enough.abort()
  }
  const signal = AbortSignal.any([of.signal, enough.signal])
  const ended = await run.run({ program, args, signal, onStdoutLine: take, onStderrLine: take })
  of.signal.throwIfAborted()
  if (!enough.signal.aborted && ended.exitCode !== 0) {
    const seen = of.redact(ended.stderrTail.trim() || ended.stdoutTail.trim()).slice(-saidLength) || 'it said nothing'
    const code = ended.exitCode ?? ended.signal ?? 'a signal'
    throw new SalvorError('log_program', { program, log: of.log, code, seen })
  }
  return { isCut }
}
