import type { Finding } from '../remedy-match.ts'
import { addMissing } from './add-missing.ts'
import { defaultForMapping } from './default-for-mapping.ts'
import { quarantineRows } from './quarantine-rows.ts'
import { retryAfterLock } from './retry-after-lock.ts'
import { setEncoding } from './set-encoding.ts'
import type { Suggest, Suggestion } from './suggestion.ts'
import { widenColumn } from './widen-column.ts'

/** What Salvor suggests by itself, the mildest change first. */
const suggests: readonly Suggest[] = [
  retryAfterLock,
  addMissing,
  widenColumn,
  setEncoding,
  defaultForMapping,
  quarantineRows,
]

/** Suggestions for what was seen, each once; those that need no filling in stand first. */
export function suggestRemedies(findings: readonly Finding[]): Suggestion[] {
  const found = findings.flatMap((finding) => suggests.flatMap((suggest) => suggest(finding) ?? []))
  const once = found.filter((one, index) => found.findIndex((other) => other.sql === one.sql) === index)
  return once.sort((one, other) => Number(other.exact) - Number(one.exact))
}
