import { SalvorError } from '../../domain/errors/fail.ts'
import { firstError, nameArchiveComplaint } from './archive-complaint.ts'
import { describeEntry, type TocEntry } from './toc.ts'

interface Load {
  readonly system: string
  readonly backup: string
  readonly role: string
}

/** What stopped a load, whoever told of it. */
interface LoadComplaint {
  /** All that was said of the error. */
  readonly said: string
  /** The one line of it that counts. */
  readonly seen: string
  /** What was being loaded; undefined where nobody knows. */
  readonly object: string | undefined
  readonly statement: string
  /** The server refused it; else the tool stumbled over the archive or its connection. */
  readonly isServers: boolean
  readonly excerpt: string
}

interface NamedLoad extends Load {
  readonly object: string | undefined
}

/** What pg_restore prints when the target is the cause, by signature. The first that matches counts. */
const signatures: readonly [RegExp, (seen: string, load: NamedLoad, match: RegExpExecArray) => SalvorError][] = [
  [
    /No space left on device|could not extend file/i,
    (seen, { system }) => new SalvorError('target_full', { system, seen }),
  ],
  [
    /out of shared memory/i,
    (_seen, { system, object }) => new SalvorError('load_locks_full', { system, object: object ?? 'it' }),
  ],
  [
    /role "([^"]+)" does not exist/,
    (_seen, { system }, match) => {
      const role = match[1] ?? ''
      return new SalvorError('target_role_missing', { role, create: `CREATE ROLE "${role}";`, system })
    },
  ],
  [
    /password authentication failed|no pg_hba\.conf entry|permission denied for database/i,
    (seen, { system }) => new SalvorError('target_refused', { system, seen }),
  ],
  [
    /connection to server .*failed|could not connect to server/i,
    (seen, { system }) => new SalvorError('target_unreachable', { system, seen }),
  ],
  [
    /server closed the connection|terminating connection|no connection to the server|connection to server was lost|SSL connection has been closed|database "[^"]+" does not exist|the database system is/i,
    (seen, { system }) => new SalvorError('target_lost', { system, seen }),
  ],
  [
    /must be (?:a )?member of role|must be able to SET ROLE|permission denied|must be owner|must be superuser/i,
    (seen, { system, role, object }) => new SalvorError('load_rights', { role, object: object ?? 'it', system, seen }),
  ],
]

/** Causes that lie in neither archive nor rights, and may be gone when it is tried again. */
const passing =
  /out of (?:shared )?memory|deadlock detected|canceling |lock timeout|too many (?:clients|connections)|already exists|could not (?:open|write|read|access|fsync)/i

/**
 * The catalogue's error for a load by pg_restore that stopped. `entries` is the archive's table of contents, which
 * tells what the numbers mean that pg_restore prints.
 */
export function nameLoadComplaint(
  stderr: string,
  { entries = [], ...load }: Load & { readonly entries?: readonly TocEntry[] },
): SalvorError {
  // A worker that died is the last thing said, never the cause.
  const said = stderr
    .split('\n')
    .filter((line) => /error|FATAL|ERROR|HINT/.test(line) && !/a worker process died unexpectedly/.test(line))
    .join('\n')
  const object = findObject(stderr, entries)
  return nameStop(
    {
      ...{ said, object, seen: firstError(said === '' ? stderr : said) },
      statement: findStatement(stderr, object ?? ''),
      isServers: /ERROR:/.test(said),
      excerpt: takeExcerpt(stderr),
    },
    load,
  )
}

/** The same for a statement of an entry that the server refused. */
export function nameRefusedStatement(message: string, of: Load & { entry: TocEntry; text: string }): SalvorError {
  const { entry, text, ...load } = of
  const object = describeEntry(entry)
  const complaint = { object, statement: cutStatement(text, object), isServers: true, excerpt: message }
  return nameStop({ ...complaint, said: message, seen: message }, load)
}

/** The catalogue's error for a load that stopped. */
function nameStop(of: LoadComplaint, load: Load): SalvorError {
  const { said, seen, object, statement, isServers, excerpt } = of
  for (const [pattern, make] of signatures) {
    const match = pattern.exec(said)
    if (match) return make(seen, { ...load, object }, match)
  }
  if (isServers && object !== undefined && !passing.test(said)) {
    const { system, backup } = load
    return new SalvorError('archive_unloadable', { backup, object, statement, seen, system }, { excerpt })
  }
  const archive = isServers ? undefined : nameArchiveComplaint(said, load.backup)
  return archive ?? new SalvorError('load_failed', { seen }, { excerpt })
}

/** `from TOC entry 3345; 0 16645 TABLE DATA a app`: what pg_restore was at when it first failed. */
function findObject(stderr: string, entries: readonly TocEntry[]): string | undefined {
  const before = stderr.slice(0, Math.max(0, stderr.search(/^pg_restore: error: /m)))
  const id = Number([...before.matchAll(/from TOC entry (\d+);/g)].at(-1)?.[1] ?? Number.NaN)
  const entry = entries.find((one) => one.id === id)
  return entry === undefined ? undefined : describeEntry(entry)
}

const STATEMENT_LENGTH = 200

/** The statement that failed: its first line. A user mapping's may hold a password, and rows are nobody's business. */
function findStatement(stderr: string, object: string): string {
  const [, table] = /^pg_restore: error: COPY failed for table "(.+?)":/m.exec(stderr) ?? []
  const statement = table === undefined ? /^Command was: (.*)/m.exec(stderr)?.[1] : `COPY ${table}`
  return cutStatement(statement ?? 'unknown', object)
}

function cutStatement(text: string, object: string): string {
  if (object.startsWith('user mapping')) return 'CREATE USER MAPPING …'
  return text.split('\n', 1)[0]?.slice(0, STATEMENT_LENGTH) ?? ''
}

/** The last lines, without DETAIL and the values in CONTEXT: they hold rows. */
function takeExcerpt(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => /error|ERROR|FATAL|warning|CONTEXT/.test(line))
    .map((line) => line.replace(/(CONTEXT: .*? line \d+).*/, '$1'))
    .slice(-10)
    .join('\n')
}
