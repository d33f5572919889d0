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
}): ClusterProvider {
  const { run, archives, log = silentLog } = deps
  const programs = createPostgresPrograms(run)
  const list: ClusterProvider['list'] = async (place, signal) =>
    describeBackups(place, await readInfo({ run }, place, signal))
  return {
    kind: 'pgbackrest',
    capabilities: { takes: ['full', 'diff', 'incr'], moments: ['time', 'lsn', 'name', 'xid'], holds: 'cluster' },
    list,
    async describe(place, signal) {
      try {
        const { stdoutTail } = await runPgBackRest({ run }, { place, command: 'version', signal })
        const version = /(\d+\.\d+\S*)/.exec(stdoutTail)?.[1] ?? null
        const backups = (await list(place, signal)).length
        await checkBase(place)
        return { version, backups, problem: null }
      } catch (thrown) {
        return { version: null, backups: 0, problem: messageOf(thrown) }
      }
    },
    aim: (of) => aimAt({ run, programs }, of),
    prove: (of) => proveBackup({ run, programs }, of),
    async restoreInto(of) {
      const restored = await restoreCluster({ run, programs, archives, log }, of)
      log.info({ backup: of.point.id, seconds: restored.seconds, ...restored.reached }, 'cluster brought up')
      return restored
    },
    tidyUp: (place, session) => removeScratch(run, place, session),
    async backup(of) {
      const label = await takeBackup({ run }, of)
      const found = (await list(of.place, of.signal)).find((one) => one.id === label)
      if (found === undefined) throw new Error(`the backup ${label} is not in the list`)
      log.info({ backup: label }, 'backup taken')
      return found
    },
  }
}
