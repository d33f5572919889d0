import type { PlanRejects, PlanText } from './recovery-plan.ts'

/** Where a migration put the rows that did not fit. Paths are absolute. */
export type RejectSource =
  | { readonly kind: 'table'; readonly table: string }
  | {
      readonly kind: 'files'
      readonly path: string
      readonly format: 'copy' | 'pgloader' | 'sqlldr'
      /** Columns by table; without an entry the table's own, in their order. */
      readonly columns: { readonly [table: string]: readonly string[] }
      /** Between the fields of SQL*Loader's files. */
      readonly delimiter: string
    }

/** Rejects to load again; `target` limits them to one table. */
export interface RejectChoice {
  readonly source: RejectSource
  readonly target: string | null
}

/** The rejects of a system's migration as the plan names them; null where it names none. The plan lets only one have any. */
export function chooseRejects(
  plan: Pick<PlanText, 'migrations'>,
  system: string,
  target: string | null,
  resolvePath: (path: string) => string,
): RejectChoice | null {
  const found = Object.values(plan.migrations).find((one) => one.system === system && one.rejects !== undefined)
  return found?.rejects === undefined ? null : { source: readSource(found.rejects, resolvePath), target }
}

function readSource(rejects: PlanRejects, resolvePath: (path: string) => string): RejectSource {
  if (rejects.table !== undefined) return { kind: 'table', table: rejects.table }
  const { path = '', format = 'copy', columns = {}, delimiter = ',' } = rejects
  return { kind: 'files', path: resolvePath(path), format, columns, delimiter }
}
