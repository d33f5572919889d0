import pg from 'pg'

/**
 * Writes new orders with two items each, as the shop does while the migration (or the recovery) goes on: what a switch
 * to an older content would lose. Works on the legacy schema, also on a damaged one.
 */
export async function placeOrders(url: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'orders-shop' })
  await client.connect()
  try {
    await client.query(
      'WITH placed AS (INSERT INTO orders (customer_id, status, total) ' +
        "SELECT 1 + i % 50, 'new', 12.5 FROM generate_series(1, $1::int) AS i RETURNING id) " +
        'INSERT INTO order_items SELECT id, line, line, 1, 6.25 FROM placed, generate_series(1, 2) AS line',
      [count],
    )
  } finally {
    await client.end()
  }
}
