import type pg from 'pg'
import { BATCHES, type Batch, cutIntoBatches } from '../migration.ts'
import type { MigrationLog } from '../migration-log.ts'

/** The mapping as somebody typed it: `refunded` was forgotten, `cancelled` got the number of `delivered`. */
const STATUS_CODE =
  "CASE s.status WHEN 'new' THEN 10 WHEN 'paid' THEN 20 WHEN 'packed' THEN 30 WHEN 'shipped' THEN 40 " +
  "WHEN 'delivered' THEN 50 WHEN 'cancelled' THEN 50 END"

const PREPARE = [
  'ALTER TABLE order_items DROP CONSTRAINT order_items_order_id_fkey',
  'DROP TABLE IF EXISTS orders_v2, orders_stage, migration_state',
  'CREATE TABLE orders_v2 (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, ' +
    'status_code smallint NOT NULL, delivery_on date, total_cents integer NOT NULL, level smallint, placed_at timestamptz)',
  'CREATE UNLOGGED TABLE orders_stage (LIKE orders)',
  'CREATE TABLE migration_state (batch integer PRIMARY KEY, outcome text NOT NULL)',
]

/**
 * Moves orders into a table of the new shape. What a real one gets wrong: a batch is deleted and committed before it is
 * inserted, so a value that does not convert loses all of it; half-way it meets a column that the mapping invented.
 */
export async function moveOrders(client: pg.Client, log: MigrationLog): Promise<void> {
  for (const statement of PREPARE) await client.query(statement)
  for (const batch of await cutIntoBatches(client, 'orders')) {
    await client.query(
      'WITH taken AS (DELETE FROM orders WHERE id BETWEEN $1 AND $2 RETURNING *) INSERT INTO orders_stage SELECT * FROM taken',
      [batch.from, batch.to],
    )
    await insertBatch(client, log, batch)
    await client.query('TRUNCATE orders_stage')
  }
}

async function insertBatch(client: pg.Client, log: MigrationLog, { number, name }: Batch): Promise<void> {
  await client.query('BEGIN')
  try {
    const { rowCount } = await client.query(insertSql(number > BATCHES / 2))
    await client.query(noteSql(number, 'moved'))
    await client.query('COMMIT')
    log.say('INFO', `${name} moved, ${rowCount} rows`)
  } catch (error) {
    log.fail('ERROR', name, error)
    // What many scripts do next, forgetting that nothing can be noted in a transaction that has failed.
    await client.query(noteSql(number, 'failed')).catch((next) => log.fail('ERROR', `noting batch ${number}`, next))
    await client.query('ROLLBACK')
    // The mapping cannot be right for any later batch either: give up, as loudly as scripts do.
    if ((error as pg.DatabaseError).code === '42703')
      throw new Error(`${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

function noteSql(batch: number, outcome: 'moved' | 'failed'): string {
  return `INSERT INTO migration_state VALUES (${batch}, '${outcome}')`
}

function insertSql(withLevel: boolean): string {
  const level = withLevel ? 'c.loyalty_level' : 'NULL::smallint'
  return (
    `INSERT INTO orders_v2 SELECT s.id, s.customer_id, ${STATUS_CODE}, s.delivery_wish::date, ` +
    `(s.total * 100)::integer, ${level}, s.placed_at FROM orders_stage s JOIN customers c ON c.id = s.customer_id`
  )
}
