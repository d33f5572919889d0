import type { Finding } from '../remedy-match.ts'

/** What could be done about a kind of failure, where the plan has no remedy for it. */
export interface Suggestion {
  /** What it is, as a heading: `Widen customers.phone`. */
  readonly title: string
  /** SQL to put into a remedy of the plan. */
  readonly sql: string
  /** False: names in angle brackets are to be filled in by a person. */
  readonly exact: boolean
  /** What to look at before. */
  readonly note: string
}

/** One built-in suggestion; null for findings that it does not help. */
export type Suggest = (finding: Finding) => Suggestion | null

/** A name as SQL has it; `<what>` where it is not known. `schema.table` is two names. */
export function quoteName(name: string | null | undefined, what: string): string {
  if (!name) return `<${what}>`
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""').replaceAll('\0', '')}"`)
    .join('.')
}

/** True if no name is missing. */
export function isExact(sql: string): boolean {
  return !/<[a-z ]+>/.test(sql)
}
