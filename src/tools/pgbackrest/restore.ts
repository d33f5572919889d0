import { open, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RestorePoint } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { inPhase, stepPhase } from '../../domain/phase.ts'
import { type PhysicalBackup, writeMoment } from '../../domain/physical-backup.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import type { Log } from '../../ports/log.ts'
import type { PostgresPrograms } from '../archives/postgres-programs.ts'
import { findProgram } from '../find-program.ts'
import { databaseOfUrl } from '../postgres-session.ts'
import { makeToolEnvironment } from '../tool-environment.ts'
import { isRoot, ownAccount } from './account.ts'
import { sumOnDisk, tellWhile, trackBytes } from './progress.ts'
import { describeEnd, type PgBackRestDeps, readComplaint, runPgBackRest, writeCommand } from './run.ts'
import { addressScratch, rolesOf } from './scratch/address.ts'
import { readControl } from './scratch/control.ts'
import { keepArchive, makeScratch, removeScratch, type ScratchFolder } from './scratch/folder.ts'
import { forgetLibraries } from './scratch/forget-libraries.ts'
import { removeNativeCode } from './scratch/native-code.ts'
import { hasReached } from './scratch/reached.ts'
import { type ScratchServer, startServer } from './scratch/server.ts'
import { ENDED_EARLY, type ServerLog } from './scratch/server-log.ts'
import { writeAccess, writeSettings } from './scratch/settings.ts'

export interface RestoreDeps extends PgBackRestDeps {
  readonly programs: PostgresPrograms
  readonly archives: Pick<ArchiveTools, 'dump'>
  readonly log: Log
}

type RestoreInto = Parameters<ClusterProvider['restoreInto']>[0]

/** The tool's own numbers for a repository that does not hold what its list says. */
const DAMAGED = new Set([26, 28, 29, 41, 55, 73, 103])

/** See the port: a whole cluster beside everything else, and the one database out of it. */
export async function restoreCluster(deps: RestoreDeps, of: RestoreInto): ReturnType<ClusterProvider['restoreInto']> {
  const { place, target } = of
  const began = performance.now()
  await clearScratch(deps, of)
  try {
    const scratch = await makeScratch(deps.run, place, target.session)
    await restoreFiles(deps, of, scratch)
    await refuseNativeCode(deps, of, scratch)
    try {
      const settled = await settleScratch(deps, of, scratch)
      const log = await whileServing(deps, settled, (server) => replay(of, server))
      // WAL can write files and settings too, and no session has begun yet.
      await refuseNativeCode(deps, of, scratch)
      await forgetLibraries(deps.run, {
        ...{ ...settled, config: settled.settings.config },
        databases: ['template1', 'postgres', databaseOfUrl(target.url, target.system)],
      })
      const { archive } = await whileServing(deps, settled, async (server) => {
        await server.untilReady()
        return { archive: await copyOut(deps, of, { scratch, asOf: momentOf(of, log) }) }
      })
      return { archive, reached: log.reached, seconds: (performance.now() - began) / 1000 }
    } finally {
      await keepArchive(deps.run, place, scratch)
    }
  } catch (thrown) {
    await clearScratch(deps, of)
    throw thrown
  }
}

/** As far as it can be: whoever asks `tidyUp` afterwards hears what remains. */
async function clearScratch({ run, log }: RestoreDeps, { place, target }: RestoreInto): Promise<void> {
  const left = await removeScratch(run, place, target.session)
  if (left.length > 0) log.warn({ left }, 'scratch folders not removed')
}

async function restoreFiles(deps: RestoreDeps, of: RestoreInto, scratch: ScratchFolder): Promise<void> {
  const { place, point, signal, onProgress } = of
  const { label, repo, clusterBytes } = physicalOf(point)
  const track = trackBytes(stepPhase('restoring', { backup: label }), clusterBytes)
  const measure = async () => track(await sumOnDisk(dirname(scratch.data)), Date.now())
  const result = await tellWhile(onProgress, measure, () =>
    runPgBackRest(deps, {
      place,
      command: 'restore',
      args: [
        `--repo=${repo}`,
        `--set=${label}`,
        `--pg1-path=${scratch.data}`,
        `--tablespace-map-all=${scratch.tablespaces}`,
        `--lock-path=${scratch.lock}`,
        // Its settings for recovery are ours.
        '--type=preserve',
        '--log-level-console=error',
      ],
      signal,
    }),
  )
  signal.throwIfAborted()
  if (result.exitCode === 0) return
  const { code } = readComplaint(result)
  const seen = describeEnd(result)
  if (code !== null && DAMAGED.has(code)) throw new SalvorError('backup_damaged', { backup: label, seen })
  throw new SalvorError('backup_tool_failed', { action: `restore ${label}`, seen })
}

/** A library among the files of a cluster is there for one reason only. */
async function refuseNativeCode(
  deps: RestoreDeps,
  { place, point }: RestoreInto,
  scratch: ScratchFolder,
): Promise<void> {
  const found = await removeNativeCode(deps.run, place.scratch.account, [scratch.data, scratch.tablespaces])
  if (found.length > 0)
    deps.log.warn({ backup: point.id, count: found.length, files: found.slice(0, 10) }, 'libraries in a backup removed')
}

