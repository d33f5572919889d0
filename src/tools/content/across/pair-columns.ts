import pg from 'pg'
import type { TableMapping } from '../../../domain/compare-mapping.ts'
import type { ComparedTable } from '../../../domain/comparison.ts'
import type { Column } from '../column-expressions.ts'
import type { Table } from '../read-tables.ts'

/** A value that both sides have, under this database's name. */
export interface ColumnPair {
  readonly name: string
  /** SQL over a row of each side. */
  readonly here: string
  readonly there: string
  /** How it is hashed; as text where the two sides have other types, or an expression. */
  readonly as: Column
}

export interface PairedColumns extends Pick<ComparedTable, 'without' | 'unmapped'> {
  readonly pairs: readonly ColumnPair[]
  /** Names by which rows are told apart; none compares whole rows. */
  readonly key: readonly string[]
}

const asText = { builtIn: null, isArray: false, hasLength: false, collatable: true, generated: false } as const

/** Finds columns of the one table in the other: by the plan's expressions, else by name. */
export function pairColumns(here: Table, there: Table, mapping: TableMapping | undefined): PairedColumns {
  const theirs = new Map(there.columns.map((column) => [column.name, column]))
  const expressions = new Map(Object.entries(mapping?.columns ?? {}))
  const without = new Map(Object.entries(mapping?.without ?? {}))
  const pairs = here.columns.flatMap((column): ColumnPair[] => {
    const { name } = column
    if (without.has(name)) return []
    const quoted = pg.escapeIdentifier(name)
    const expression = expressions.get(name)
    if (expression !== undefined)
      // Behind a comment that ends it stands a line of its own.
      return [{ name, here: quoted, there: `(${expression}\n)`, as: { ...asText, name } }]
    const other = theirs.get(name)
    if (other === undefined) return []
    return [{ name, here: quoted, there: quoted, as: isAlike(column, other) ? column : { ...asText, name } }]
  })
  const found = new Set(pairs.map(({ name }) => name))
  const used = [...expressions.values()]
  const isUsed = (name: string) => found.has(name) || used.some((sql) => mentions(sql, name))
  return {
    pairs,
    key: chooseKey(here, there, { found, mapping }),
    without: [...without].map(([column, reason]) => ({ column, reason })),
    unmapped: {
      here: here.columns.map(({ name }) => name).filter((name) => !found.has(name) && !without.has(name)),
      there: there.columns.map(({ name }) => name).filter((name) => !isUsed(name) && !without.has(name)),
    },
  }
}

/** The plan's; else this database's primary key, where the other side has all of it. */
function chooseKey(
  here: Table,
  there: Table,
  of: { readonly found: ReadonlySet<string>; readonly mapping: TableMapping | undefined },
): readonly string[] {
  const named = of.mapping?.key
  if (named !== undefined) return named
  // Where neither side says what tells rows apart under the other's names, whole rows are compared.
  return [here.key, there.key].find((key) => key.length > 0 && key.every((name) => of.found.has(name))) ?? []
}

function isAlike(one: Column, other: Column): boolean {
  return one.builtIn === other.builtIn && one.isArray === other.isArray && one.hasLength === other.hasLength
}

/** Whether an expression speaks of a column: as a word of its own, quoted or not. */
function mentions(sql: string, name: string): boolean {
  if (sql.includes(pg.escapeIdentifier(name))) return true
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\w"$])${word}(?![\\w"$])`, 'i').test(sql.replace(/'(?:[^']|'')*'/g, `''`))
}
