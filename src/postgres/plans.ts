import type pg from 'pg'
import type { KeptPlan, KeptPolicy, PlanShelf } from '../ports/plans.ts'
import { columnsOf } from './columns.ts'
import { inTransaction } from './pool.ts'
import type { Row } from './rows.ts'

/** The shelf over the store's table. */
export function createPlanShelf(pool: pg.Pool): PlanShelf {
  const one = async (condition: string, values: unknown[]): Promise<KeptPlan | undefined> => {
    const { rows } = await pool.query<Row>(`SELECT * FROM salvor.plans WHERE ${condition} LIMIT 1`, values)
    const row = rows[0]
    if (!row) return undefined
    return {
      digest: row.digest as string,
      text: row.text as string,
      path: row.path as string,
      folder: row.folder as string,
      fileHashes: row.file_hashes as KeptPlan['fileHashes'],
    }
  }
  return {
    find: (digest) => one('digest = $1', [digest]),
    inForce: () => one('in_force_since IS NOT NULL ORDER BY in_force_since DESC', []),
    putInForce: ({ digest, text, path, folder, fileHashes }, policies) =>
      inTransaction(pool, async (client) => {
        await client.query(
          `INSERT INTO salvor.plans (digest, text, path, folder, file_hashes, loaded_at, in_force_since)
           VALUES ($1, $2, $3, $4, $5, now(), clock_timestamp())
           ON CONFLICT (digest) DO UPDATE SET in_force_since = clock_timestamp()`,
          [digest, text, path, folder, JSON.stringify(fileHashes)],
        )
        for (const policy of policies) await keepPolicy(client, digest, policy)
      }),
  }
}

/** A newer program may resolve the same plan to other defaults: the newest counts, as it does for the program itself. */
async function keepPolicy(client: pg.ClientBase, plan: string, policy: KeptPolicy): Promise<void> {
  const row = columnsOf('policies', { ...policy, plan, system: policy.system ?? '' })
  const names = Object.keys(row)
  await client.query(
    `INSERT INTO salvor.policies (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
     ON CONFLICT (plan, system, risk) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    Object.values(row),
  )
}
