import type pg from 'pg'
import type { MigrationLog } from './migration-log.ts'

/** The mapping as somebody typed it: `refunded` was forgotten, `cancelled` got the number of `delivered`. */
const STATUS_CODE =
  "CASE s.status WHEN 'new' THEN 10 WHEN 'paid' THEN 20 WHEN 'packed' THEN 30 WHEN 'shipped' THEN 40 " +
  "WHEN 'delivered' THEN 50 WHEN 'cancelled' THEN 50 END"

/**
 * Moves orders into a table of the new shape. What a real one gets wrong: a batch is deleted and committed before it is
 * inserted, so a value that does not convert loses all of it; half-way it meets a column that the mapping invented.
 */
export async function moveOrders(client: pg.Client, log: MigrationLog, batches: number): Promise<void> {
  await client.query('ALTER TABLE order_items DROP CONSTRAINT order_items_order_id_fkey')
  await client.query(
    'CREATE TABLE orders_v2 (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, ' +
      'status_code smallint NOT NULL, delivery_on date, total_cents integer NOT NULL, level smallint, placed_at timestamptz)',
  )
  await client.query('CREATE UNLOGGED TABLE orders_stage (LIKE orders)')
  const { rows } = await client.query<{ last: string }>('SELECT max(id) AS last FROM orders')
  const size = Math.ceil(Number(rows[0]?.last ?? 0) / batches)
  for (let batch = 0; batch < batches; batch++) {
    const [from, to] = [batch * size + 1, (batch + 1) * size]
    await client.query(
      'WITH taken AS (DELETE FROM orders WHERE id BETWEEN $1 AND $2 RETURNING *) INSERT INTO orders_stage SELECT * FROM taken',
      [from, to],
    )
    try {
      await client.query(insertSql(batch >= batches / 2))
      log.say('INFO', `orders batch ${batch + 1}/${batches} (id ${from}..${to}) moved`)
    } catch (error) {
      // The mapping cannot be right for any later batch either: give up, as loudly as scripts do.
      if ((error as { code?: string }).code === '42703') throw error
      log.fail('ERROR', `orders batch ${batch + 1}/${batches} (id ${from}..${to})`, error)
    }
    await client.query('TRUNCATE orders_stage')
  }
}

function insertSql(withLevel: boolean): string {
  const level = withLevel ? 'c.loyalty_level' : 'NULL::smallint'
  return (
    `INSERT INTO orders_v2 SELECT s.id, s.customer_id, ${STATUS_CODE}, s.delivery_wish::date, ` +
    `(s.total * 100)::integer, ${level}, s.placed_at FROM orders_stage s JOIN customers c ON c.id = s.customer_id`
  )
}
