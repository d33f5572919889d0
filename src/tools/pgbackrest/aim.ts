import type { RestorePoint } from '../../domain/content.ts'
import { toError } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { type RecoveryMoment, writeMoment } from '../../domain/physical-backup.ts'
import {
  findPath,
  followSegments,
  isOnPath,
  lastSegment,
  nameSegment,
  newestTimeline,
  parseLsn,
  parseSegment,
  type WalPath,
} from '../../domain/wal.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import type { PostgresPrograms } from '../archives/postgres-programs.ts'
import { physicalOf } from './restore.ts'
import type { PgBackRestDeps } from './run.ts'
import { findByMark, findLastTime, hasRecordAt, type Reader } from './wal/find.ts'
import { type ListedArchive, readWalArchive } from './wal/read-archive.ts'

/** A backup's end is known to the second. */
const END_MS = 1000

/** A backup that a path leads through, with its place in WAL. */
export interface Base {
  readonly point: RestorePoint
  readonly stop: bigint
  readonly stoppedAt: number
  readonly first: bigint
  readonly last: bigint
}

export interface Aim {
  readonly reader: Reader
  readonly archive: ListedArchive
  readonly path: WalPath
  readonly moment: RecoveryMoment
  /** Newest first. */
  readonly bases: readonly Base[]
}

/**
 * See the port. What is found here is what PostgreSQL would do: a time is reached once a transaction ended after it, a
 * position once a record begins at it or later, a transaction and a name where their record is.
 */
export async function aimAt(
  deps: PgBackRestDeps & { readonly programs: PostgresPrograms },
  { place, points, moment, signal }: Parameters<ClusterProvider['aim']>[0],
): ReturnType<ClusterProvider['aim']> {
  const asked = writeMoment(moment)
  const usable = points.filter((one) => one.problem === null && one.physical?.wal != null)
  const [newest] = usable
  if (newest === undefined) throw sayUnusable(points, asked)
  const { repo, wal } = physicalOf(newest)
  const archive = await readWalArchive(deps, { place, repo, id: wal?.archive ?? '', signal })
  const timeline = moment.timeline ?? newestTimeline(archive)
  const path = findPath(archive, timeline)
  if (path === null) throw new SalvorError('moment_history_missing', { moment: asked, timeline })
  const bases = usable.flatMap((point) => placeBase(archive, path, point))
  const waldump = await deps.programs.own('pg_waldump', Number.parseInt(newest.serverVersion, 10))
  const aim: Aim = { reader: { ...deps, waldump, archive, path, signal }, archive, path, moment, bases }
  const { base, through } = await (moment.through === undefined ? ways[moment.kind] : followAgain)(aim)
  return { point: base.point, moment: { ...moment, timeline, ...(through === undefined ? {} : { through }) } }
}

interface Aimed {
  readonly base: Base
  /** The last segment that has to be replayed, where it was looked for record by record. */
  readonly through?: string
}

const ways = {
  time: async (aim: Aim): Promise<Aimed> => ({ base: await aimAtTime(aim) }),
  lsn: async (aim: Aim): Promise<Aimed> => ({ base: await aimAtLsn(aim) }),
  xid: aimAtMark,
  name: aimAtMark,
} as const

async function aimAtMark(aim: Aim): Promise<Aimed> {
  const { base, segment } = await findByMark(aim)
  return { base, through: nameOf(aim, segment) }
}

/** A mark that was found before: whether WAL still leads there, without reading all of it again. */
async function followAgain(aim: Aim): Promise<Aimed> {
  const { moment, archive, path, bases } = aim
  const through = moment.through ?? ''
  const { segment } = parseSegment(through, archive.segmentBytes)
  const [base] = bases
  if (base === undefined) throw beforeFirst(aim)
  const { last, missing } = followSegments(archive, path, base.first)
  if (last !== null && last >= segment) return { base, through }
  throw afterEnd(aim, missing, { last: nameOf(aim, last ?? base.first), nearest: `--backup ${base.point.id}` })
}

