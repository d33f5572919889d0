import type { Migration } from '../migration.ts'
import { loadOrders } from './load-orders.ts'

/** Tables in the order in which they are loaded; customers are said to have moved the night before. */
const TABLES = ['products', 'orders', 'order_items', 'audit_log']

/**
 * Keys are dropped because a load without them is faster, which is true, and are to come back afterwards. What an earlier
 * attempt exported is taken again: the tables themselves may be empty by then.
 */
const PREPARE = [
  'CREATE SCHEMA IF NOT EXISTS load',
  ...TABLES.map((table) => `CREATE UNLOGGED TABLE IF NOT EXISTS load.${table} AS TABLE ${table}`),
  'ALTER TABLE order_items DROP CONSTRAINT IF EXISTS order_items_order_id_fkey, ' +
    'DROP CONSTRAINT IF EXISTS order_items_product_id_fkey, DROP CONSTRAINT IF EXISTS order_items_pkey',
  'ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_pkey',
  `TRUNCATE ${TABLES.join(', ')}`,
]

const FINISH = [
  ['orders', 'ADD CONSTRAINT orders_pkey PRIMARY KEY (id)'],
  ['order_items', 'ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line)'],
  [
    'order_items',
    'ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE',
  ],
  ['order_items', 'ADD CONSTRAINT order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id)'],
] as const

/** Moves the shop's tables to fresh storage: out, truncate, in again. Half-way a lock that somebody forgot stops it. */
export const loadStorage: Migration = {
  title: 'load of orders into new storage',
  stopsService: true,
  move: async ({ client, log }) => {
    for (const statement of PREPARE) await client.query(statement)
    log.say('INFO', `exported and emptied: ${TABLES.join(', ')}`)
    const { rowCount } = await client.query('INSERT INTO products SELECT * FROM load.products')
    log.say('INFO', `products loaded, ${rowCount} rows`)
    try {
      await loadOrders(client, log)
      for (const table of ['order_items', 'audit_log'])
        await client.query(`INSERT INTO ${table} SELECT * FROM load.${table}`)
    } finally {
      for (const [table, change] of FINISH)
        await client
          .query(`ALTER TABLE ${table} ${change}`)
          .catch((error) => log.fail('ERROR', `${table}: putting keys back`, error))
    }
    await client.query('DROP SCHEMA load CASCADE')
  },
}
