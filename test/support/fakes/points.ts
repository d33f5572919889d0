import type { JudgedPoint } from '../../../src/domain/archive-origin.ts'

/** A dump of 1.1 GB that can be read and takes about 4 minutes. */
export function fakePoint(id: string, takenAt: string, changes: Partial<JudgedPoint> = {}): JudgedPoint {
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
    source: { database: 'orders', systemIdentifier: '7', databaseOid: 16_400 },
    origin: 'own',
    problem: null,
    predicted: { seconds: 240, from: 'measured' },
    ...changes,
  }
}

/** The server of which fakePoint's manifests speak. */
export const standingOrders = {
  systemIdentifier: '7',
  live: { oid: 16_400, accepts: true, invalid: false },
  databases: [{ name: 'orders', oid: 16_400 }],
}
