import type { Row } from './rows.ts'

/** to_jsonb writes timestamps as text: back to Date, as the row readers expect. */
export function reviveTimes(row: Row): Row {
  const revived: Row = { ...row }
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && /(_at|_by|^at)$/.test(name) && /^\d{4}-\d\d-\d\dT/.test(value))
      revived[name] = new Date(value)
  }
  return revived
}
