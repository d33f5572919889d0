import type { RestorePoint } from '../../domain/content.ts'
import { messageOf } from '../../domain/errors/error-message.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { StanzaPlace } from '../../ports/backup-providers.ts'
import type { BackupInfo, StanzaInfo } from './info.ts'

/** The backups of a stanza as points to restore, newest first; what is missing of one is its problem. */
export function describeBackups(place: StanzaPlace, info: StanzaInfo): RestorePoint[] {
  const points = info.backup.map((backup) => describeBackup(place, info, backup))
  return points.sort((one, other) => other.takenAt.localeCompare(one.takenAt))
}

function describeBackup(place: StanzaPlace, info: StanzaInfo, backup: BackupInfo): RestorePoint {
  const { stanza } = place
  const { label, timestamp, lsn } = backup
  const repo = backup.database['repo-key']
  const ofSame = (one: { id: number; 'repo-key': number }) => one.id === backup.database.id && one['repo-key'] === repo
  const cluster = info.db.find(ofSame)
  const archive = info.archive.find((one) => ofSame(one.database))
  const { start: first, stop: last } = backup.archive
  const stoppedAt = toTime(timestamp.stop)
  const chain = [...(backup.reference ?? []), label]
  return {
    id: label,
    kind: 'pgbackrest',
    path: `${stanza}/${repo}/${label}`,
    format: 'physical',
    physical: {
      ...{ place: place.place, stanza, repo, label, type: backup.type, chain },
      ...{ startedAt: toTime(timestamp.start), stoppedAt },
      startLsn: lsn?.start ?? '',
      stopLsn: lsn?.stop ?? '',
      wal: archive === undefined || first === null || last === null ? null : { archive: archive.id, first, last },
      clusterBytes: backup.info.size,
    },
    takenAt: stoppedAt,
    bytes: backup.info.repository.delta,
    hasManifest: false,
    archiveHash: null,
    tables: 0,
    rows: null,
    serverVersion: cluster?.version ?? '',
    source: { database: '', systemIdentifier: cluster?.['system-id'] ?? null, databaseOid: null },
    problem: findProblem(info, backup, archive),
    predicted: null,
  }
}

/** What can be told of a backup from the list alone. Of pages with wrong checksums the tool itself has told. */
function findProblem(
  info: StanzaInfo,
  { label, prior, reference, archive: wal, error, database }: BackupInfo,
  archive: StanzaInfo['archive'][number] | undefined,
): RestorePoint['problem'] {
  const there = new Set(
    info.backup.filter((one) => one.database['repo-key'] === database['repo-key']).map((one) => one.label),
  )
  const needs = [...(reference ?? []), ...(prior === null ? [] : [prior])]
  const missing = [...new Set(needs.filter((one) => !there.has(one)))]
  if (missing.length > 0)
    return messageOf(new SalvorError('backup_chain_broken', { backup: label, missing: missing.join(', ') }))
  if (error === true) {
    return messageOf(
      new SalvorError('backup_damaged', { backup: label, seen: 'pages had wrong checksums when it was taken' }),
    )
  }
  if (wal.start !== null && (archive?.min == null || archive.max == null || isOutside(wal, archive))) {
    const span = wal.start === wal.stop ? wal.start : `${wal.start} to ${wal.stop}`
    return messageOf(new SalvorError('backup_wal_missing', { backup: label, missing: span }))
  }
  return null
}

/** Only along one timeline do the names of segments tell which is later; `prove` looks at each of them. */
function isOutside(wal: BackupInfo['archive'], archive: StanzaInfo['archive'][number]): boolean {
  const isBefore = (one: string | null | undefined, other: string | null | undefined) =>
    one != null && other != null && one.slice(0, 8) === other.slice(0, 8) && one < other
  return isBefore(wal.start, archive.min) || isBefore(archive.max, wal.stop)
}

function toTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
