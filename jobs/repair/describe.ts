import { writeCount } from '../../src/domain/count.ts'
import type { RepairedTable, RowsOutcome } from '../../src/domain/repair.ts'
import { describeWhyLeft } from '../../src/domain/repair-texts.ts'
import { plainText } from '../../src/domain/text.ts'

export function countTasks(tables: readonly RepairedTable[]) {
  const sum = (of: (table: RepairedTable) => number) => tables.reduce((total, table) => total + of(table), 0)
  const [inserts, updates, deletes] = [sum((one) => one.inserts), sum((one) => one.updates), sum((one) => one.deletes)]
  return { inserts, updates, deletes, rows: inserts + updates + deletes }
}

/** The statements of one table, without their values. */
export function describeTasks({ name, inserts, updates, deletes }: RepairedTable): string[] {
  const said = [
    [inserts, `INSERT INTO ${name} …`],
    [updates, `UPDATE ${name} … WHERE it holds what was compared`],
    [deletes, `DELETE FROM ${name} WHERE it holds what was compared`],
  ] as const
  return said.flatMap(([count, sql]) => (count === 0 ? [] : [`${sql}; -- ${writeCount(count)} rows`]))
}

/** What differs and stays. */
export function describeLeft(tables: readonly RepairedTable[]): string[] {
  return tables.flatMap(({ name, left }) =>
    left.map(({ why, rows }) => {
      const what = rows === 0 ? `${name} is not repaired` : `${writeCount(rows)} rows of ${name} stay as they are`
      return plainText(`${what}: ${describeWhyLeft(why)}`)
    }),
  )
}

/** Rows that triggers have changed once more. */
export function describeAltered(rows: RowsOutcome | null): string[] {
  return (rows?.altered ?? []).map(({ table, rows: count }) =>
    plainText(`triggers or defaults alter ${writeCount(count)} of the rows of ${table}, so that these differ still`),
  )
}

/** Sequences that have to be put right by hand. */
export function describeBehind(rows: RowsOutcome | null): string[] {
  return (rows?.behind ?? []).map(({ sequence, column, at, highest }) =>
    plainText(`sequence ${sequence} stands at ${at} and ${column} goes up to ${highest}: it has to be set further`),
  )
}
