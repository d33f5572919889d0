import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { Target } from './targets.ts'

/** Where rows go that do not fit. */
export type Rejects = {
  /** Holds `<table>.rej`: lines in the text format of COPY, with the table's columns in their order. */
  folder: string
  add: (target: Target, line: number, error: pg.DatabaseError) => Promise<void>
  count: () => number
}

/**
 * Opens table `migration_rejects` and the folder `rejects` beside the log, both empty. A row of the table says where it
 * was to go, what it was (as in the file) and why it did not: enough to load that very row again.
 */
export async function openRejects(client: pg.Client, home: string): Promise<Rejects> {
  const folder = join(home, 'logs', 'rejects')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await client.query('DROP TABLE IF EXISTS migration_rejects')
  await client.query(
    'CREATE TABLE migration_rejects (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL ' +
      'DEFAULT now(), target text NOT NULL, columns text[] NOT NULL, line bigint NOT NULL, row text NOT NULL, ' +
      'code text NOT NULL, message text NOT NULL)',
  )
  let count = 0
  return {
    folder,
    count: () => count,
    add: async (target, line, { code, message }) => {
      const row = await readRow(client, target, line)
      appendFileSync(join(folder, `${target.table}.rej`), `${row}\n`)
      await client.query(
        'INSERT INTO migration_rejects (target, columns, line, row, code, message) VALUES ($1, $2, $3, $4, $5, $6)',
        [target.table, target.columns, line, row, code, message],
      )
      count++
    },
  }
}

async function readRow(client: pg.Client, { source, values }: Target, line: number): Promise<string> {
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${values.join(', ')} FROM ${source} WHERE id = $1`,
    values: [line],
    rowMode: 'array',
  })
  return (rows[0] ?? []).map((value) => (value === null ? '\\N' : escapeForCopy(value))).join('\t')
}

/** A value as COPY's text format wants it. */
function escapeForCopy(value: string): string {
  const names: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
  return value.replace(/[\\\t\n\r]/g, (letter) => names[letter] ?? letter)
}
