import { SalvorError } from '../../domain/errors/fail.ts'
import { writeName } from '../../domain/object-name.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { nameHeaderProblem } from './header-problem.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readFormatMinor } from './read-header.ts'
import { type ReadToc, readTocEntries, type TocEntry } from './read-toc.ts'

export type { ReadToc, TocEntry } from './read-toc.ts'

/** The table of contents of an archive. Throws archive_* where it cannot be read; a cut archive may have a whole one. */
export async function readToc(path: string): Promise<TocEntry[]> {
  return (await readWholeToc(path)).entries
}

/** The same, with where it ends. */
export async function readWholeToc(path: string): Promise<ReadToc> {
  const read = await readTocEntries(path).catch((thrown: Error) => {
    const backup = path.slice(path.lastIndexOf('/') + 1)
    throw new SalvorError('archive_corrupt', { backup, seen: thrown.message }, { cause: thrown })
  })
  if ('problem' in read) throw nameHeaderProblem(read.problem, path)
  return read
}

/** What pg_restore says of an archive when it only lists it; null where it has no complaint. */
export async function askToList(
  deps: { readonly run: ToolRunner; readonly programs: PostgresPrograms },
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const program = await deps.programs.reader(await readFormatMinor(path))
  const result = await deps.run.run({ program, args: ['--list', '--', path], signal })
  signal.throwIfAborted()
  return result.exitCode === 0 ? null : result.stderrTail.trim()
}

/** `DATABASE orders`, as the tags of its privileges and comments say. */
const ofDatabase = /^DATABASE /

/**
 * True of an entry that pg_restore executes in a database that exists: what belongs to the database itself comes only
 * with --create, and subscriptions are left out. What hangs on those older versions of pg_restore do not know and load.
 */
export function isRestored({ kind, tag }: TocEntry): boolean {
  if (['DATABASE', 'DATABASE PROPERTIES', 'SUBSCRIPTION'].includes(kind)) return false
  return !(['ACL', 'COMMENT', 'SECURITY LABEL'].includes(kind) && ofDatabase.test(tag))
}

/** `table public.orders`, `table data public.orders`. */
export function describeEntry({ kind, schema, tag }: TocEntry): string {
  return `${kind.toLowerCase()} ${schema === null ? tag : writeName([schema, tag])}`
}

const rowKinds: ReadonlySet<string> = new Set(['TABLE DATA', 'MATERIALIZED VIEW DATA', 'BLOBS', 'STATISTICS DATA'])

/** Rows, what is computed from rows, and large objects with all that hangs on them. */
export function isData({ kind, tag }: TocEntry): boolean {
  if (rowKinds.has(kind) || kind === 'BLOB' || kind === 'BLOB METADATA') return true
  return ['ACL', 'COMMENT', 'SECURITY LABEL'].includes(kind) && /^LARGE OBJECTS? /.test(tag)
}
