import type { ArchiveManifest, RestorePoint } from '../../../src/domain/content.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { defineStep, type LookContext, type StepContext } from '../../../src/engine/define-step.ts'
import { findBackupFolder } from '../../backup-folder.ts'
import { countJobs } from '../../count-jobs.ts'
import { followTables } from '../../table-progress.ts'
import { type BackupParams, type DumpOutput, preflightOutput } from '../params.ts'

/** Sessions beside those of pg_dump's jobs: its leader, the one that keeps the snapshot, and one that measures. */
const BESIDE = 3

/** Writes archive and manifest from one snapshot; both appear only when whole. */
export const dump = defineStep<BackupParams>({
  name: 'dump',
  title: 'dump',
  risk: 'reversible',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const { system } = context.params
    const folder = findBackupFolder(context)
    const written = await context.tools.backups.pg_dump.backup({
      target: context.target(system),
      folder,
      ...(await chooseSessions(context)),
      signal: context.signal,
      onProgress: followTables('dumping', context.now, context.progress),
    })
    return describe(await findListed(context, folder, written.point), written.manifest)
  },
  /** A whole archive says which step made it. */
  async isDone(context) {
    const folder = findBackupFolder(context)
    for (const point of await context.tools.archives.list(folder)) {
      if (!point.hasManifest) continue
      const manifest = await context.tools.archives.readManifest(point)
      if (manifest?.archive.madeBy?.startsWith(`salvor:${context.step.id}:`)) {
        return { done: 'yes', output: describe(point, manifest) }
      }
    }
    return { done: 'no' }
  },
  async cleanUp(context) {
    await context.tools.archives.removeUnfinished(findBackupFolder(context), context.step.id)
    const answer = await this.isDone(context)
    // A whole backup is not rubbish, even if the job that made it was stopped.
    return answer.done === 'yes' ? [leftBehind('backup', { path: (answer.output as DumpOutput).path })] : []
  },
})

/** Where a limit leaves few connections, one reads and one dumps: slower, and as whole. */
async function chooseSessions(context: StepContext<BackupParams>): Promise<{ jobs: number; parallel?: number }> {
  const { system } = context.params
  const jobs = countJobs(context)
  const target = context.target(system)
  const { database } = preflightOutput.parse(context.outputOf('preflight'))
  const room = await context.tools.databases.findRoom({ target, database, url: target.url, needed: 1 })
  if (room >= jobs + BESIDE) return { jobs }
  return { jobs: 1, parallel: room > 2 ? 1 : 0 }
}

/** The list gives each point the id that is unique in its folder. */
async function findListed(context: LookContext<BackupParams>, folder: string, point: RestorePoint) {
  const points = await context.tools.archives.list(folder)
  return points.find((each) => each.path === point.path) ?? point
}

function describe(point: RestorePoint, manifest: ArchiveManifest): DumpOutput {
  return {
    id: point.id,
    path: point.path,
    archiveHash: manifest.archive.sha256,
    takenAt: manifest.takenAt,
    bytes: manifest.archive.files.reduce((sum, file) => sum + file.size, 0),
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
  }
}
