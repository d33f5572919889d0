/** One row that a migration could not load. */
export interface Reject {
  /** `table` or `schema.table`, as the migration named it. */
  readonly target: string
  /** Null: the target's own columns in their order. */
  readonly columns: readonly string[] | null
  readonly values: readonly (string | null)[]
  /** The line as it was kept: with the target it is what the row is known by. */
  readonly raw: string
  /** Where it came from: a row of the reject table by ctid, or a line of a file. */
  readonly place: { readonly ctid: string } | { readonly path: string; readonly line: number }
}

/** All rejects of a source, with the hash of each file they were read from. */
export interface RejectSet {
  readonly rejects: readonly Reject[]
  /** SHA-256 by path; empty for a table. */
  readonly files: { readonly [path: string]: string }
}

/** `public.orders` and `orders` are one target where the plan or a person names it without its schema. */
export function isTarget(target: string, wanted: string | null): boolean {
  return wanted === null || target === wanted || target.slice(target.lastIndexOf('.') + 1) === wanted
}
