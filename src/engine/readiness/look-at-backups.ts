import { judgeOrigin } from '../../domain/archive-origin.ts'
import type { RestorePoint } from '../../domain/content.ts'
import { describeError, hintOf } from '../../domain/errors/error-message.ts'
import type { PostgresSystem } from '../../domain/recovery-plan.ts'
import type { StanzaPlace } from '../../ports/backup-providers.ts'
import { knowDatabase } from '../backups/list-backups.ts'
import { listPlaces } from '../backups/places.ts'
import { lookAtWriter } from './look-at-writers.ts'
import {
  addressOf,
  bad,
  badBy,
  cannotLook,
  good,
  listDatabases,
  type ReadinessProbe,
  type ReadinessReach,
  type Seen,
  warn,
} from './reach.ts'

/** A daily backup that was late by two hours is still one. */
const OLD_HOURS = 26
/** Longer ago than this nobody can say that a restore would still work. */
const PROOF_DAYS = 30
/** Up to this size the newest archive is read to its end; of larger ones a restore or drill is the proof. */
const READ_BYTES = 2e9

/** Each database has a backup that can be read, is young enough, and was seen to restore. */
export const lookAtBackups: ReadinessProbe = async (reach) => {
  const seen = await Promise.all(
    listDatabases(reach.plan).map(async ({ name, of }) => [
      ...(await lookAtSources(reach, name, of)),
      await lookAtProof(reach, name),
    ]),
  )
  return seen.flat()
}

async function lookAtSources(reach: ReadinessReach, system: string, of: PostgresSystem): Promise<Seen[]> {
  if (of.backups.length === 0)
    return [bad(system, 'the plan names no backups', 'Add a folder of dumps: `backups: [{ kind: pg_dump, path: … }]`.')]
  const seen = await Promise.all(
    listPlaces(of, (path) => reach.resolvePath(path)).map((place, index) => {
      const backup = of.backups[index]
      if (place.kind === 'pgbackrest') return lookAtStanza(reach, place, system)
      return backup?.kind === 'pg_dump' ? lookAtFolder(reach, system, backup.path) : []
    }),
  )
  return seen.flat()
}

async function lookAtFolder(reach: ReadinessReach, system: string, path: string): Promise<Seen[]> {
  const { tools, now } = reach
  if (!tools) return [cannotLook(system)]
  try {
    const folder = reach.resolvePath(path)
    if ((await tools.programs.look(folder)) === null)
      return [bad(system, `${path} is not there, or may not be seen`, 'Correct the path in the plan, or mount it.')]
    const writers = await lookAtWriter(reach, `${system} backups`, folder)
    const known = await knowDatabase({ ...reach, tools, target: addressOf(reach, system) }, system)
    const points = (await tools.archives.list(folder)).map((point) => ({
      ...point,
      origin: judgeOrigin(point.source, known),
    }))
    // What a restore takes unnamed, or would if it could be read: of a broken header nobody knows whose it is.
    const newest = points.find(({ origin, problem, source }) => origin === 'own' || (problem && source.database === ''))
    const unproven = points.filter(({ origin }) => origin === 'unproven')
    if (!newest && unproven.length > 0) {
      const ids = unproven.slice(0, 3).map(({ id }) => id)
      const said = `nothing shows that ${ids.join(', ')} in ${path} were made of it, so a restore takes them only by id`
      return [bad(system, said, `Take one: backup ${system}.`), ...writers]
    }
    if (!newest && points.length > 0) {
      const whose = [...new Set(points.map((point) => point.source.database))].slice(0, 3).join(', ')
      return [bad(system, `${path} holds only backups of ${whose}`, `Take one: backup ${system}.`), ...writers]
    }
    if (!newest) return [bad(system, `${path} holds no backup`, `Take one: backup ${system}.`), ...writers]
    return [
      await readNewest(reach, newest, system),
      lookAtAge(newest, now, system),
      ...lookAtManifest(newest, system),
      ...writers,
    ]
  } catch (thrown) {
    return [badBy(system, thrown)]
  }
}

async function readNewest(reach: ReadinessReach, point: RestorePoint, system: string): Promise<Seen> {
  const subject = `${system} ${point.id}`
  const fix = `Take another: backup ${system}. Then find out why this one is damaged.`
  if (point.problem) return bad(subject, describeError(point.problem), fix)
  const size = `${(point.bytes / 1e6).toFixed(0)} MB`
  if (point.bytes > READ_BYTES) return good(subject, `${size}, its table of contents can be read`)
  try {
    await reach.tools?.archives.prove({ point, signal: reach.signal })
    return good(subject, `${size}, read to its end`)
  } catch (thrown) {
    return { ...badBy(subject, thrown), fix }
  }
}

function lookAtAge(point: RestorePoint, now: Date, system: string): Seen {
  const hours = (now.getTime() - Date.parse(point.takenAt)) / 3_600_000
  const seen = hours < 48 ? `${hours.toFixed(0)} hours old` : `${(hours / 24).toFixed(0)} days old`
  if (hours <= OLD_HOURS) return good(`${system} newest`, seen)
  return warn(`${system} newest`, `the newest backup is ${seen}`, `Take one before the migration: backup ${system}.`)
}

function lookAtManifest(point: RestorePoint, system: string): Seen[] {
  if (point.hasManifest) return []
  const seen = `${point.id} has no manifest: a restore of it can be compared with nothing`
  return [warn(`${system} manifest`, seen, `Let Salvor take the backup: backup ${system}.`)]
}

/** The stanza can be read, holds a backup that is whole, and there is room to bring it up. */
async function lookAtStanza(reach: ReadinessReach, place: StanzaPlace, system: string): Promise<Seen[]> {
  const subject = `stanza ${place.stanza}`
  const { tools, signal, now } = reach
  if (!tools) return [cannotLook(subject)]
  const { pgbackrest } = tools.backups
  const { problem, version, backups: points } = await pgbackrest.describe(place, signal)
  if (problem !== null) return [bad(subject, describeError(problem), hintOf(problem))]
  const fix = `Take one: backup ${system} --kind full.`
  const [newest] = points.filter((one) => one.problem === null)
  const read = good(subject, `pgBackRest ${version ?? 'of unknown version'} lists ${points.length}`)
  const broken = points.flatMap(({ id, problem: seen }) =>
    seen === null ? [] : [warn(`${subject} ${id}`, describeError(seen), fix)],
  )
  if (newest === undefined) return [read, bad(subject, 'it holds no backup that can be used', fix), ...broken]
  try {
    await pgbackrest.prove({ place, point: newest, moment: null, listed: points, signal })
    return [
      read,
      good(`${subject} ${newest.id}`, 'its chain and its WAL are whole, and there is room for it'),
      lookAtAge(newest, now, system),
      ...broken,
    ]
  } catch (thrown) {
    return [read, badBy(`${subject} ${newest.id}`, thrown), ...broken]
  }
}

async function lookAtProof(reach: ReadinessReach, system: string): Promise<Seen> {
  const subject = `${system} restored`
  const [last] = await reach.store.listSucceededJobs('restore', `database:${system}`, 1)
  const at = last?.job.finishedAt ?? last?.job.requestedAt
  if (at === undefined)
    return warn(subject, 'no restore of it was ever proven here', 'Practise one before the night on which it counts.')
  const days = (reach.now.getTime() - Date.parse(at)) / 86_400_000
  if (days <= PROOF_DAYS) return good(subject, `last proven ${days.toFixed(0)} days ago`)
  return warn(subject, `last proven ${days.toFixed(0)} days ago`, 'Practise one before the night on which it counts.')
}
