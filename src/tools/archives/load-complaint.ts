import { SalvorError } from '../../domain/errors/fail.ts'
import { firstError, nameArchiveComplaint } from './archive-complaint.ts'

interface Load {
  readonly system: string
  readonly backup: string
  readonly role: string
}

/** What pg_restore prints when the target is the cause, by signature. The first that matches counts. */
const signatures: readonly [RegExp, (seen: string, load: Load, match: RegExpExecArray) => SalvorError][] = [
  [
    /No space left on device|could not extend file/i,
    (seen, { system }) => new SalvorError('target_full', { system, seen }),
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
    /must be (?:a )?member of role "?([^"\n]+)"?|must be able to SET ROLE "?([^"\n]+)"?/i,
    (_seen, { system, role }, match) => {
      const owner = match[1] ?? match[2] ?? ''
      const grant = `GRANT ${owner} TO ${role};`
      return new SalvorError('target_rights', { role, action: `give objects to ${owner}`, system, grant })
    },
  ],
  [
    /permission denied|must be owner|must be superuser/i,
    (seen, { system, role }) => {
      const grant = `what the line asks for, or use a role in adminUrl that has it.`
      return new SalvorError('target_rights', { role, action: `do what the backup needs (${seen})`, system, grant })
    },
  ],
]

/** The catalogue's error for a load that stopped. A worker that died is the last thing said, never the cause. */
export function nameLoadComplaint(stderr: string, load: Load): SalvorError {
  const said = stderr
    .split('\n')
    .filter((line) => /error|FATAL|ERROR|HINT/.test(line) && !/a worker process died unexpectedly/.test(line))
    .join('\n')
  const seen = firstError(said === '' ? stderr : said)
  for (const [pattern, make] of signatures) {
    const match = pattern.exec(said)
    if (match) return make(seen, load, match)
  }
  const isServers = /ERROR:/.test(said)
  const archive = isServers ? undefined : nameArchiveComplaint(said, load.backup)
  return archive ?? new SalvorError('load_failed', { seen }, { excerpt: takeExcerpt(stderr) })
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
