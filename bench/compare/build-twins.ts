import pg from 'pg'
import { runSql } from '../measure/servers.ts'

/** Two databases with the same rows. */
export interface Twins {
  readonly here: string
  readonly there: string
  /** Of the table, on disk. */
  readonly bytes: number
  drop(): Promise<void>
}

export const table = 'public.orders'

/** One table of the types that shops have, about a hundred bytes a row, and a copy of its database, page by page. */
export async function buildTwins(adminUrl: string, rows: number): Promise<Twins> {
  const names = ['twin_here', 'twin_there'] as const
  const drop = async () => {
    for (const name of names) await runSql(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  const address = (name: string) => Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
  const [here, there] = [address(names[0]), address(names[1])]
  await drop()
  await runSql(adminUrl, `CREATE DATABASE ${names[0]}`)
  const client = new pg.Client({ connectionString: here, options: '-c statement_timeout=0 -c timezone=UTC' })
  await client.connect()
  try {
    await client.query(`CREATE TABLE ${table} (
      id bigint PRIMARY KEY, customer int NOT NULL, total numeric(10, 2) NOT NULL, status text NOT NULL,
      note text, paid boolean NOT NULL, placed_at timestamptz NOT NULL, day date NOT NULL)`)
    await client.query(
      `INSERT INTO ${table}
       SELECT n, (n * 7919 % 100000)::int, (n * 37 % 900000) / 100.0, (ARRAY['new', 'paid', 'sent', 'back'])[1 + n % 4],
              CASE WHEN n % 3 > 0 THEN 'left at the door of number ' || n % 977 END, n % 5 > 0,
              timestamptz '2026-01-01' + n * interval '3 seconds', date '2026-01-01' + (n % 365)::int
         FROM generate_series(1::bigint, $1) AS n`,
      [rows],
    )
    await client.query(`VACUUM (FREEZE, ANALYZE) ${table}`)
  } finally {
    await client.end()
  }
  await runSql(adminUrl, `CREATE DATABASE ${names[1]} TEMPLATE ${names[0]}`)
  await runSql(adminUrl, 'CHECKPOINT')
  const [size] = await runSql(here, `SELECT pg_table_size('${table}')::float8 AS bytes`)
  return { here, there, bytes: Number(size?.bytes), drop }
}
