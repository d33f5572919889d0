import type pg from 'pg'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { writeName } from '../../../domain/object-name.ts'
import type { Texts } from './row-lines.ts'

/** A foreign key that is checked at the end of each statement. */
export interface ImmediateKey {
  readonly from: string
  readonly to: string
  readonly columns: readonly string[]
  readonly refers: readonly string[]
}

/** Foreign keys of which none waits for the end of the transaction. */
export async function readImmediateKeys(client: pg.ClientBase): Promise<ImmediateKey[]> {
  const names = (relation: string, numbers: string) =>
    `(SELECT json_agg(a.attname ORDER BY p.n) FROM unnest(${numbers}) WITH ORDINALITY AS p(attnum, n)
       JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = p.attnum)`
  const { rows } = await client.query<{
    from: [string, string]
    to: [string, string]
    columns: string[]
    refers: string[]
  }>(
    `SELECT json_build_array(n.nspname, c.relname) AS from, json_build_array(m.nspname, d.relname) AS to,
            ${names('k.conrelid', 'k.conkey')} AS columns, ${names('k.confrelid', 'k.confkey')} AS refers
       FROM pg_constraint k
       JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_class d ON d.oid = k.confrelid JOIN pg_namespace m ON m.oid = d.relnamespace
      WHERE k.contype = 'f' AND NOT k.condeferrable`,
  )
  return rows.map((row) => ({ ...row, from: writeName(row.from), to: writeName(row.to) }))
}

/** Tables so that each stands behind those to which it refers. Throws repair_cycle where there is no such order. */
export function orderTables(tables: readonly string[], keys: readonly ImmediateKey[], system: string): string[] {
  const refersTo = (name: string) =>
    keys.filter(({ from, to }) => from === name && to !== name && tables.includes(to)).map(({ to }) => to)
  const refuse = (above: readonly string[]): never => {
    throw new SalvorError('repair_cycle', { system, tables: above.join(' → ') })
  }
  return order(tables.toSorted(), refersTo, refuse)
}

/** A row of a table that refers to itself. */
export interface OwnRow<T> {
  readonly row: T
  readonly values: Texts
}

/** Rows of one table so that each stands behind those of them to which it refers. */
export function orderRows<T>(
  rows: readonly OwnRow<T>[],
  of: {
    readonly table: string
    readonly columns: readonly string[]
    readonly keys: readonly ImmediateKey[]
    readonly system: string
  },
): readonly OwnRow<T>[] {
  const own = of.keys.filter(({ from, to }) => from === of.table && to === of.table)
  if (own.length === 0) return rows
  const write = ({ values }: OwnRow<T>, names: readonly string[]) => {
    const picked = names.map((name) => values[of.columns.indexOf(name)] ?? null)
    return picked.includes(null) ? null : JSON.stringify(picked)
  }
  const found = own.map(({ refers }) => new Map(rows.map((row) => [write(row, refers), row])))
  const refersTo = (row: OwnRow<T>) =>
    own.flatMap(({ columns }, at) => {
      const wanted = write(row, columns)
      const other = wanted === null ? undefined : found[at]?.get(wanted)
      return other === undefined || other === row ? [] : [other]
    })
  return order(rows, refersTo, () => {
    throw new SalvorError('repair_cycle', { system: of.system, tables: `${of.table} → ${of.table}` })
  })
}

/** Things so that each stands behind those that it names; without recursion, since chains may be as long as a table. */
function order<T>(all: readonly T[], refersTo: (one: T) => readonly T[], refuse: (above: readonly T[]) => never): T[] {
  const done = new Set<T>()
  for (const first of all) {
    const above: { readonly one: T; readonly rest: T[] }[] = []
    const open = new Set<T>()
    const enter = (one: T) => {
      above.push({ one, rest: [...refersTo(one)] })
      open.add(one)
    }
    if (!done.has(first)) enter(first)
    for (let top = above.at(-1); top !== undefined; top = above.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        done.add(top.one)
        open.delete(top.one)
        above.pop()
      } else if (open.has(next)) refuse([...above.map(({ one }) => one), next])
      else if (!done.has(next)) enter(next)
    }
  }
  return [...done]
}
