import { SalvorError } from '../../domain/errors/fail.ts'
import type { ArchiveIdentity, ArchiveTools } from '../../ports/archive-tools.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { writeLibpqEnvironment } from '../libpq-environment.ts'
import { nameSession } from '../postgres-session.ts'
import type { SessionSettings } from '../session-settings.ts'
import { identifyArchive, isSameArchive } from './archive-identity.ts'
import { nameLoadComplaint } from './load-complaint.ts'
import { trackLoad } from './load-progress.ts'
import { weighEntries } from './load-weights.ts'
import { hashArchiveFiles } from './manifest-hash.ts'
import { readToc } from './toc.ts'
import { watchLoad } from './watch-load.ts'

/** Settings for the load's sessions only: nobody depends on its commits before it is proven, index builds get memory. */
const sessionSettings: SessionSettings = { synchronous_commit: 'off', maintenance_work_mem: '256MB' }

/** `pg_restore -j N --exit-on-error` into an empty database. Its exit code is believed only when it says failure. */
export async function loadArchive(
  run: ToolRunner,
  of: Parameters<ArchiveTools['load']>[0],
): Promise<{ seconds: number; argv: readonly string[] }> {
  const { point, target, signal } = of
  const before = await mustBeProven(of, of.proven.identity)
  const tracker = trackLoad(weighEntries(await readToc(point.path), of.manifest), Date.now())
  const [program = '', ...args] = writeLoadCommand(of)
  const watching = new AbortController()
  const watch = watchLoad(target, of.database, watching.signal, (work) =>
    of.onProgress?.(tracker.describe(work, Date.now())),
  )
  try {
    const ended = await run.run({
      program,
      args,
      env: {
        ...writeLibpqEnvironment(target.url, sessionSettings),
        PGAPPNAME: nameSession(target.session),
      },
      signal,
      onStderrLine: tracker.takeLine,
    })
    signal.throwIfAborted()
    if (ended.exitCode !== 0) throw refuse(ended.stderrTail, of)
    await mustBeProven(of, before)
    return { seconds: ended.seconds, argv: [program, ...args] }
  } finally {
    watching.abort()
    await watch
  }
}

/**
 * The archive still is the one that was proven: the same files as at the last look, or else the same content. Hashed
 * again where the files differ or their times cannot be believed.
 */
async function mustBeProven(of: Parameters<ArchiveTools['load']>[0], last: ArchiveIdentity): Promise<ArchiveIdentity> {
  const { point, proven, signal } = of
  const gone = (cause: unknown): never => {
    throw new SalvorError('archive_hash_differs', { backup: point.id, seen: 'it cannot be read any more' }, { cause })
  }
  const now = await identifyArchive(point.path).catch(gone)
  if (isSameArchive(last, now)) return now
  const { sha256 } = await hashArchiveFiles(point.path, { signal }).catch((thrown: unknown) => {
    signal.throwIfAborted()
    return gone(thrown)
  })
  if (sha256 === proven.archiveHash) return now
  throw new SalvorError('archive_hash_differs', { backup: point.id, seen: 'it was changed since preflight read it' })
}

/** The words of the command, without a secret in it; also shown to people. */
export function writeLoadCommand(of: Parameters<ArchiveTools['loadCommand']>[0]): string[] {
  return [
    'pg_restore',
    `--jobs=${of.jobs}`,
    '--exit-on-error',
    '--verbose',
    '--no-password',
    // A subscription would start pulling into a database that is not live yet.
    '--no-subscriptions',
    // As a connection string: a name with = in it would be read as one.
    `--dbname=dbname='${of.database.replaceAll(/(['\\])/g, '\\$1')}'`,
    '--',
    of.point.path,
  ]
}

function refuse(stderr: string, of: { point: { id: string }; target: TargetAddress }): SalvorError {
  const role = decodeURIComponent(new URL(of.target.url).username)
  return nameLoadComplaint(stderr, { system: of.target.system, backup: of.point.id, role })
}
