import { type JudgedPoint, judgeOrigin } from '../../../src/domain/archive-origin.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { chooseRestorePoint, findNamed, isAfterBeginning } from '../../../src/domain/restore-choice.ts'
import { knowDatabase, listBackups } from '../../../src/engine/backups/list-backups.ts'
import { defineStep, type LookContext } from '../../../src/engine/define-step.ts'
import { measureOutput } from '../../baseline/params.ts'
import { outputOf } from '../../output-of.ts'
import * as restore from '../../restore/params.ts'
import type { Choice, VerifyParams } from '../params.ts'
import { refuseForeign } from '../refuse-foreign.ts'
import { refuseItself } from '../refuse-itself.ts'

/** Restores that are looked through for the one that made the live database. */
const LOOK_BACK = 20

/** Finds what the live database should hold. */
export const choose = defineStep<VerifyParams>({
  name: 'choose',
  title: 'choose reference',
  risk: 'read',
  where: 'worker',
  run: (context) => chooseReference(context),
})

type Looking = LookContext<VerifyParams>

async function chooseReference(context: Looking): Promise<Choice> {
  const { system, against } = context.params
  if (against === 'source') return chooseSource(context)
  if (against === 'baseline') return (await findBaseline(context, true)) ?? nothing(system, 'baseline')
  if (against !== undefined) return (await findBackup(context, against)) ?? (await chooseDatabase(context, against))
  return (
    (await findLiveRestore(context)) ??
    (await findBaseline(context, false)) ??
    (await findBackup(context, null)) ??
    nothing(system, 'restore, baseline or backup with a manifest')
  )
}

/** The restore whose side database is live now: known by its OID, so that an undo in between is seen. */
async function findLiveRestore(context: Looking): Promise<Choice | null> {
  const { system } = context.params
  const { oid } = await context.tools.databases.identify(context.target(system))
  for (const view of await context.store.listSucceededJobs('restore', `database:${system}`, LOOK_BACK)) {
    const switched = outputOf(view, 'switch', restore.switchOutput)
    const chosen = outputOf(view, 'preflight', restore.preflightOutput)
    const copied = outputOf(view, 'recover', restore.recoverOutput)?.copied ?? null
    if (switched?.intent.sideOid !== oid || chosen === null || !chosen.point.hasManifest) continue
    const { intent, propertiesFrom } = switched
    return {
      // An archive that was copied out of a cluster is gone by now; what it held was kept.
      reference:
        copied === null
          ? { kind: 'backup', path: chosen.point.path, folder: folderOf(chosen.point.path) }
          : { kind: 'baseline', ...copied.manifest },
      against: `${chosen.point.id}, restored by ${view.job.id}`,
      // As they were approved, never as live has them just now.
      properties: intent.properties,
      keptBy: propertiesFrom === 'live' ? view.job.id : null,
      // Of the switch, not of before the load: every row that was loaded is later than that.
      restored: { databaseOid: oid, xmax: switched.mark.split(':')[1] ?? '' },
    }
  }
  return null
}

/**
 * The newest baseline of this system's own database: the plan's address may have led elsewhere since. One that was
 * recorded when the migration had begun may hold its damage: it is taken only by whoever asks for a baseline.
 */
async function findBaseline(context: Looking, isAsked: boolean): Promise<Choice | null> {
  const { system } = context.params
  const known = await knowDatabase({ ...context, target: context.target(system) }, system)
  for (const view of await context.store.listSucceededJobs('baseline', `baseline:${system}`, LOOK_BACK)) {
    const kept = outputOf(view, 'measure', measureOutput)
    if (kept === null || judgeOrigin(kept.source, known) !== 'own') continue
    const { path, sha256, takenAt } = kept
    if (!isAsked && isAfterBeginning(kept, context.incident.beganAt)) continue
    return {
      reference: { kind: 'baseline', path, sha256 },
      against: `${view.job.id} of ${takenAt}${sayLate(context, kept)}`,
      properties: null,
      keptBy: null,
      restored: null,
    }
  }
  return null
}

/** Whoever reads «proven» has to know that the other side may be damaged alike. */
function sayLate({ incident }: Looking, point: { readonly takenAt: string }): string {
  return isAfterBeginning(point, incident.beganAt) ? ', taken after the migration began' : ''
}

/**
 * A restore point by its id; else as a restore chooses, the newest from before the migration began, and only where there
 * is none the newest at all; null for none.
 */
async function findBackup(context: Looking, id: string | null): Promise<Choice | null> {
  const { backups } = context.postgres(context.params.system)
  if (!backups.some((each) => each.kind === 'pg_dump')) return null
  const { system } = context.params
  const all = await listBackups({ ...context, target: context.target(system) }, system)
  // What a backup of a cluster holds nobody can tell before it is brought up.
  const points = all.filter((each) => each.kind === 'pg_dump')
  const point = id === null ? findFitting(points, context.incident.beganAt) : findNamed(points, id)
  if (point === undefined) return null
  if (!point.hasManifest) {
    const problem = `${point.id} has no manifest, so there is nothing to compare with.`
    throw new SalvorError('command_usage', { problem, usage: 'verify <system> --against baseline|source|<database>' })
  }
  return {
    reference: { kind: 'backup', path: point.path, folder: folderOf(point.path) },
    against: `${point.origin === 'own' ? point.id : `${point.id} of ${point.source.database}, which is not shown to be this one`}${sayLate(context, point)}`,
    properties: null,
    keptBy: null,
    restored: null,
  }
}

function findFitting(points: readonly JudgedPoint[], beganAt: string | null): JudgedPoint | undefined {
  const withManifest = points.filter((each) => each.hasManifest)
  const [before, newest] = [null, 'latest'].map((wanted) => {
    const choice = chooseRestorePoint({ points: withManifest, beganAt, wanted })
    return choice.kind === 'chosen' ? choice.candidates[0] : undefined
  })
  return before ?? newest
}

async function chooseSource(context: Looking): Promise<Choice> {
  const { system } = context.params
  const { source } = context.postgres(system)
  if (source === undefined) {
    const problem = `The plan names no source of ${system}.`
    throw new SalvorError('command_usage', { problem, usage: `systems.${system}.source: \${…}` })
  }
  await refuseItself(context, context.expand(source))
  return { reference: { kind: 'source' }, against: 'the source', properties: null, keptBy: null, restored: null }
}

async function chooseDatabase(context: Looking, database: string): Promise<Choice> {
  await refuseForeign(context, database)
  return {
    reference: { kind: 'database', database },
    against: database,
    properties: null,
    keptBy: null,
    restored: null,
  }
}

function nothing(system: string, what: string): never {
  const problem = `There is no ${what} to verify ${system} against.`
  throw new SalvorError('command_usage', {
    problem,
    usage: `baseline ${system}, or verify ${system} --against <database>`,
  })
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
