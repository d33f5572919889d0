import type pg from 'pg'

/** Columns that the service was written for, as PostgreSQL names their types. */
const REQUIRED = [
  { table: 'customers', column: 'phone', type: 'phone_number' },
  { table: 'orders', column: 'status', type: 'order_status' },
  { table: 'orders', column: 'delivery_wish', type: 'text' },
] as const

/** What keeps the service from working with this schema, in one sentence; undefined when nothing does. */
export async function findSchemaFault(database: Pick<pg.Pool, 'query'>): Promise<string | undefined> {
  for (const { table, column, type } of REQUIRED) {
    const { rows } = await database.query<{ type: string }>(
      'SELECT format_type(atttypid, NULL) AS type FROM pg_attribute ' +
        'WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped',
      [table, column],
    )
    const seen = rows[0]?.type
    if (seen === undefined) return `column ${table}.${column} is missing`
    if (seen !== type) return `column ${table}.${column} is ${seen}, this version needs ${type}`
  }
  return undefined
}
