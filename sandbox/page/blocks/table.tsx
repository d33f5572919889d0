import type { DataTableBlock, TableBlock } from '@slack/types'
import { useState } from 'react'
import { LibraryView } from './library-block.tsx'
import { Text } from './mrkdwn.tsx'
import { readWords } from './read-words.ts'
import { useScrollable } from './use-scrollable.ts'

type Cell = DataTableBlock['rows'][number][number]

/** A table; what is wider than its box scrolls inside it. */
export function Table({ block }: { readonly block: TableBlock }) {
  const [head = [], ...rows] = block.rows
  const box = useScrollable()
  const lookOf = (column: number) => {
    const settings = block.column_settings?.[column]
    return `${settings?.align ?? 'left'}${settings?.is_wrapped ? ' wrapped' : ''}`
  }
  return (
    <div className="table-box" {...box}>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} className={lookOf(column)}>
                <CellView cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <Rows rows={rows} lookOf={lookOf} />
      </table>
    </div>
  )
}

/** A table that people sort by its columns, a page at a time. */
export function DataTable({ block }: { readonly block: DataTableBlock }) {
  const [head = [], ...rows] = block.rows
  const [order, setOrder] = useState<{ readonly column: number; readonly down: boolean }>()
  const [page, setPage] = useState(0)
  const box = useScrollable()
  const sorted = order ? sortRows(rows, order.column, order.down) : rows
  const size = block.page_size ?? 10
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const shown = sorted.slice(page * size, (page + 1) * size)
  const turn = (column: number) => {
    setOrder({ column, down: order?.column === column ? !order.down : false })
    setPage(0)
  }
  const lookOf = (column: number) => (rows.every((row) => row[column]?.type === 'raw_number') ? 'right' : 'left')
  return (
    <div className="data-table">
      <div className="table-box" {...box}>
        <table>
          <caption>{block.caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th
                  key={column}
                  className={lookOf(column)}
                  aria-sort={order?.column === column ? (order.down ? 'descending' : 'ascending') : undefined}
                >
                  <button type="button" className="sort" onClick={() => turn(column)}>
                    <CellView cell={cell} />
                    <span aria-hidden="true">{order?.column === column ? (order.down ? ' ↓' : ' ↑') : ' ↕'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <Rows rows={shown} lookOf={lookOf} headColumn={block.row_header_column_index} />
        </table>
      </div>
      {pages > 1 ? (
        <nav className="pages" aria-label={`Pages of ${block.caption}`}>
          <button type="button" className="press" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Back
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button type="button" className="press" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </nav>
      ) : null}
    </div>
  )
}

function Rows({
  rows,
  lookOf,
  headColumn,
}: {
  readonly rows: readonly (readonly Cell[])[]
  readonly lookOf: (column: number) => string
  readonly headColumn?: number | undefined
}) {
  return (
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((cell, column) => {
            const Tag = column === headColumn ? 'th' : 'td'
            return (
              <Tag key={column} className={lookOf(column)}>
                <CellView cell={cell} />
              </Tag>
            )
          })}
        </tr>
      ))}
    </tbody>
  )
}

function CellView({ cell }: { readonly cell: Cell }) {
  return cell.type === 'rich_text' ? (
    <LibraryView block={cell} />
  ) : (
    <Text of={{ type: 'plain_text', text: cell.text ?? '' }} />
  )
}

function sortRows(rows: readonly (readonly Cell[])[], column: number, down: boolean) {
  const sign = down ? -1 : 1
  return rows.toSorted((one, other) => sign * compare(one[column], other[column]))
}

function compare(one: Cell | undefined, other: Cell | undefined): number {
  if (one?.type === 'raw_number' && other?.type === 'raw_number') return one.value - other.value
  return readWords(one).localeCompare(readWords(other), undefined, { numeric: true })
}
