import { messageOf } from '../../domain/errors/error-message.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { createPostgresPrograms } from '../archives/postgres-programs.ts'
import { aimAt } from './aim.ts'
import { takeBackup } from './backup.ts'
import { readInfo } from './info.ts'
import { describeBackups } from './list.ts'
import { proveBackup } from './prove.ts'
import { restoreCluster } from './restore.ts'
import { runPgBackRest } from './run.ts'
import { checkBase, removeScratch } from './scratch/folder.ts'

/** Backups of pgBackRest, 2.45 and later. */
export function createPgBackRest(deps: {
  readonly run: ToolRunner
  readonly archives: Pick<ArchiveTools, 'dump'>
  readonly log?: Log
  /** For tests: another program of that name. */
  readonly program?: string
}): ClusterProvider {
  const { run, archives, log = silentLog } = deps
  const tool = deps.program === undefined ? { run } : { run, program: deps.program }
  const programs = createPostgresPrograms(run)
  const list: ClusterProvider['list'] = async (place, signal) =>
    describeBackups(place, await readInfo(tool, place, signal))
  return {
    kind: 'pgbackrest',
    list,
    async describe(place, signal) {
      try {
        const { stdoutTail } = await runPgBackRest(tool, { place, command: 'version', signal })
        const version = /(\d+\.\d+\S*)/.exec(stdoutTail)?.[1] ?? null
        const backups = await list(place, signal)
        await checkBase(place)
        return { version, backups, problem: null }
      } catch (thrown) {
        return { version: null, backups: [], problem: messageOf(thrown) }
      }
    },
    aim: (of) => aimAt({ ...tool, programs }, of),
    prove: (of) => proveBackup({ ...tool, programs }, of),
    async restoreInto(of) {
      const restored = await restoreCluster({ ...tool, programs, archives, log }, of)
      log.info({ backup: of.point.id, seconds: restored.seconds, ...restored.reached }, 'cluster brought up')
      return restored
    },
    tidyUp: (place, session) => removeScratch(run, place, session),
    async backup(of) {
      const label = await takeBackup(tool, of)
      const found = (await list(of.place, of.signal)).find((one) => one.id === label)
      if (found === undefined) throw new Error(`the backup ${label} is not in the list`)
      log.info({ backup: label }, 'backup taken')
      return found
    },
  }
}