type Settled = Parameters<typeof startServer>[1]

async function whileServing<T>(
  deps: RestoreDeps,
  settled: Settled,
  work: (server: ScratchServer) => Promise<T>,
): Promise<T> {
  const server = startServer(deps.run, settled)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

/** The restored files get settings of Salvor's own, and nothing of theirs is read. Answers how to start the server. */
async function settleScratch(deps: RestoreDeps, of: RestoreInto, scratch: ScratchFolder): Promise<Settled> {
  const { place, point, moment, target, signal } = of
  const { label, repo } = physicalOf(point)
  const { account, preload } = place.scratch
  const { data } = scratch
  const major = Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10)
  const program = await deps.programs.own('postgres', major)
  const limits = await readControl(deps.run, {
    ...{ program: await deps.programs.own('pg_controldata', major), account, data, backup: label, signal },
  })
  const get = writeCommand(place, 'archive-get', [
    ...[`--repo=${repo}`, `--pg1-path=${data}`, `--lock-path=${scratch.lock}`, '--no-archive-async'],
    '--log-level-console=error',
  ])
  const tool = findProgram(deps.program ?? 'pgbackrest', makeToolEnvironment(process.env).PATH)
  const config = writeSettings({
    ...{ socket: scratch.socket, preload, limits, archiveGet: [tool, ...get], moment, major },
  })
  const { hba, ident } = writeAccess({ account: ownAccount(), roles: rolesOf(target) })
  const settings = {
    config: join(data, 'salvor.conf'),
    hba: join(data, 'salvor-hba.conf'),
    ident: join(data, 'salvor-ident.conf'),
  }
  for (const name of ['standby.signal', 'postmaster.pid']) await rm(join(data, name), { force: true })
  await writeOwned(data, {
    [settings.config]: config,
    [settings.hba]: hba,
    [settings.ident]: ident,
    // Read whatever config_file says, and the last word: what is in it is the live cluster's.
    [join(data, 'postgresql.auto.conf')]: '',
    [join(data, 'recovery.signal')]: '',
  })
  return { program, account, data, settings, backup: label, signal }
}

async function replay({ point, moment, onProgress }: RestoreInto, server: ScratchServer): Promise<ServerLog> {
  const { label } = physicalOf(point)
  const { log } = server
  const describe = () => {
    const at = log.lsn ?? log.segment
    return at === null ? inPhase('starting', { what: label }) : inPhase('replaying', { at, segments: log.segments })
  }
  const refuse = () => {
    if (moment === null) return new SalvorError('backup_wal_missing', { backup: label, missing: 'the end of it' })
    const last = log.reached.lastCommitAt
    // A time is reached once a transaction ended after it.
    const nearest = last === null ? `--backup ${label}` : `--at ${new Date(Date.parse(last) - 1).toISOString()}`
    return new SalvorError('moment_unreachable', { moment: writeMoment(moment), why: 'WAL ends before it', nearest })
  }
  await tellWhile(onProgress, describe, () => server.untilReady()).catch((thrown: unknown) => {
    throw log.fatal === ENDED_EARLY ? refuse() : thrown
  })
  if (!hasReached(moment, log)) throw refuse()
  return log
}

async function copyOut(
  deps: RestoreDeps,
  { point, target, jobs, signal, onProgress }: RestoreInto,
  { scratch, asOf }: { readonly scratch: ScratchFolder; readonly asOf: string },
): Promise<RestorePoint> {
  const database = databaseOfUrl(target.url, target.system)
  const onTable = (seen: { table: string; bytesDone: number; bytesTotal: number | null }) => {
    const fraction = seen.bytesTotal ? Math.min(1, seen.bytesDone / seen.bytesTotal) : null
    onProgress?.({ ...inPhase('copying_out', { database, table: seen.table }), fraction })
  }
  try {
    const there = addressScratch(target, scratch.socket)
    const folder = scratch.archive
    const dumped = await deps.archives.dump({ target: there, folder, jobs, asOf, signal, onProgress: onTable })
    return dumped.point
  } catch (thrown) {
    if (!(thrown instanceof SalvorError) || thrown.code !== 'target_gone') throw thrown
    throw new SalvorError('backup_lacks_database', { backup: point.id, database }, { cause: thrown })
  }
}

/** Of which moment the copy is: what was asked for where that is a time, else the last transaction that is in it. */
function momentOf({ point, moment }: RestoreInto, log: ServerLog): string {
  if (moment === null) return point.takenAt
  if (moment.kind === 'time') return new Date(moment.value).toISOString()
  return log.reached.lastCommitAt ?? log.reached.at ?? point.takenAt
}

export function physicalOf(point: RestorePoint): PhysicalBackup {
  if (point.physical === undefined) throw new Error(`${point.id} is no backup of a cluster`)
  return point.physical
}

/** Files of the server's account, whoever this process is. */
async function writeOwned(data: string, files: { readonly [path: string]: string }): Promise<void> {
  const { uid, gid } = await stat(data)
  for (const [path, text] of Object.entries(files)) {
    // A link in the backup would lead out of the scratch folder.
    await rm(path, { force: true })
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(text)
      // By its handle: at the path there may be another one by now.
      if (isRoot()) await file.chown(uid, gid)
    } finally {
      await file.close()
    }
  }
}
