import type { RestorePoint } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { firstError, nameArchiveComplaint } from './archive-complaint.ts'
import { identifyArchive, isSameArchive } from './archive-identity.ts'
import { nameHeaderProblem } from './list.ts'
import { readArchiveManifest } from './manifest.ts'
import { hashArchiveFiles } from './manifest-hash.ts'
import { readArchiveHeader } from './read-header.ts'
import { listSuperuserOnly } from './superuser-only.ts'
import { readToc } from './toc.ts'

/**
 * Proves that an archive can be read to its end. Its list is no proof: a cut archive lists well, with exit code 0.
 * The tool's words come before the hashes, because «ends early» says more than «differs from its manifest».
 */
export async function proveArchive(
  run: ToolRunner,
  of: Parameters<ArchiveTools['prove']>[0],
): ReturnType<ArchiveTools['prove']> {
  const { point, signal } = of
  const backup = point.id
  const tell = (phase: string) => of.onProgress?.({ phase, fraction: null, rate: null, readyBetween: null })
  const header = await readArchiveHeader(point.path).catch((thrown: Error) => {
    throw new SalvorError('archive_corrupt', { backup, seen: thrown.message }, { cause: thrown })
  })
  if ('problem' in header) throw rename(nameHeaderProblem(header.problem, point.path), backup)
  const identity = await identifyArchive(point.path)
  tell(`reading ${backup} to its end`)
  const toc = await readToc(run, point.path, signal)
  if ('complaint' in toc) throw refuse(toc.complaint, backup)
  const read = await run.run({ program: 'pg_restore', args: ['--file=/dev/null', '--', point.path], signal })
  signal.throwIfAborted()
  if (read.exitCode !== 0) throw refuse(read.stderrTail, backup)
  tell(`hashing ${backup}`)
  const archiveHash = await compareHashes(point, signal)
  const rolesNeeded = await readRoles(run, point, signal)
  // What was read to its end and what was hashed must be one.
  if (identity.local && !isSameArchive(identity, await identifyArchive(point.path)))
    throw new SalvorError('archive_hash_differs', { backup, seen: 'it was written while it was read' })
  const superuserOnly = listSuperuserOnly(toc.entries)
  return { archiveHash, identity, rolesNeeded, superuserOnly, tocEntries: toc.entries.length }
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

/**
 * Roles that own something or get a privilege: pg_restore stops at the first that is missing. The comment above
 * each entry names its owner and kind; grants are read only below entries of such a kind.
 */
async function readRoles(run: ToolRunner, point: RestorePoint, signal: AbortSignal): Promise<string[]> {
  const roles = new Set<string>()
  let kind = ''
  const take = (line: string): void => {
    const header = /^-- Name: .*; Type: (.*); Schema: .*; Owner: (.*)$/.exec(line)
    if (header) {
      kind = header[1] ?? ''
      if (header[2] !== '' && header[2] !== '-' && header[2] !== undefined) roles.add(header[2])
    }
    if (kind !== 'ACL' && kind !== 'DEFAULT ACL') return
    const grant =
      /^(?:ALTER DEFAULT PRIVILEGES .*)?GRANT .* TO ("(?:[^"]|"")+"|[^\s;"]+)(?: WITH GRANT OPTION)?;$/.exec(line)
    const role = grant?.[1]
    if (role !== undefined && role !== 'PUBLIC')
      roles.add(role.startsWith('"') ? role.slice(1, -1).replaceAll('""', '"') : role)
  }
  const args = ['--schema-only', '--file=-', '--', point.path]
  const read = await run.run({ program: 'pg_restore', args, signal, onStdoutLine: take })
  signal.throwIfAborted()
  if (read.exitCode !== 0) throw refuse(read.stderrTail, point.id)
  return [...roles].sort()
}
