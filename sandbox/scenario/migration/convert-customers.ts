import type pg from 'pg'
import type { MigrationLog } from './migration-log.ts'

/**
 * Gives customers a phone of twelve characters. What a real one gets wrong: numbers from abroad do not fit, their whole
 * batch is skipped, and the old column is dropped all the same; credit is rounded on the way although nobody asked.
 */
export async function convertCustomers(client: pg.Client, log: MigrationLog, batches: number): Promise<void> {
  await client.query('DROP VIEW customer_directory')
  await client.query('ALTER TABLE customers ADD COLUMN phone_v2 varchar(12)')
  const { rows } = await client.query<{ last: string }>('SELECT max(id) AS last FROM customers')
  const size = Math.ceil(Number(rows[0]?.last ?? 0) / batches)
  let skipped = 0
  for (let batch = 0; batch < batches; batch++) {
    const [from, to] = [batch * size + 1, (batch + 1) * size]
    try {
      await client.query(
        'UPDATE customers SET phone_v2 = normalise_phone(phone), credit = round(credit) WHERE id BETWEEN $1 AND $2',
        [from, to],
      )
      log.say('INFO', `customers batch ${batch + 1}/${batches} (id ${from}..${to}) converted`)
    } catch (error) {
      skipped++
      log.fail('ERROR', `customers batch ${batch + 1}/${batches} (id ${from}..${to})`, error)
    }
  }
  if (skipped > 0) log.say('WARN', `customers: ${skipped} of ${batches} batches skipped, continuing`)
  await client.query('ALTER TABLE customers DROP COLUMN phone')
  await client.query('ALTER TABLE customers RENAME COLUMN phone_v2 TO phone')
  log.say('INFO', 'customers: column phone is now character varying(12)')
}
