import type { TargetAddress } from '../ports/content-tools.ts'
import { withTargetSession } from './postgres-session.ts'

/**
 * ANALYZE of a whole database over the target's url. It runs functions of a table's owner (expressions of indexes,
 * statistics objects) as that owner: where a transaction may only read, they can change nothing, here or elsewhere.
 */
export function analyzeReading(target: TargetAddress, database: string, signal: AbortSignal): Promise<void> {
  return withTargetSession(target, { database, signal }, async (client) => {
    await client.query('SET default_transaction_read_only = on')
    await client.query('ANALYZE')
  })
}
