import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src/tools/postgres-session.ts'
import { adminUrl, dropDatabase, runSql, urlOf } from '../support/postgres.ts'

const name = `bytes_${process.pid}`
beforeAll(() =>
  runSql(adminUrl(), `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`),
)
afterAll(() => dropDatabase(name))

const session = { step: `bytes-${process.pid}/look`, fence: 1 }

test('every byte comes in and goes out as itself, and two of them are not the same', async () => {
  const client = await openSession({ system: 'orders-db', url: urlOf(name), session })
  try {
    const { rows } = await client.query<{ byte: number; text: string }>(
      `SELECT g AS byte, 'a' || convert_from(set_byte('\\x00'::bytea, 0, g), 'SQL_ASCII') AS text
         FROM generate_series(1, 255) g`,
    )
    expect(new Set(rows.map((row) => row.text)).size).toBe(255)
    for (const { byte, text } of rows) {
      const [back] = (
        await client.query('SELECT encode($1::text::bytea, $2) AS hex', [text.replace('\\', '\\\\'), 'hex'])
      ).rows
      expect(back).toEqual({ hex: `61${byte.toString(16).padStart(2, '0')}` })
    }
  } finally {
    await client.end()
  }
})

test('a large answer in many pieces, UTF-8 and other bytes beside each other', async () => {
  const client = await openSession({ system: 'orders-db', url: urlOf(name), session })
  try {
    const { rows } = await client.query<{ good: string; other: string; none: null }>(
      `SELECT repeat('주문', 2000) AS good, repeat(convert_from('\\xe9'::bytea, 'SQL_ASCII'), 5000) AS other, NULL AS none
         FROM generate_series(1, 100)`,
    )
    expect(rows).toHaveLength(100)
    for (const row of rows) expect([row.good.length, [...row.other].length, row.none]).toEqual([4000, 5000, null])
    const [same] = (
      await client.query('SELECT $1::text = $2::text AS same, length($2) AS n', [rows[0]?.other, rows[1]?.other])
    ).rows
    expect(same).toEqual({ same: true, n: 5000 })
    await expect(client.query(`SELECT '${rows[0]?.other.slice(0, 4)}'::int`)).rejects.toThrow('invalid input syntax')
  } finally {
    await client.end()
  }
})
