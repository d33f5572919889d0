import type { LossByTable } from '../../domain/content.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { LARGE_OBJECTS } from './fingerprint.ts'
import { readTables } from './read-tables.ts'
import { type SnapshotOptions, withSnapshot } from './snapshot.ts'

/**
 * Exact rows by table in one snapshot, zero left out. Materialised views are left out as well: nothing is lost with
 * what can be computed again.
 */
export async function countRows(of: SnapshotOptions): Promise<LossByTable> {
  return withSnapshot(of, async ({ client }) => {
    const counts: Record<string, number> = {}
    for (const table of await readTables(client)) {
      if (table.kind !== 'table') continue
      const { rows } = await client
        .query<{ count: string }>(`SELECT count(*) FROM ONLY ${table.sqlName}`)
        .catch((thrown: unknown) => {
          throw refuse(thrown, of.target.system, table.name)
        })
      const count = Number(rows[0]?.count)
      if (count > 0) counts[table.name] = count
    }
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM pg_largeobject_metadata')
    if (Number(rows[0]?.count) > 0) counts[LARGE_OBJECTS] = Number(rows[0]?.count)
    return counts
  })
}

/** A loss that cannot be counted must not look like no loss. */
function refuse(thrown: unknown, system: string, table: string): unknown {
  if (!(thrown instanceof Error) || (thrown as Error & { code?: string }).code !== '42501') return thrown
  const grant = `SELECT on ${table}, and BYPASSRLS where policies hide rows.`
  return new SalvorError('target_rights', { role: 'The role in the plan', action: `read ${table}`, system, grant })
}
