import type { ArchiveNeeds } from '../../domain/archive-needs.ts'
import type { RestorePoint } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { inPhase } from '../../domain/phase.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { firstError, nameArchiveComplaint } from './archive-complaint.ts'
import { identifyArchive, isSameArchive } from './archive-identity.ts'
import { nameHeaderProblem } from './header-problem.ts'
import { listNeeds } from './list-needs.ts'
import { readArchiveManifest } from './manifest.ts'
import { hashArchiveFiles } from './manifest-hash.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readBack } from './read-back.ts'
import { readArchiveHeader, readFormatMinor } from './read-header.ts'
import { refuseForeignData } from './refuse-data.ts'
import { refuseForeignEntries } from './refuse-entries.ts'
import { type ReadToc, readWholeToc } from './toc.ts'

/**
 * Proves that an archive can be read to its end. Its list is no proof: a cut archive lists well, with exit code 0.
 * Its files are hashed and its entries looked at meanwhile; the tool's words come first, because «ends early» says more
 * than «differs from its manifest».
 */
export async function proveArchive(
  deps: { readonly run: ToolRunner; readonly programs: PostgresPrograms },
  of: Parameters<ArchiveTools['prove']>[0],
): ReturnType<ArchiveTools['prove']> {
  const { point, signal } = of
  const backup = point.id
  const header = await readArchiveHeader(point.path).catch((thrown: Error) => {
    throw new SalvorError('archive_corrupt', { backup, seen: thrown.message }, { cause: thrown })
  })
  if ('problem' in header) throw rename(nameHeaderProblem(header.problem, point.path), backup)
  const identity = await identifyArchive(point.path)
  of.onProgress?.(inPhase('reading_whole', { backup }))
  const program = await deps.programs.reader(await readFormatMinor(point.path))
  const { result: lawful, beside: archiveHash } = await besideWork(
    signal,
    (stop) => compareHashes(point, stop),
    async () => {
      // Of what cannot be listed pg_restore has the better words.
      const toc = await readWholeToc(point.path).catch((thrown: SalvorError) => rename(thrown, backup))
      const entries = toc instanceof SalvorError ? [] : toc.entries
      const { beside } = await besideWork(
        signal,
        () => checkEntries(toc, point),
        async () => {
          const { path } = point
          const read = await readBack(deps.run, { program, path, entries, readers: of.readers ?? 1, signal })
          signal.throwIfAborted()
          if (read.exitCode !== 0) throw refuse(read.stderrTail, backup)
        },
      )
      return beside
    },
  )
  // What was read to its end and what was hashed must be one.
  if (identity.local && !isSameArchive(identity, await identifyArchive(point.path)))
    throw new SalvorError('archive_hash_differs', { backup, seen: 'it was written while it was read' })
  return {
    archiveHash,
    identity,
    needs: lawful.needs,
    tocEntries: lawful.entries,
  }
}

/** Refuses what no dump does, and says what the rest asks of server and role. Nothing of it is executed here. */
async function checkEntries(
  toc: ReadToc | SalvorError,
  { path, id }: RestorePoint,
): Promise<{ readonly entries: number; readonly needs: ArchiveNeeds }> {
  if (toc instanceof SalvorError) throw toc
  await refuseForeignEntries(toc.entries, id)
  await refuseForeignData(toc, { path, backup: id })
  return { entries: toc.entries.length, needs: await listNeeds(toc.entries) }
}

/**
 * Does `beside` while `work` goes on, one on another processor than the other. What `work` throws comes first, and ends
 * the other, so that nothing is read any more when this has thrown.
 */
async function besideWork<T, B>(
  signal: AbortSignal,
  beside: (stop: AbortSignal) => Promise<B>,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly beside: B }> {
  const stop = new AbortController()
  const running = beside(AbortSignal.any([signal, stop.signal]))
  const settled = running.catch(() => {})
  try {
    const result = await work()
    return { result, beside: await running }
  } finally {
    stop.abort()
    await settled
  }
}

function refuse(stderr: string, backup: string): SalvorError {
  return (
    nameArchiveComplaint(stderr, backup) ?? new SalvorError('archive_corrupt', { backup, seen: firstError(stderr) })
  )
}

function rename(error: SalvorError, backup: string): SalvorError {
  return SalvorError.from(error.code, { ...error.facts, backup })
}

/** The files' hashes against the manifest's; without a manifest, the hash of the files as they are now. */
async function compareHashes(point: RestorePoint, signal: AbortSignal): Promise<string> {
  const now = await hashArchiveFiles(point.path, { signal })
  const manifest = await readArchiveManifest(point.path)
  if (manifest === null || manifest.archive.sha256 === now.sha256) return now.sha256
  const wanted = new Map(manifest.archive.files.map((file) => [file.path, file.sha256]))
  const differing = now.files.filter((file) => wanted.get(file.path) !== file.sha256).map((file) => file.path)
  const missing = [...wanted.keys()].filter((path) => !now.files.some((file) => file.path === path))
  const seen = [...differing, ...missing].slice(0, 5).join(', ')
  throw new SalvorError('archive_hash_differs', { backup: point.id, seen: seen === '.' ? 'its sha256 differs' : seen })
}
