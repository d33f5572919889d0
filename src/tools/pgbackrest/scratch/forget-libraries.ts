import { SalvorError } from '../../../domain/errors/fail.ts'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { lastLine } from '../../last-line.ts'
import { asAccount } from '../account.ts'

/** Settings by which a role or a database names code that its sessions load, or where to look for it. */
const NAMES = ['session_preload_libraries', 'local_preload_libraries', 'dynamic_library_path', 'extension_control_path']

/** A dash in a name that was written by hand counts as an underscore; small letters as the server makes them, not as a language does. */
const IS_CODE = `pg_catalog.translate(pg_catalog.lower(pg_catalog.split_part(s, '=', 1) COLLATE pg_catalog."C"), '-', '_') = ANY ('{${NAMES.join()}}')`

/** One statement a line. The array must not become empty: the server reads a bound that is not there. */
const script = [
  `UPDATE pg_catalog.pg_db_role_setting SET setconfig = ARRAY(SELECT s FROM pg_catalog.unnest(setconfig) s WHERE NOT ${IS_CODE}) WHERE EXISTS (SELECT FROM pg_catalog.unnest(setconfig) s WHERE ${IS_CODE})`,
  'DELETE FROM pg_catalog.pg_db_role_setting WHERE pg_catalog.cardinality(setconfig) = 0',
  `SELECT pg_catalog.count(*) AS salvor_left FROM pg_catalog.pg_db_role_setting, pg_catalog.unnest(setconfig) s WHERE ${IS_CODE}`,
  '',
].join('\n')

const ENOUGH_MS = 60_000

/**
 * Takes out of a restored cluster what its roles and databases would have their sessions load. Such a setting wins over
 * the server's own, and only a superuser's session may say otherwise. Done while no server runs, by PostgreSQL's
 * single-user mode, which reads none of these settings, fires no login trigger and asks for no role. The other settings
 * stay: they are part of what is restored. Throws scratch_failed where one is left.
 */
export async function forgetLibraries(
  run: ToolRunner,
  of: {
    readonly program: string
    readonly account: string
    readonly data: string
    readonly config: string
    /** Where the catalogue of roles can be reached from: the first that is there. */
    readonly databases: readonly string[]
    readonly backup: string
    readonly signal: AbortSignal
  },
): Promise<void> {
  let seen = ''
  for (const database of of.databases) {
    const [program, ...args] = asAccount(of.account, [
      ...([of.program, '--single', '-D', of.data] as const),
      ...['-c', `config_file=${of.config}`, '-c', 'search_path=pg_catalog', '-c', 'exit_on_error=on', '--', database],
    ])
    const result = await run.run({
      ...{ program, args, cwd: of.data, input: script, signal: of.signal, timeoutMs: ENOUGH_MS },
    })
    of.signal.throwIfAborted()
    if (/salvor_left = "0"/.test(result.stdoutTail)) return
    seen = lastLine(result.stderrTail).slice(0, 300)
  }
  throw new SalvorError('scratch_failed', { backup: of.backup, seen: `settings of roles cannot be read: ${seen}` })
}
