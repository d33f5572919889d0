import type { Health, PatientState } from '../slack/page/wire.ts'

/** What a table holds: how many rows, which columns and keys, and a number that differs when any value does. */
export interface TableContent {
  readonly rows: number
  /** Rows with a key as those of before the migration have; all of them in a table without a key. */
  readonly old: number
  /** `name type` of each column. */
  readonly columns: readonly string[]
  /** Names of constraints and indexes. */
  readonly keys: readonly string[]
  /** Of the old rows alone; null where the values could not be read in time. */
  readonly fingerprint: string | null
}

type Tables = ReadonlyMap<string, TableContent>
type TableState = PatientState['tables'][number]

/**
 * Each table as a person wants to know it: those of before, then those that the migration made. `now` is what is there,
 * or `last` seen when nobody can look; what is bad counts as in work while a job is.
 */
export function judgeTables(before: Tables, now: Tables | { readonly last: Tables }, atWork = false): TableState[] {
  const hidden = 'last' in now
  const tables = hidden ? now.last : now
  const names = [...new Set([...[...before.keys()].toSorted(), ...[...tables.keys()].toSorted()])]
  return names.map((name) => {
    const old = before.get(name)
    const content = tables.get(name)
    const rows = { name, rows: content?.rows ?? null, before: old?.rows ?? null }
    if (hidden) return { ...rows, health: atWork ? 'busy' : 'unknown', note: 'cannot be looked at just now' }
    const judged = judgeTable(old, content)
    return { ...rows, ...judged, ...(atWork && judged.health === 'bad' ? { health: 'busy' } : {}) }
  })
}

function judgeTable(before: TableContent | undefined, now: TableContent | undefined): { health: Health; note: string } {
  if (!before) return { health: 'bad', note: 'left behind by the migration' }
  if (!now) return { health: 'bad', note: 'the table is gone' }
  const since = now.rows - (now.old === now.rows ? before.rows : now.old)
  const came = since > 0 ? `${write(since)} rows came since` : undefined
  const faults = [
    describeRows(before.rows, now),
    describeColumns(before.columns, now.columns),
    describeKeys(before.keys, now.keys),
  ].filter((one) => one !== undefined)
  if (faults.length > 0) return { health: 'bad', note: faults.join(', ') }
  if (now.fingerprint === null || before.fingerprint === null)
    return { health: 'unknown', note: 'rows as before, values not read' }
  // A table without a key cannot tell its old rows from those that came.
  if (now.old > before.rows) return { health: 'good', note: came ?? '' }
  if (now.fingerprint !== before.fingerprint) return { health: 'bad', note: 'values differ' }
  return { health: 'good', note: came ?? 'as before' }
}

function describeRows(before: number, { rows, old }: TableContent): string | undefined {
  if (rows === 0 && before > 0) return 'empty'
  if (old < before) return `${write(before - old)} rows missing`
  return old > before && old < rows ? `${write(old - before)} rows twice` : undefined
}

function describeColumns(before: readonly string[], now: readonly string[]): string | undefined {
  const had = new Set(before)
  const has = new Set(now)
  const nameOf = (column: string) => column.split(' ')[0] ?? column
  const changed = new Set([...before.filter((one) => !has.has(one)), ...now.filter((one) => !had.has(one))].map(nameOf))
  if (changed.size === 0) return undefined
  return `${changed.size === 1 ? 'column' : 'columns'} ${[...changed].join(', ')} changed`
}

function describeKeys(before: readonly string[], now: readonly string[]): string | undefined {
  const gone = before.filter((one) => !now.includes(one)).length
  if (gone === 0) return undefined
  return gone === 1 ? 'a key or index is gone' : `${gone} keys and indexes are gone`
}

function write(count: number): string {
  return count.toLocaleString('en')
}
