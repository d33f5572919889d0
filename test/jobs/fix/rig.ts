import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { fix } from '../../../jobs/fix/index.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { type SteppedJob, type SteppedJobOptions, stepJob } from '../../support/step-context.ts'

/** A small shop with rejects of a migration, and fixes of it with SQL of the test's own. */
export interface Shop {
  readonly database: TestDatabase
  sql<Row extends Record<string, unknown>>(text: string): Promise<Row[]>
  /** A fix whose remedy is this SQL, written to a file that the plan names. */
  fix(sql: string, more?: { readonly undo?: string; readonly table?: string } & Partial<SteppedJobOptions>): SteppedJob
  /** Everything that tables hold, as one text: two of them are equal if nothing was changed. */
  fingerprint(): Promise<string>
  drop(): Promise<void>
}

const schema = `
  CREATE TABLE customers (id int PRIMARY KEY, phone varchar(12), name text NOT NULL);
  CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, total numeric(9,2));
  CREATE TABLE contacts (id bigint PRIMARY KEY, phone varchar(12) NOT NULL, note text);
  CREATE TABLE rejects (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, target text NOT NULL, columns text[],
    line bigint, row text NOT NULL, code text, message text);
  INSERT INTO customers SELECT n, '010' || n, 'c' || n FROM generate_series(1, 40) n;
  INSERT INTO orders SELECT n, 1 + n % 40, n FROM generate_series(1, 200) n;
  INSERT INTO rejects (target, columns, line, row, code, message) VALUES
    ('contacts', '{id,phone,note}', 1, E'1\\t+4915112345678\\ta\\\\tb', '22001', 'value too long'),
    ('contacts', '{id,phone,note}', 2, E'2\\t+4915112345679\\t\\\\N', '22001', 'value too long'),
    ('contacts', '{id,phone,note}', 3, E'3\\t\\\\N\\tno phone', '23502', 'null value'),
    ('deliveries', '{id}', 4, '4', '42P01', 'no such table')`

export async function createShop(): Promise<Shop> {
  const database = await createDatabase({ prefix: 'shop' })
  await runSql(database.url, schema)
  const folder = mkdtempSync(join(inject('runFolder'), 'fix-'))
  const sql: Shop['sql'] = (text) => runSql(database.url, text)
  return {
    database,
    sql,
    fix(text, { undo, table, ...more } = {}) {
      const id = `fix-${randomBytes(3).toString('hex')}`
      const [path, back] = [join(folder, `${id}.sql`), join(folder, `${id}-undo.sql`)]
      writeFileSync(path, text)
      if (undo !== undefined) writeFileSync(back, undo)
      const when = table === undefined ? {} : { table }
      const remedy = { name: 'mend', when, sql: path, ...(undo === undefined ? {} : { undo: back }) }
      const params = { system: 'orders-db', remedy: 'mend' }
      return stepJob({ kind: fix, params, id, url: database.url, remedies: [remedy], ...more })
    },
    async fingerprint() {
      const names = await sql<{ name: string }>(
        `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
      )
      const columns = await sql<{ c: string }>(
        `SELECT string_agg(table_name || column_name || data_type || coalesce(character_maximum_length, 0), ',' ORDER BY 1) AS c
           FROM (SELECT * FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position) x`,
      )
      const hashes = await Promise.all(
        names.map(async ({ name }) => {
          const [row] = await sql<{ h: string }>(
            `SELECT count(*) || ':' || coalesce(sum(hashtext(t::text)), 0) AS h FROM ${name} t`,
          )
          return `${name} ${row?.h}`
        }),
      )
      return [columns[0]?.c, ...hashes].join('\n')
    },
    drop: () => database.drop(),
  }
}

/** The plan's migration with its rejects in the table. */
export const rejectsInTable = { orders: { system: 'orders-db', rejects: { table: 'rejects' } } }
