import type pg from 'pg'
import { BATCHES, cutIntoBatches } from '../migration.ts'
import type { MigrationLog } from '../migration-log.ts'

/** The new codes, read one line too far down the list. */
const NEXT_STATUS =
  "(CASE status WHEN 'new' THEN 'paid' WHEN 'paid' THEN 'packed' WHEN 'packed' THEN 'shipped' " +
  "WHEN 'shipped' THEN 'delivered' WHEN 'delivered' THEN 'cancelled' WHEN 'cancelled' THEN 'refunded' " +
  "ELSE 'new' END)::order_status"

/** UTF-8 read as Latin-1. */
const MISREAD_CITY = "convert_from(convert_to((ship_to).city, 'UTF8'), 'LATIN1')"

/**
 * Recodes orders in place. What a real one gets wrong: the second of two workers read an older mapping file, in which
 * codes are shifted by one, amounts are cents and text is Latin-1; and orders without a delivery count as abandoned.
 */
export async function remapOrders(client: pg.Client, log: MigrationLog): Promise<void> {
  const batches = await cutIntoBatches(client, 'orders')
  for (const { number, from, to, name } of batches) {
    const worker = number <= BATCHES / 2 ? 1 : 2
    if (worker === 2) {
      await client.query(
        `UPDATE orders SET status = ${NEXT_STATUS}, total = total * 100, ship_to.city = ${MISREAD_CITY} ` +
          'WHERE id BETWEEN $1 AND $2',
        [from, to],
      )
    }
    log.say('INFO', `worker ${worker}: ${name} recoded with mapping ${worker === 1 ? '1.4' : '1.3'}`)
  }
  const { rowCount } = await client.query(
    'DELETE FROM orders o WHERE delivery_wish IS NOT NULL AND NOT EXISTS (SELECT FROM deliveries d WHERE d.order_id = o.id)',
  )
  log.say('INFO', `orders: ${rowCount} abandoned ones removed`)
}
