import type pg from 'pg'

/** Rows of a query over a cursor of that name, in batches: so many are in memory at a time. */
export async function* readCursor<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  sql: string,
  of: { readonly cursor: string; readonly batch: number },
): AsyncGenerator<Row[]> {
  await client.query(`DECLARE ${of.cursor} NO SCROLL CURSOR FOR ${sql}`)
  try {
    for (;;) {
      const { rows } = await client.query<Row>(`FETCH ${of.batch} FROM ${of.cursor}`)
      yield rows
      if (rows.length < of.batch) return
    }
  } finally {
    await client.query(`CLOSE ${of.cursor}`).catch(() => {})
  }
}
