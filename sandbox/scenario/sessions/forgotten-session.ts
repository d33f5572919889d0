import pg from 'pg'
import { batchSize } from '../migration/migration.ts'

/**
 * A session that somebody left open in the middle of a transaction, after locking a customer. Whoever writes an order
 * of that customer waits, because the foreign key looks at the row. Gives what ends the session.
 */
export async function leaveSessionOpen(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'psql' })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ last: string }>('SELECT max(id) AS last FROM orders')
  const size = batchSize(Number(rows[0]?.last ?? 0))
  // The first order of its customer, in the later half of a batch: the load gets that far and no further. Asked before
  // the transaction, which is to hold nothing but the customer.
  const found = await client.query<{ customer: string }>(
    'SELECT customer_id AS customer FROM orders o WHERE id <= $1::bigint AND (id - 1) % $2::bigint > $2::bigint * 0.6 ' +
      'AND NOT EXISTS (SELECT FROM orders e WHERE e.customer_id = o.customer_id AND e.id < o.id) ORDER BY id DESC LIMIT 1',
    [size * 16, size],
  )
  await client.query('BEGIN')
  await client.query('SELECT FROM customers WHERE id = $1 FOR UPDATE', [found.rows[0]?.customer])
  return () => client.end()
}
