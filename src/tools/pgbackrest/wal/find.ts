import { SalvorError } from '../../../domain/errors/fail.ts'
import { writeMoment } from '../../../domain/physical-backup.ts'
import { findSegment, followSegments, nameSegment, parseLsn, type WalPath } from '../../../domain/wal.ts'
import { type Aim, afterEnd, type Base } from '../aim.ts'
import type { ListedArchive } from './read-archive.ts'
import { dumpWal, type Manager, type RecordDeps, readRecords, type WalRecord, withSegment } from './read-records.ts'

/** Reads records along one path through an archive. */
export interface Reader extends RecordDeps {
  readonly archive: ListedArchive
  readonly path: WalPath
  readonly signal: AbortSignal
}

/** When the last transaction of a stretch of WAL ended; null where none did. Quiet segments are passed over. */
export async function findLastTime(reader: Reader, base: Base, last: bigint): Promise<string | null> {
  for (let segment = last; segment >= base.last; segment -= 1n) {
    const records = await read(reader, segment, 'Transaction')
    const times = records.flatMap(({ at, lsn }) => (at !== null && parseLsn(lsn) >= base.stop ? [at] : []))
    // Times of transactions that end together may stand in another order than their records.
    if (times.length > 0) return times.toSorted().at(-1) ?? null
  }
  return null
}

/** Whether a record begins at a position or later in its segment. */
export async function hasRecordAt(reader: Reader, segment: bigint, lsn: string): Promise<boolean> {
  const { archive, path, signal } = reader
  const timeline = findSegment(archive, path, segment)
  if (timeline === null) return false
  const name = nameSegment(timeline, segment, archive.segmentBytes)
  let seen = false
  await withSegment(reader, { archive, name, signal }, (folder) =>
    dumpWal(reader, {
      archive,
      args: [`--path=${folder}`, `--timeline=${timeline}`, `--start=${lsn}`, '--limit=1'],
      signal,
      onLine(line) {
        seen ||= line.startsWith('rmgr: ')
      },
    }),
  )
  return seen
}

/**
 * The backup from which the end of a transaction, or a restore point, is reached: the newest that ended before it.
 * Where a name was given to several points, the newest is meant. Throws moment_not_found or moment_in_gap.
 */
export async function findByMark(aim: Aim): Promise<{ readonly base: Base; readonly segment: bigint }> {
  const { moment, bases, reader, archive, path } = aim
  const isWanted = (one: WalRecord) =>
    moment.kind === 'xid' ? one.xid === moment.value && one.name === null : one.name === moment.value
  const manager = moment.kind === 'xid' ? 'Transaction' : 'XLOG'
  let before: Base | undefined
  for (const base of bases) {
    const end = followSegments(archive, path, base.first)
    const until = before === undefined ? end.last : before.last
    for (
      let segment = base.last;
      end.last !== null && until !== null && segment <= until && segment <= end.last;
      segment += 1n
    ) {
      const found = (await read(reader, segment, manager)).find(
        (one) => isWanted(one) && parseLsn(one.lsn) >= base.stop,
      )
      if (found !== undefined) return { base, segment }
    }
    before = base
  }
  const [newest] = bases
  if (newest !== undefined) {
    const { missing } = followSegments(archive, path, newest.first)
    const error = afterEnd(aim, missing, { last: '', nearest: `--backup ${newest.point.id}` })
    if (error.code === 'moment_in_gap') throw error
  }
  throw new SalvorError('moment_not_found', { moment: writeMoment(moment), timeline: path.timeline })
}

function read(reader: Reader, segment: bigint, manager: Manager): Promise<WalRecord[]> {
  const { archive, path, signal } = reader
  const timeline = findSegment(archive, path, segment)
  return timeline === null ? Promise.resolve([]) : readRecords(reader, { archive, timeline, segment, manager, signal })
}
