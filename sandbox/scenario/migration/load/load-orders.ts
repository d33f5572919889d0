import type pg from 'pg'
import { type Batch, cutIntoBatches } from '../migration.ts'
import type { MigrationLog } from '../migration-log.ts'

const TRIES = 2

/**
 * Loads orders batch by batch. What a real one gets wrong: a batch goes in as two statements that commit by themselves,
 * and one that failed is tried again from its beginning, so what had arrived of it is there twice.
 */
export async function loadOrders(client: pg.Client, log: MigrationLog): Promise<void> {
  const batches = await cutIntoBatches(client, 'orders', 'load.orders')
  // Ample for a batch on this disk: a statement that takes longer waits for somebody.
  const patience = Math.max(300, Math.round((batches.at(-1)?.to ?? 0) / 200))
  await client.query(`SET statement_timeout = ${patience}`)
  log.say('INFO', `orders: ${batches.length} batches, statement_timeout ${patience} ms`)
  try {
    for (const batch of batches) await loadBatch(client, log, batch)
  } finally {
    await client.query('RESET statement_timeout')
  }
}

async function loadBatch(client: pg.Client, log: MigrationLog, { from, to, name }: Batch): Promise<void> {
  const middle = Math.floor((from + to) / 2)
  for (let attempt = 1; ; attempt++) {
    try {
      for (const [first, last] of [
        [from, middle],
        [middle + 1, to],
      ])
        await client.query('INSERT INTO orders SELECT * FROM load.orders WHERE id BETWEEN $1 AND $2', [first, last])
      return log.say('INFO', `${name} loaded`)
    } catch (error) {
      log.fail('ERROR', `${name}, attempt ${attempt} of ${TRIES}`, error)
      if (attempt === TRIES) throw new Error(`${name} given up: ${(error as Error).message}`, { cause: error })
      log.say('WARN', `${name}: trying again`)
    }
  }
}
