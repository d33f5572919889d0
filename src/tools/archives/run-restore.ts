import type { TargetAddress } from '../../ports/content-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { writeLibpqEnvironment } from '../libpq-environment.ts'
import { nameSession } from '../postgres-session.ts'
import type { SessionSettings } from '../session-settings.ts'
import type { PostgresProgram } from './postgres-programs.ts'

export interface RestoreRun {
  readonly tool: PostgresProgram
  /** Major version of the server. */
  readonly server: number
  readonly target: TargetAddress
  readonly database: string
  readonly path: string
  /** What this run does beside what each does. */
  readonly args: readonly string[]
  readonly settings: SessionSettings
  readonly signal: AbortSignal
  readonly onStderrLine?: (line: string) => void
}

export interface RestoreEnd {
  readonly failed: boolean
  /** What it said, without what was let pass. */
  readonly stderr: string
  readonly seconds: number
  readonly argv: readonly string[]
}

/** Settings that pg_restore sends from a version on, and servers know only from that version on. */
const sentSettings: readonly { readonly name: string; readonly since: number }[] = [
  { name: 'transaction_timeout', since: 17 },
]

/** After the first error, time for the rest of its lines. */
const LAST_WORDS_MS = 300

/**
 * pg_restore into an empty database. It stops at its first error. A newer one sends a setting that an older server does
 * not know and takes the answer for an error too: such a one runs on over errors and is stopped here, at the first that
 * is another one.
 */
export async function runRestore(run: ToolRunner, of: RestoreRun): Promise<RestoreEnd> {
  const unknown = listUnknownSettings(of.tool.major, of.server)
  const [program, ...args] = writeRestoreCommand({
    ...of,
    program: of.tool.program,
    stopsAtError: unknown.length === 0,
  })
  const stop = new AbortController()
  const listener = listenForErrors(unknown, () => setTimeout(() => stop.abort(), LAST_WORDS_MS))
  const ended = await run.run({
    program,
    args,
    env: { ...writeLibpqEnvironment(of.target.url, of.settings), PGAPPNAME: nameSession(of.target.session) },
    signal: AbortSignal.any([of.signal, stop.signal]),
    onStderrLine(line) {
      listener.take(line)
      of.onStderrLine?.(line)
    },
  })
  of.signal.throwIfAborted()
  const failed = unknown.length === 0 ? ended.exitCode !== 0 : !listener.endedWell(ended.exitCode)
  const stderr = ended.stderrTail
    .split('\n')
    .filter((line) => !listener.isLetPass(line))
    .join('\n')
  return { failed, stderr, seconds: ended.seconds, argv: [program, ...args] }
}

/** What a pg_restore of this version sends and a server of that one does not know. */
export function listUnknownSettings(tool: number, server: number): string[] {
  return sentSettings.filter(({ since }) => tool >= since && server < since).map((one) => one.name)
}

/** The words of the command, without a secret in them; also shown to people. */
export function writeRestoreCommand(of: {
  readonly program: string
  readonly stopsAtError: boolean
  readonly args: readonly string[]
  readonly database: string
  readonly path: string
}): [string, ...string[]] {
  return [
    of.program,
    ...(of.stopsAtError ? ['--exit-on-error'] : []),
    '--verbose',
    '--no-password',
    // A subscription would start pulling into a database that is not live yet.
    '--no-subscriptions',
    ...of.args,
    // As a connection string: a name with = in it would be read as one.
    `--dbname=dbname='${of.database.replaceAll(/(['\\])/g, '\\$1')}'`,
    '--',
    of.path,
  ]
}

/**
 * Tells errors that are let pass from others. Each of them must be answered by the statement that it is about: another
 * statement that fails with the same words is an error.
 */
function listenForErrors(unknown: readonly string[], onError: () => void) {
  const errors = new Set(
    unknown.map(
      (name) => `pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "${name}"`,
    ),
  )
  const statements = new Set(unknown.map((name) => `Command was: SET ${name} = 0;`))
  const seen = { errors: 0, statements: 0, others: 0, toTheEnd: false }
  return {
    isLetPass: (line: string) => errors.has(line) || statements.has(line),
    take(line: string): void {
      if (unknown.length === 0) return
      if (errors.has(line)) seen.errors += 1
      else if (statements.has(line)) seen.statements += 1
      else if (/^pg_restore: warning: errors ignored on restore: \d+$/.test(line)) seen.toTheEnd = true
      else if (/^pg_restore: (?:error|fatal|detail): |ERROR: {2}/.test(line)) {
        seen.others += 1
        if (seen.others === 1) onError()
      }
    },
    /** It ends with 1 where it let errors pass, and says how many only once it has come to its end. */
    endedWell: (exitCode: number | null) =>
      seen.others === 0 && seen.errors === seen.statements && (exitCode === 0 || (exitCode === 1 && seen.toTheEnd)),
  }
}
