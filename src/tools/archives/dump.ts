import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveManifest, RestorePoint } from '../../domain/content.ts'
import type { OnTableProgress, TargetAddress } from '../../ports/content-tools.ts'
import type { Log } from '../../ports/log.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { chooseReader } from '../choose-reader.ts'
import { measureContent } from '../content/measure.ts'
import { writeLibpqEnvironment } from '../libpq-environment.ts'
import { nameSession } from '../postgres-session.ts'
import { syncFolder } from '../sync-folder.ts'
import { explainDumpFailure } from './dump-failure.ts'
import { nameAfter, removeUnfinished, renameWhole, unfinishedPath } from './dump-files.ts'
import { createDumpProgress } from './dump-progress.ts'
import { addCopyBytes } from './dump-sizes.ts'
import { writeArchiveManifest } from './manifest.ts'
import { hashArchiveFiles } from './manifest-hash.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readServerMajor } from './server-major.ts'

export interface DumpDeps {
  readonly runner: ToolRunner
  readonly programs: PostgresPrograms
  readonly log: Log
  /** For tests; default: the one that fits the server best. */
  readonly pgDump?: string
}

export interface DumpOptions {
  readonly target: TargetAddress
  readonly folder: string
  /** Parallel jobs of pg_dump. */
  readonly jobs: number
  /** Sessions that measure beside; default: as content tools do. */
  readonly parallel?: number
  /** Of which moment the content is, where that is not now: a copy out of a cluster that was brought up. */
  readonly asOf?: string
  readonly signal: AbortSignal
  readonly onProgress?: OnTableProgress
}

/** A long ALTER TABLE should be named as the cause, not waited for all night. */
const LOCK_WAIT = '60s'

/**
 * `pg_dump -Fd` with its manifest from the same snapshot, as `<folder>/<database>-<UTC time>`. Both appear under
 * their final names only when whole; on any error nothing is left. Throws dump_failed, target_* and tool_missing.
 */
export async function dumpDatabase(
  deps: DumpDeps,
  of: DumpOptions,
): Promise<{ readonly point: RestorePoint; readonly manifest: ArchiveManifest }> {
  const { folder, signal } = of
  const target = await chooseReader(of)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeUnfinished(folder, target.session.step)
  const draft = unfinishedPath(folder, target.session)
  const program = deps.pgDump ?? (await deps.programs.dumper(await readServerMajor(target))).program
  try {
    const bytesOnDisk = new Map<string, number>()
    const progress = createDumpProgress(of.jobs, of.onProgress)
    const measured = await measureContent({
      target,
      signal,
      ...(of.parallel === undefined ? {} : { parallel: of.parallel }),
      onProgress: progress.measured,
      onTables: (tables) => {
        progress.planned(tables)
        for (const table of tables) bytesOnDisk.set(table.name, table.bytes)
      },
      beside: (snapshot, stop) =>
        runDump(deps, { ...of, target }, { program, snapshot, draft, signal: stop, onLine: progress.readLine }),
    })
    const content = { ...measured, takenAt: of.asOf ?? measured.takenAt }
    const tables = await addCopyBytes(draft, { tables: content.tables, bytesOnDisk })
    const files = await hashArchiveFiles(draft, { signal })
    await syncFolder(draft)
    const manifest: ArchiveManifest = { ...content, tables, archive: { ...files, madeBy: nameSession(target.session) } }
    const path = await nameFreely(folder, content.database, content.takenAt)
    // The manifest goes first: an archive that can be seen must already have its proof.
    await writeArchiveManifest(path, manifest)
    await renameWhole(draft, path)
    deps.log.info({ path, tables: manifest.tables.length }, 'dump written')
    return { point: describePoint(path, manifest), manifest }
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    throw thrown
  }
}

async function runDump(
  deps: DumpDeps,
  of: DumpOptions,
  run: { program: string; snapshot: string; draft: string; signal: AbortSignal; onLine: (line: string) => void },
): Promise<void> {
  const result = await deps.runner.run({
    program: run.program,
    args: [
      '--format=directory',
      `--jobs=${of.jobs}`,
      `--snapshot=${run.snapshot}`,
      `--file=${run.draft}`,
      `--lock-wait-timeout=${LOCK_WAIT}`,
      '--no-password',
      '--verbose',
    ],
    env: {
      ...writeLibpqEnvironment(of.target.url),
      PGAPPNAME: nameSession(of.target.session),
    },
    signal: run.signal,
    onStderrLine: run.onLine,
  })
  run.signal.throwIfAborted()
  if (result.exitCode !== 0) throw explainDumpFailure(result, of.target.system)
}

/** A second dump in the same second gets a number. */
async function nameFreely(folder: string, database: string, takenAt: string): Promise<string> {
  const name = nameAfter(database, takenAt)
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${name}-${count}`)
    if (!(await stat(path).catch(() => null))) return path
  }
}

/** The list of restore points knows better ids (unique in their folder) and predictions; this is the point alone. */
function describePoint(path: string, manifest: ArchiveManifest): RestorePoint {
  return {
    id: `d-${manifest.takenAt.slice(11, 16).replace(':', '')}`,
    kind: 'pg_dump',
    path,
    format: 'directory',
    takenAt: manifest.takenAt,
    bytes: manifest.archive.files.reduce((sum, file) => sum + file.size, 0),
    hasManifest: true,
    archiveHash: manifest.archive.sha256,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    serverVersion: manifest.serverVersion,
    source: {
      database: manifest.database,
      systemIdentifier: manifest.systemIdentifier,
      databaseOid: manifest.marks?.databaseOid ?? null,
    },
    problem: null,
    predicted: null,
  }
}
