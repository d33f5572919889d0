import { SalvorError } from '../../domain/errors/fail.ts'
import type { ArchiveIdentity, ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { loaderOf, nameLoader } from '../loader.ts'
import type { SessionSettings } from '../session-settings.ts'
import { identifyArchive, isSameArchive } from './archive-identity.ts'
import { handOver, writeApart } from './hand-over.ts'
import { nameLoadComplaint } from './load-complaint.ts'
import { trackLoad } from './load-progress.ts'
import { oneRun, splitLoad } from './load-runs.ts'
import { weighEntries } from './load-weights.ts'
import { hashArchiveFiles } from './manifest-hash.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readFormatMinor } from './read-header.ts'
import { type RestoreEnd, runRestore } from './run-restore.ts'
import { readServerMajor } from './server-major.ts'
import { readToc, type TocEntry } from './toc.ts'
import { watchLoad } from './watch-load.ts'
import { watchSurroundings } from './watch-surroundings.ts'

/** Settings for the load's sessions only: nobody depends on its commits before it is proven, index builds get memory. */
const sessionSettings: SessionSettings = { synchronous_commit: 'off', maintenance_work_mem: '256MB' }

/** What it says is believed only when it is a failure. */
export async function loadArchive(
  deps: { readonly run: ToolRunner; readonly programs: PostgresPrograms },
  of: Parameters<ArchiveTools['load']>[0],
): Promise<{ seconds: number; argv: readonly string[] }> {
  const { point, database, signal } = of
  const target = loaderOf(of.target)
  const before = await mustBeProven(of, of.proven.identity)
  const toc = await readToc(point.path)
  const server = await readServerMajor(target, database)
  const minor = await readFormatMinor(point.path)
  const tool = await deps.programs.loader({ backup: point.id, minor }, server)
  const tracker = trackLoad(weighEntries(toc, of.manifest), Date.now())
  const watching = new AbortController()
  const watch = watchLoad(target, database, watching.signal, (work) =>
    of.onProgress?.(tracker.describe(work, Date.now())),
  )
  const apart = writeApart(of.target)
  const runs = apart.length > 0 ? oneRun(of.jobs) : await splitLoad(toc, of.jobs)
  const ended: RestoreEnd[] = []
  try {
    await watchSurroundings(of.target, signal, async () => {
      for (const args of runs.args) {
        const { path } = point
        const common = { tool, server, target, database, path, settings: sessionSettings, signal }
        const end = await runRestore(deps.run, { ...common, args: [...args, ...apart], onStderrLine: tracker.takeLine })
        if (end.failed) throw refuse(end.stderr, of, toc)
        ended.push(end)
      }
    })
    const { target: whole, owner } = of
    await handOver({ target: whole, database, owner, backup: point.id, entries: toc, server, signal })
    await mustBeProven(of, before)
    return {
      seconds: ended.reduce((sum, one) => sum + one.seconds, 0),
      argv: ended.flatMap(({ argv }, at) => (at === 0 ? argv : [';', ...argv])),
    }
  } finally {
    watching.abort()
    await watch
    await runs.tidyUp()
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

function refuse(
  stderr: string,
  { target, point }: Parameters<ArchiveTools['load']>[0],
  entries: readonly TocEntry[],
): SalvorError {
  const role = nameLoader(target)
  return nameLoadComplaint(stderr, { system: target.system, backup: point.id, role, entries })
}
