import pg from 'pg'
import { expect, inject, test } from 'vitest'

test('the run has a PostgreSQL that speaks', async () => {
  const client = new pg.Client(inject('postgresUrl'))
  await client.connect()
  const { rows } = await client.query<{ one: number }>('select 1 as one')
  await client.end()
  expect(rows[0]?.one).toBe(1)
})
