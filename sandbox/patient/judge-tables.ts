import type { Health, PatientState } from '../slack/page/wire.ts'

/** What a table holds: as many rows, these columns, and a number that differs when any value does. */
export interface TableContent {
  readonly rows: number
  /** `name type` of each column, in order. */
  readonly columns: readonly string[]
  /** Null where the values could not be read in time. */
  readonly fingerprint: string | null
}

type Tables = ReadonlyMap<string, TableContent>
type TableState = PatientState['tables'][number]

/**
 * Each table as a person wants to know it, in alphabetical order. `now` is what is there, or `last` seen when nobody
 * can look; `work` says in words which job is at work on the database.
 */
export function judgeTables(before: Tables, now: Tables | { readonly last: Tables }, work?: string): TableState[] {
  const hidden = 'last' in now
  const tables = hidden ? now.last : now
  const names = [...new Set([...before.keys(), ...tables.keys()])].toSorted()
  return names.map((name) => {
    const old = before.get(name)
    const content = tables.get(name)
    const rows = { name, rows: content?.rows ?? null, before: old?.rows ?? null }
    if (hidden) return { ...rows, health: work ? 'busy' : 'unknown', note: work ?? 'the database lets nobody in' }
    const judged = judgeTable(old, content)
    return {
      ...rows,
      ...(work && judged.health === 'bad' ? { health: 'busy', note: `${judged.note}; ${work}` } : judged),
    }
  })
}

function judgeTable(before: TableContent | undefined, now: TableContent | undefined): { health: Health; note: string } {
  if (!before) return { health: 'bad', note: 'left behind by the migration' }
  if (!now) return { health: 'bad', note: 'the table is gone' }
  const faults = [describeRows(before.rows, now.rows), describeColumns(before.columns, now.columns)]
  const said = faults.filter((one) => one !== undefined)
  if (said.length > 0) return { health: 'bad', note: said.join(', ') }
  if (now.rows > before.rows) return { health: 'good', note: `${write(now.rows - before.rows)} rows came since` }
  if (now.fingerprint === null || before.fingerprint === null)
    return { health: 'unknown', note: 'rows as before, values not read' }
  if (now.fingerprint !== before.fingerprint) return { health: 'bad', note: 'values differ' }
  return { health: 'good', note: 'as before' }
}

function describeRows(before: number, now: number): string | undefined {
  if (now === 0 && before > 0) return 'empty'
  return now < before ? `${write(before - now)} rows missing` : undefined
}

function describeColumns(before: readonly string[], now: readonly string[]): string | undefined {
  const had = new Set(before)
  const has = new Set(now)
  const nameOf = (column: string) => column.split(' ')[0] ?? column
  const changed = new Set([...before.filter((one) => !has.has(one)), ...now.filter((one) => !had.has(one))].map(nameOf))
  if (changed.size === 0) return undefined
  return `${changed.size === 1 ? 'column' : 'columns'} ${[...changed].join(', ')} changed`
}

function write(count: number): string {
  return count.toLocaleString('en')
}