/** Why no moment is reached from any of these: one that a person named may be listed with its problem. */
function sayUnusable(points: readonly RestorePoint[], moment: string): SalvorError {
  const [named] = points
  if (named === undefined) return new SalvorError('moment_before_first', { moment, first: 'none', nearest: 'none' })
  if (named.problem !== null) return toError(named.problem)
  return new SalvorError('backup_wal_missing', { backup: named.id, missing: 'every segment' })
}

function placeBase(archive: ListedArchive, path: WalPath, point: RestorePoint): Base[] {
  const { wal, repo, stopLsn, stoppedAt } = physicalOf(point)
  if (wal === null || repo !== archive.repo || wal.archive !== archive.id || stopLsn === '') return []
  const { timeline, segment: last } = parseSegment(wal.last, archive.segmentBytes)
  const stop = parseLsn(stopLsn)
  if (!isOnPath(path, timeline, stop)) return []
  const { segment: first } = parseSegment(wal.first, archive.segmentBytes)
  return [{ point, stop, stoppedAt: Date.parse(stoppedAt), first, last }]
}

async function aimAtTime(aim: Aim): Promise<Base> {
  const { moment, bases, reader } = aim
  const wanted = Date.parse(moment.value)
  const base = bases.find((one) => one.stoppedAt + END_MS <= wanted)
  if (base === undefined) throw beforeFirst(aim)
  const end = followSegments(aim.archive, aim.path, base.first)
  const found = end.last === null || end.last < base.last ? null : await findLastTime(reader, base, end.last)
  // The server looks for a transaction that ended after the moment, and gives up where there is none.
  if (found !== null && found > padTime(moment.value)) return base
  if (found !== null && moment.before && found === padTime(moment.value)) return base
  const nearest = found === null ? null : new Date(Date.parse(found.slice(0, 23).concat('Z')) - 1)
  const isReachable = nearest !== null && nearest.getTime() >= base.stoppedAt + END_MS
  throw afterEnd(aim, end.missing, {
    last: found ?? base.point.takenAt,
    nearest: isReachable ? `--at ${nearest.toISOString()}` : `--backup ${base.point.id}`,
  })
}

async function aimAtLsn(aim: Aim): Promise<Base> {
  const { moment, bases, archive } = aim
  const wanted = parseLsn(moment.value)
  const base = bases.find((one) => one.stop <= wanted)
  if (base === undefined) throw beforeFirst(aim)
  const end = followSegments(archive, aim.path, base.first)
  const segment = wanted / archive.segmentBytes
  if (end.last !== null && end.last >= base.last) {
    if (segment < end.last) return base
    if (segment === end.last && (await hasRecordAt(aim.reader, segment, moment.value))) return base
  }
  const last = end.last === null ? base.point.takenAt : nameOf(aim, end.last)
  throw afterEnd(aim, end.missing, { last, nearest: `--backup ${base.point.id}` })
}

function beforeFirst({ moment, bases }: Aim): SalvorError {
  const oldest = bases.at(-1)?.point
  const facts = { moment: writeMoment(moment), first: oldest?.takenAt ?? 'none' }
  return new SalvorError('moment_before_first', {
    ...facts,
    nearest: oldest === undefined ? 'none' : `--backup ${oldest.id}`,
  })
}

/** Behind a segment that is missing among others, or behind the last one. */
export function afterEnd(
  aim: Aim,
  missing: bigint,
  { last, nearest }: { readonly last: string; readonly nearest: string },
): SalvorError {
  const moment = writeMoment(aim.moment)
  const end = lastSegment(aim.archive, aim.path)
  if (end !== null && end > missing)
    return new SalvorError('moment_in_gap', { moment, missing: nameOf(aim, missing), nearest })
  return new SalvorError('moment_after_last', { moment, last, nearest })
}

function nameOf({ path, archive }: Aim, segment: bigint): string {
  return nameSegment(path.timeline, segment, archive.segmentBytes)
}

/** With six digits, so that times can be compared as text. */
function padTime(iso: string): string {
  const [whole = '', part = ''] = new Date(iso).toISOString().replace('Z', '').split('.')
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? part
  return `${whole}.${fraction.padEnd(6, '0').slice(0, 6)}Z`
}
