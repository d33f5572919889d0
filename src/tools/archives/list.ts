import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveManifest, RestorePoint } from '../../domain/content.ts'
import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { nameArchiveComplaint } from './archive-complaint.ts'
import { assignIds } from './assign-ids.ts'
import { nameHeaderProblem } from './header-problem.ts'
import { predictLoad } from './load-weights.ts'
import { readArchiveManifest } from './manifest.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readArchiveHeader } from './read-header.ts'
import { askToList, readToc } from './toc.ts'

interface ReadDeps {
  readonly run: ToolRunner
  readonly programs: PostgresPrograms
}

/** What dumps and copies leave while they are written, and sidecars. */
const NOT_ARCHIVES = /^\.|\.(?:partial|tmp|part|json|md|txt|log|sha256)$/

/** Every archive of a folder, newest first, each with its problem if it cannot be used. A missing folder is empty. */
export async function listArchives(deps: ReadDeps, folder: string): Promise<RestorePoint[]> {
  const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return []
    throw thrown
  })
  const points: Omit<RestorePoint, 'id'>[] = []
  for (const name of names.filter((one) => !NOT_ARCHIVES.test(one)).sort()) {
    const point = await describeArchive(deps, join(folder, name))
    if (point !== null) points.push(point)
  }
  points.sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1))
  return assignIds(points)
}

async function describeArchive(deps: ReadDeps, path: string): Promise<Omit<RestorePoint, 'id'> | null> {
  const found = await stat(path)
  const files = found.isDirectory() ? await readdir(path) : []
  // A folder of something else; one that has data files but no table of contents is a damaged archive.
  if (found.isDirectory() && !files.some((one) => one === 'toc.dat' || /\.dat(\.|$)/.test(one))) return null
  const header = await readArchiveHeader(path)
  const bytes = found.isDirectory() ? await sumBytes(path, files) : found.size
  const format = found.isDirectory() ? 'directory' : 'custom'
  const blank = { kind: 'pg_dump', path, format, bytes, archiveHash: null, predicted: null } as const
  if ('problem' in header) {
    const problem = messageOf(nameHeaderProblem(header.problem, path))
    const takenAt = found.mtime.toISOString()
    const source = { database: '', systemIdentifier: null, databaseOid: null }
    return { ...blank, takenAt, hasManifest: false, tables: 0, rows: null, serverVersion: '', source, problem }
  }
  // A manifest that cannot be read is none: the archive itself may still be whole.
  const manifest = await readArchiveManifest(path).catch(() => null)
  const told = manifest === null ? await askToc(deps, path) : await describeManifest(path, manifest)
  const source = {
    database: header.database,
    systemIdentifier: manifest?.systemIdentifier ?? null,
    databaseOid: manifest?.marks?.databaseOid ?? null,
  }
  const point = { ...blank, takenAt: header.takenAt, serverVersion: header.serverVersion, source }
  return { ...point, hasManifest: manifest !== null, ...told }
}

type Told = Pick<RestorePoint, 'problem' | 'tables' | 'rows' | 'takenAt' | 'archiveHash' | 'predicted'>

/** Files that are shorter than their manifest says were cut; that needs no reading to the end. */
async function describeManifest(path: string, manifest: ArchiveManifest): Promise<Told> {
  const cut: string[] = []
  for (const file of manifest.archive.files) {
    const size = await stat(join(path, file.path === '.' ? '' : file.path)).then(
      (one) => one.size,
      () => -1,
    )
    if (size < file.size) cut.push(file.path)
  }
  const backup = nameOf(path)
  const missing = cut.length > 0 ? messageOf(new SalvorError('archive_truncated', { backup })) : null
  return {
    problem: missing,
    takenAt: manifest.takenAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    archiveHash: manifest.archive.sha256,
    predicted: predictLoad(manifest),
  }
}

async function askToc(
  deps: ReadDeps,
  path: string,
): Promise<Partial<Told> & Pick<Told, 'problem' | 'tables' | 'rows'>> {
  const backup = nameOf(path)
  const complaint = await askToList(deps, path, AbortSignal.timeout(30_000))
  if (complaint !== null) {
    const known =
      nameArchiveComplaint(complaint, backup) ?? new SalvorError('archive_corrupt', { backup, seen: complaint })
    return { problem: messageOf(known), tables: 0, rows: null }
  }
  try {
    const entries = await readToc(path)
    return { problem: null, rows: null, tables: entries.filter((one) => one.kind === 'TABLE DATA').length }
  } catch (thrown) {
    if (!(thrown instanceof SalvorError)) throw thrown
    return { problem: messageOf(thrown), tables: 0, rows: null }
  }
}

async function sumBytes(folder: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (one) => (await stat(join(folder, one))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
