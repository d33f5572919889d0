import type pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'

/** What blocks the rename of a database, or would go on in the old one afterwards. */
export async function refuseBlockers(admin: pg.Client, database: string): Promise<void> {
  const { rows } = await admin.query<{ kind: 'prepared' | 'slots' | 'subscriptions'; seen: string }>(
    `SELECT 'prepared' AS kind, gid AS seen FROM pg_prepared_xacts WHERE database = $1
     UNION ALL
     SELECT 'slots', slot_name::text FROM pg_replication_slots WHERE database = $1 AND slot_type = 'logical'
     UNION ALL
     SELECT 'subscriptions', subname::text FROM pg_subscription
      WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = $1)`,
    [database],
  )
  for (const kind of ['prepared', 'slots', 'subscriptions'] as const) {
    const seen = rows.filter((row) => row.kind === kind).map((row) => row.seen)
    if (seen.length > 0) throw new SalvorError(`target_${kind}`, { database, seen: seen.join(', ') })
  }
}
