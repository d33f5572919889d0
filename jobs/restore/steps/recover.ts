import { dirname, join } from 'node:path'
import type { z } from 'zod'
import type { RestorePoint } from '../../../src/domain/content.ts'
import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { judgePoint, knowDatabase } from '../../../src/engine/backups/list-backups.ts'
import { findStanza } from '../../../src/engine/backups/places.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import type { StanzaPlace } from '../../../src/ports/backup-providers.ts'
import { seekKeepFolder } from '../../backup-folder.ts'
import { countJobs } from '../../count-jobs.ts'
import { findLive } from '../find-live.ts'
import { chooseOutput, type RestoreParams, recoverOutput, type Skipped } from '../params.ts'
import { tidyRecovered } from '../tidy-recovered.ts'

type Copied = NonNullable<z.infer<typeof recoverOutput>['copied']>
type Moment = z.infer<typeof chooseOutput>['moment']

/**
 * A backup of a cluster is brought up on the worker, brought to its moment, and the one database is copied out: from
 * here on it is an archive as any. Nothing on the target is touched.
 */
export const recover = defineStep<RestoreParams>({
  name: 'recover',
  title: 'bring up backup',
  risk: 'read',
  where: 'runner',
  run: recoverBackup,
  // A copy that nobody has recorded is none: it is made again, in a folder of its own.
  cleanUp: tidyRecovered,
})

async function recoverBackup(context: StepContext<RestoreParams>) {
  const { candidates, named, moment } = chooseOutput.parse(context.outputOf('choose'))
  // Who cannot be asked now could not be switched afterwards, hours later.
  await findLive(context)
  const skipped: Skipped = []
  let first: SalvorError | undefined
  for (const [index, point] of candidates.entries()) {
    if (point.physical === undefined) {
      const archives = candidates.slice(index).filter((one) => one.physical === undefined)
      return recoverOutput.parse({ copied: null, candidates: archives, skipped, leaves: null })
    }
    try {
      const copied = await copyOrTidy(context, point, moment)
      const { path } = copied.point
      return recoverOutput.parse({
        copied,
        candidates: [copied.point],
        skipped,
        leaves: leftBehind('backup_copy', { backup: point.id, folder: dirname(path) }),
      })
    } catch (thrown) {
      if (!(thrown instanceof SalvorError) || !thrown.code.startsWith('backup_') || named) throw thrown
      first ??= thrown
      skipped.push({ id: point.id, why: messageOf(thrown) })
    }
  }
  throw first ?? new Error('no candidate was chosen')
}

/** What it leaves is on record before it is made, for a runner that dies, and once it is known what could not be removed. */
async function copyOrTidy(context: StepContext<RestoreParams>, point: RestorePoint, moment: Moment): Promise<Copied> {
  const { physical } = point
  if (physical === undefined) throw new Error(`${point.id} is no backup of a cluster`)
  const place = findStanza(context.postgres(context.params.system), physical, context.resolvePath)
  const { signal, progress: onProgress } = context
  await context.tools.backups.pgbackrest.prove({ place, point, moment, signal, onProgress })
  const { folder } = place.scratch
  await context.record('leaves', [{ ...leftBehind('scratch_begun', { folder }) }])
  try {
    return await copyOut(context, point, { place, moment })
  } catch (thrown) {
    const left = tidyRecovered(context).then((all) => context.record('leaves', JSON.parse(JSON.stringify(all))))
    // What nobody could look at stays on record as it was.
    await left.catch((error: unknown) => context.log.warn({ error }, 'scratch folder not removed'))
    throw thrown
  }
}

async function copyOut(
  context: StepContext<RestoreParams>,
  point: RestorePoint,
  { place, moment }: { readonly place: StanzaPlace; readonly moment: Moment },
): Promise<Copied> {
  const { system } = context.params
  const { backups, archives, content } = context.tools
  const { signal, progress: onProgress } = context
  const target = context.target(system)
  const jobs = countJobs(context)
  const made = await backups.pgbackrest.restoreInto({ place, point, moment, target, jobs, signal, onProgress })
  const manifest = await archives.readManifest(made.archive)
  if (manifest === null)
    throw new SalvorError('archive_hash_differs', { backup: point.id, seen: 'its copy has no manifest' })
  const kept = await content.keepManifest(join(seekKeepFolder(context) ?? place.scratch.folder, '.restored'), manifest)
  const known = await knowDatabase({ ...context, target }, system)
  const judged = judgePoint(made.archive, known)
  const { reached, seconds } = made
  const type = point.physical?.type ?? 'full'
  return { point: { ...judged, id: point.id }, type, moment, reached, seconds, manifest: kept }
}
