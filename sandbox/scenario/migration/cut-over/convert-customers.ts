import type pg from 'pg'
import { BATCHES, cutIntoBatches } from '../migration.ts'
import type { MigrationLog } from '../migration-log.ts'

/**
 * Gives customers a phone of twelve characters. What a real one gets wrong: numbers from abroad do not fit, and other
 * sessions lock rows in another order; the whole batch is skipped then, and the old column is dropped all the same.
 * Credit is rounded on the way although nobody asked.
 */
export async function convertCustomers(client: pg.Client, log: MigrationLog): Promise<void> {
  await client.query('DROP VIEW customer_directory')
  await client.query('ALTER TABLE customers ADD COLUMN phone_v2 varchar(12)')
  let skipped = 0
  for (const { from, to, name } of await cutIntoBatches(client, 'customers')) {
    const began = performance.now()
    try {
      const { rowCount } = await client.query(
        'UPDATE customers SET phone_v2 = normalise_phone(phone), credit = round(credit) WHERE id BETWEEN $1 AND $2',
        [from, to],
      )
      log.say('INFO', `${name} converted, ${rowCount} rows in ${Math.ceil(performance.now() - began)} ms`)
    } catch (error) {
      skipped++
      log.fail('ERROR', name, error)
    }
  }
  if (skipped > 0) log.say('WARN', `customers: ${skipped} of ${BATCHES} batches skipped, continuing`)
  await client.query('ALTER TABLE customers DROP COLUMN phone')
  await client.query('ALTER TABLE customers RENAME COLUMN phone_v2 TO phone')
  log.say('INFO', 'customers: column phone is now character varying(12)')
}
