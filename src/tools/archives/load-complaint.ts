import { SalvorError } from '../../domain/errors/fail.ts'
import { firstError, nameArchiveComplaint } from './archive-complaint.ts'
import { describeEntry, type TocEntry } from './toc.ts'

interface Load {
  readonly system: string
  readonly backup: string
  readonly role: string
  /** Its table of contents, which tells what the numbers mean that pg_restore prints. */
  readonly entries?: readonly TocEntry[]
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

/** The catalogue's error for a load that stopped. A worker that died is the last thing said, never the cause. */
export function nameLoadComplaint(stderr: string, load: Load): SalvorError {
  const said = stderr
    .split('\n')
    .filter((line) => /error|FATAL|ERROR|HINT/.test(line) && !/a worker process died unexpectedly/.test(line))
    .join('\n')
  const seen = firstError(said === '' ? stderr : said)
  const named = { ...load, object: findObject(stderr, load.entries ?? []) }
  for (const [pattern, make] of signatures) {
    const match = pattern.exec(said)
    if (match) return make(seen, named, match)
  }
  const isServers = /ERROR:/.test(said)
  if (isServers && named.object !== undefined && !passing.test(said)) {
    const { system, backup } = load
    const facts = { backup, object: named.object, statement: findStatement(stderr, named.object), seen, system }
    return new SalvorError('archive_unloadable', facts, { excerpt: takeExcerpt(stderr) })
  }
  const archive = isServers ? undefined : nameArchiveComplaint(said, load.backup)
  return archive ?? new SalvorError('load_failed', { seen }, { excerpt: takeExcerpt(stderr) })
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
  if (object.startsWith('user mapping')) return 'CREATE USER MAPPING …'
  const [, table] = /^pg_restore: error: COPY failed for table "(.+?)":/m.exec(stderr) ?? []
  if (table !== undefined) return `COPY ${table}`
  return /^Command was: (.*)/m.exec(stderr)?.[1]?.slice(0, STATEMENT_LENGTH) ?? 'unknown'
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
