import { SalvorError } from '../../domain/errors/fail.ts'
import type { StanzaPlace } from '../../ports/backup-providers.ts'
import type { ToolResult, ToolRunner, ToolStart } from '../../ports/tool-runner.ts'
import { lastLine } from '../last-line.ts'
import { asAccount } from './account.ts'

export interface PgBackRestDeps {
  readonly run: ToolRunner
  /** For tests: another program of that name. */
  readonly program?: string
}

export interface PgBackRestCall {
  readonly place: StanzaPlace
  readonly command: string
  readonly args?: readonly string[]
  /** What stands behind the command. */
  readonly operands?: readonly string[]
  readonly signal: AbortSignal
  readonly onLine?: (line: string) => void
  readonly timeoutMs?: number
}

/** Errors that pass by by themselves are worth a name of their own; the rest says what the tool says. */
const LOCKED = 50
/** A list of some 500,000 segments of WAL. */
const MOST_JSON = 100e6

/** The words of a command, without the account in front. Nothing of it is logged to the tool's own files. */
export function writeCommand(
  place: StanzaPlace,
  command: string,
  args: readonly string[] = [],
  stderr: 'off' | 'error' = 'off',
): string[] {
  return [
    ...(place.configFile === null ? [] : [`--config=${place.configFile}`]),
    `--stanza=${place.stanza}`,
    '--log-level-file=off',
    `--log-level-stderr=${stderr}`,
    ...args,
    command,
  ]
}

/** Runs one command of pgBackRest as the account that restores. Resolves for any exit code. */
export async function runPgBackRest(deps: PgBackRestDeps, of: PgBackRestCall): Promise<ToolResult> {
  return start(deps, of, { ...(of.onLine === undefined ? {} : { onStdoutLine: of.onLine }) })
}

/**
 * All that a command prints, which may be no text. Resolves for any exit code. Throws backup_tool_failed, with the
 * command ended, where it prints more than it could have to say: what is read is what the repository's writer wrote.
 */
export async function readDocument(
  deps: PgBackRestDeps,
  of: PgBackRestCall,
  atMost: number,
): Promise<{ readonly result: ToolResult; readonly content: Buffer }> {
  const chunks: Buffer[] = []
  const tooLong = new AbortController()
  let bytes = 0
  const onStdout = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= atMost) chunks.push(chunk)
    else tooLong.abort()
  }
  const signal = AbortSignal.any([of.signal, tooLong.signal])
  const call = { ...of, signal, args: ['--log-level-console=off', ...(of.args ?? [])] }
  const result = await start(deps, call, { onStdout }).catch((thrown: unknown) => {
    if (!tooLong.signal.aborted) throw thrown
    return null
  })
  of.signal.throwIfAborted()
  if (result === null || bytes > atMost) {
    const seen = `it printed more than ${(atMost / 1e6).toFixed(0)} MB`
    throw new SalvorError('backup_tool_failed', { action: [of.command, ...(of.operands ?? [])].join(' '), seen })
  }
  return { result, content: Buffer.concat(chunks) }
}

/** The first bytes that a command prints, which may be no text; fewer where it has no more. */
export async function readBeginning(deps: PgBackRestDeps, of: PgBackRestCall, atMost: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  const enough = new AbortController()
  let bytes = 0
  const onStdout = (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= atMost) enough.abort()
  }
  const signal = AbortSignal.any([of.signal, enough.signal])
  const call = { ...of, signal, args: ['--log-level-console=off', ...(of.args ?? [])] }
  await start(deps, call, { onStdout }).catch((thrown: unknown) => {
    if (!enough.signal.aborted) throw thrown
  })
  of.signal.throwIfAborted()
  return Buffer.concat(chunks).subarray(0, atMost)
}

/** The JSON document that a command prints. Throws backup_stanza where it fails or prints none. */
export async function askPgBackRest(deps: PgBackRestDeps, of: PgBackRestCall): Promise<string> {
  const call = { ...of, args: ['--output=json', ...(of.args ?? [])] }
  const { result, content } = await readDocument(deps, call, MOST_JSON)
  if (result.exitCode !== 0 || result.killedFor === 'timeout') {
    throw new SalvorError('backup_stanza', { stanza: of.place.stanza, seen: describeEnd(result) })
  }
  return content.toString('utf8')
}

/** The tool's own number of an error, and what it says: `[041]: unable to open …`. */
export function readComplaint(result: ToolResult): { readonly code: number | null; readonly said: string } {
  const text = `${result.stdoutTail}\n${result.stderrTail}`
  const found = /ERROR: \[(\d{3})\]: (.*)/.exec(text)
  const said = found?.[2]?.trim() ?? lastLine(text)
  return { code: found === null ? null : Number(found[1]), said: said.slice(0, 300) }
}

/** Why a command did not end well, in the tool's words. */
export function describeEnd(result: ToolResult): string {
  if (result.killedFor === 'timeout') return 'it took too long'
  const { code, said } = readComplaint(result)
  const number = code ?? result.exitCode
  const busy = number === LOCKED ? 'another pgBackRest holds its lock: ' : ''
  return `${busy}${said || 'no word of why'} (${number ?? result.signal ?? 'no exit code'})`
}

function start(deps: PgBackRestDeps, of: PgBackRestCall, more: Partial<ToolStart>): Promise<ToolResult> {
  const { place, command, args, operands = [], signal, timeoutMs } = of
  // A document has stdout for itself, so what is wrong is said beside it.
  const words = [...writeCommand(place, command, args, more.onStdout === undefined ? 'off' : 'error'), ...operands]
  const argv = asAccount(place.scratch.account, [deps.program ?? 'pgbackrest', ...words])
  const [program, ...rest] = argv
  return deps.run.run({
    program,
    args: rest,
    signal,
    ...more,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}
