import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { hashText } from '../../../domain/digest.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { RowsOutcome } from '../../../domain/repair.ts'
import type { RemedyRun } from '../../../ports/remedy-tools.ts'
import { type LineTable, type RowLine, readLines } from '../../content/repair/row-lines.ts'
import { codeOf, isBroken } from '../../postgres-errors.ts'
import { type RemedyPath, underPath } from '../run-statements.ts'
import { findBehind } from './find-behind.ts'
import { readHeld } from './read-held.ts'
import { keepUndo } from './write-undo.ts'

type Rows = NonNullable<RemedyRun['rows']>

/** A file whose statements have run in the open transaction. */
export interface RanRows {
  readonly rows: Rows
  readonly tables: readonly LineTable[]
  readonly lines: readonly RowLine[]
}

/**
 * Runs the statements of a file of rows under the database's own path, so that triggers fire as for everybody. Each has
 * to hit exactly the row that it names: one that holds something else by now ends all of it.
 */
export async function runRowFile(
  client: pg.Client,
  path: RemedyPath,
  of: Pick<RemedyRun, 'target' | 'withinMs' | 'signal'> & {
    readonly rows: Rows
    readonly lockTimeoutMs: number
    readonly redact: (text: string) => string
  },
): Promise<RanRows> {
  const { system } = of.target
  const { tables, lines } = await readRowFile(of.rows, system)
  await client.query(`SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)`, [
    String(of.lockTimeoutMs),
    String(of.withinMs),
  ])
  await client.query('SET CONSTRAINTS ALL DEFERRED')
  await underPath(client, path, async () => {
    for (const { sql, note } of lines) {
      of.signal.throwIfAborted()
      const table = tables[note.t]?.name ?? ''
      const { rowCount } = await client
        .query({ text: sql, queryMode: 'extended' } as pg.QueryConfig)
        .catch((thrown: unknown) => {
          throw explain(thrown, { ...of, system, table })
        })
      if (rowCount !== 1)
        throw new SalvorError('repair_row_moved', { system, table, key: of.redact(note.k.join(', ')) })
    }
  })
  // Keys that wait for the end of the transaction speak now.
  await underPath(client, path, () => client.query('SET CONSTRAINTS ALL IMMEDIATE')).catch((thrown: unknown) => {
    throw explain(thrown, { ...of, system, table: tables.map(({ name }) => name).join(', ') })
  })
  return { rows: of.rows, tables, lines }
}

/** What the rows hold once everything has spoken, and the file that takes them back. */
export async function settleRows(client: pg.Client, { rows, tables, lines }: RanRows): Promise<RowsOutcome> {
  const held = await readHeld(client, tables, lines)
  const altered = tables.flatMap(({ name }, t) => {
    const count = lines.filter(({ note }) => note.t === t && (held.find(note)?.wanted ?? null) !== note.w).length
    return count === 0 ? [] : [{ table: name, rows: count }]
  })
  const undo = await keepUndo(rows, { tables, lines, held })
  return { undo, altered, behind: await findBehind(client, tables, lines) }
}

async function readRowFile({ file, job }: Rows, system: string) {
  const text = await readFile(file.path, 'utf8').catch(() => '')
  if (hashText(text) !== file.sha256) throw new SalvorError('repair_file_gone', { file: file.path, job, system })
  return readLines(text)
}

function explain(
  thrown: unknown,
  of: {
    readonly system: string
    readonly table: string
    readonly lockTimeoutMs: number
    readonly redact: (text: string) => string
  },
): unknown {
  if (!(thrown instanceof Error) || isBroken(thrown) || codeOf(thrown) === '') return thrown
  const { system, table } = of
  const code = codeOf(thrown)
  const locked = `somebody has held a lock on it for ${of.lockTimeoutMs / 1000} s`
  const { detail = '' } = thrown as { detail?: string }
  const said = of.redact(`${thrown.message}${detail === '' ? '' : `\nDETAIL:  ${detail}`}`).replaceAll('\n', '; ')
  const seen = code === '55P03' ? locked : said
  return new SalvorError('repair_failed', { system, table, seen: `${seen} (SQLSTATE ${code})` }, { cause: thrown })
}
