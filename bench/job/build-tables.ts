import pg from 'pg'
import { runSql } from '../measure/servers.ts'

/** Tables of one transaction: more would need more locks at once than the server has room for. */
const BATCH = 500

/** A database of many small tables, each with key, index and five rows: what a time per table is taken from. */
export async function buildTables(adminUrl: string, database: string, tables: number): Promise<string> {
  await runSql(adminUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await runSql(adminUrl, `CREATE DATABASE ${database}`)
  const url = Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (let first = 1; first <= tables; first += BATCH) {
      const last = Math.min(tables, first + BATCH - 1)
      await client.query(`DO $$ BEGIN
        FOR i IN ${first}..${last} LOOP
          EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, note text NOT NULL, at timestamptz DEFAULT now())', i);
          EXECUTE format('CREATE INDEX ON t_%s (note)', i);
          EXECUTE format('INSERT INTO t_%s SELECT n, ''note '' || n, ''2026-01-01'' FROM generate_series(1, 5) AS n', i);
        END LOOP; END $$`)
    }
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
  return url
}
