import { finding } from '../../../domain/finding-texts.ts'
import { writeName } from '../../../domain/object-name.ts'
import type { CompareRows, RowSide } from '../../../ports/row-difference.ts'
import { explain } from '../measure-tables.ts'
import { readTables, type Table } from '../read-tables.ts'
import { writeExpressionHash } from '../row-hash.ts'
import { type Snapshot, withSnapshot } from '../snapshot.ts'
import { diffRows } from './diff-rows.ts'
import { type RowSpec, specOf } from './spec.ts'
import { tryWithoutLocks } from './without-locks.ts'

/** Rows of one table against those of another, each in a snapshot of its own. */
export function compareRows(redact: (text: string) => string): CompareRows {
  return (of) => {
    const open = (side: RowSide, work: (snapshot: Snapshot) => ReturnType<CompareRows>) => {
      const { target, database } = side
      return withSnapshot({ target, signal: of.signal, ...(database === undefined ? {} : { database }) }, work)
    }
    return open(of.left, (left) =>
      open(of.right, async (right) => {
        const [one, two] = [await findTable(left, of.left), await findTable(right, of.right)]
        if (one === undefined || two === undefined) return { why: finding('keys_other_side') }
        const key = of.key ?? (one.key.join('\0') === two.key.join('\0') ? one.key : [])
        const theirs = new Set(two.columns.map((column) => column.name))
        const columns = one.columns.map((column) => column.name).filter((name) => theirs.has(name))
        const spec = (table: Table, side: 'left' | 'right'): RowSpec => {
          const plain = specOf(table, { columns, key, where: of[side].where })
          if (of.expressions === null) return plain
          // The key is in it, or two rows of one bucket that swapped their values would leave the bucket's sum.
          return { ...plain, row: writeExpressionHash([plain.keyText, ...of.expressions.map((pair) => pair[side])]) }
        }
        const sides = [left, right].map(({ client }) => client)
        const tried = await tryWithoutLocks(sides, of.signal, () =>
          diffRows(
            { client: left.client, spec: spec(one, 'left') },
            { client: right.client, spec: spec(two, 'right') },
            of.sample,
          ),
        )
        if ('error' in tried) return { why: finding('table_unread', { seen: explain(tried.error) }) }
        const { added, changed, gone, by, keys } = tried.value
        return { added, changed, gone, by, keys: keys.map(redact) }
      }),
    )
  }
}

async function findTable({ client }: Snapshot, side: RowSide): Promise<Table | undefined> {
  const name = writeName(side.table)
  return (await readTables(client)).find((table) => table.name === name)
}
