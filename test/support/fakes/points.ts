import type { RestorePoint } from '../../../src/domain/content.ts'

/** A dump of 1.1 GB that can be read and takes about 4 minutes. */
export function fakePoint(id: string, takenAt: string, changes: Partial<RestorePoint> = {}): RestorePoint {
  return {
    id,
    kind: 'pg_dump',
    path: `/backups/${id}`,
    format: 'directory',
    takenAt,
    bytes: 1_100_000_000,
    hasManifest: true,
    archiveHash: null,
    tables: 14,
    rows: null,
    serverVersion: '17',
    problem: null,
    predicted: { seconds: 240, from: 'measured' },
    ...changes,
  }
}
