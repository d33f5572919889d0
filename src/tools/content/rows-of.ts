import type { Table } from './read-tables.ts'

/**
 * `FROM ONLY … WHERE …`: the rows of a table itself, without those of children and partitions, and of an extension's
 * table those alone that its condition names, which may end in a comment.
 */
export function writeRowsOf({ sqlName, where }: Pick<Table, 'sqlName' | 'where'>, more?: string): string {
  const conditions = [where, more].flatMap((one) => (one === undefined ? [] : [`(${one}\n)`]))
  return `FROM ONLY ${sqlName}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`
}
