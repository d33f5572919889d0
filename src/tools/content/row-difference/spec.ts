import pg from 'pg'
import { asOutput, type Column } from '../column-expressions.ts'
import type { Table } from '../read-tables.ts'
import { type RowHash, writeRowHash } from '../row-hash.ts'

/** How one side's rows are read: SQL that the catalogue or the plan gave. */
export interface RowSpec {
  /** What stands after `FROM`. */
  readonly from: string
  /** Which of its rows; null for all. */
  readonly where: string | null
  /** Of what tells rows apart; null compares whole rows. */
  readonly key: RowHash | null
  /** The key as people read it. */
  readonly keyText: string
  /** Of what is compared. */
  readonly row: RowHash
  /** What is read of each row beside; only for whoever hears the rows. */
  readonly extra?: string
  /** Condition on rows that came or were changed since a mark: the others are no loss. All are without it. */
  readonly since?: string
  /** About how many rows there are, for the number of buckets. */
  readonly bytes: number
}

/** Specs of both sides for columns that both have, by the primary key that both have. */
export function specOf(
  table: Table,
  of: { readonly columns: readonly string[]; readonly key: readonly string[]; readonly where?: string | undefined },
): RowSpec {
  const pick = (names: readonly string[]): Column[] => table.columns.filter((column) => names.includes(column.name))
  return {
    from: `ONLY ${table.sqlName}`,
    where: of.where ?? null,
    key: of.key.length === 0 ? null : writeRowHash(pick(of.key)),
    keyText: of.key.length === 0 ? `''` : writeKeyText(of.key),
    row: writeRowHash(pick(of.columns)),
    bytes: table.bytes,
  }
}

function writeKeyText(key: readonly string[]): string {
  return `concat_ws(', ', ${key.map((column) => asOutput(pg.escapeIdentifier(column))).join(', ')})`
}

/** Two 64-bit hashes of what tells rows apart: together they are its identity. */
export function writeIdentity(spec: RowSpec): { readonly first: string; readonly second: string } {
  const hash = spec.key ?? spec.row
  return { first: hash(0), second: hash(1) }
}

/** The hash of what is compared; a seed of its own, so that it is no part of the identity. */
export function writeContent(spec: RowSpec): string {
  return spec.row(2)
}

/** `FROM … WHERE …` of rows that fulfil one more condition. */
export function writeFrom(spec: RowSpec, more: string | null = null): string {
  const conditions = [spec.where, more].flatMap((one) => (one === null ? [] : [`(${one})`]))
  return `FROM ${spec.from}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`
}
