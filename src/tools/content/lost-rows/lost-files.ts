import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { asOutput } from '../column-expressions.ts'
import type { Place } from '../row-difference/places.ts'
import type { LostKind, LostRow } from '../row-difference/recount.ts'
import type { RowFiles, TableFiles } from '../row-difference/row-files.ts'
import type { Snapshot } from '../snapshot.ts'
import { amendFile, createStatementIndex, type StatementIndex } from './amend-file.ts'
import { nameFile, openPrivateFile, openPrivateFolder, type PrivateFile } from './keep-file.ts'
import { orderByReference } from './order-tables.ts'
import { type LostTable, type Values, writeHead, writeStatement } from './write-sql.ts'

/**
 * Writes the rows that live has and the other side lacks or holds otherwise, as the SQL that puts them back: two files a
 * table, `…-new.sql` and `…-changed.sql`, with numbers in the order in which foreign keys allow them. What is there of
 * an earlier look at a table is replaced.
 */
export async function openLostFiles(
  live: Snapshot,
  of: { readonly folder: string; readonly tables: readonly string[] },
): Promise<RowFiles & AsyncDisposable> {
  const guard = guardOf(of.folder)
  const folder = await guard(() => openPrivateFolder(of.folder))
  // Of an attempt that nobody lived to tidy up.
  await guard(async () => {
    for (const name of await readdir(folder.inside))
      if (name.endsWith('.sql')) await rm(join(folder.inside, name), { force: true })
  })
  const order = await orderByReference(live.client, of.tables)
  const width = Math.max(3, String(order.length + 1).length)
  const kept = new Map<string, TableFiles>()
  const numbers = new Map(order.map((name, at) => [name, at + 1]))
  /** A table that came since stands behind those that it can refer to. */
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size + 1
    numbers.set(name, number)
    return number
  }
  return {
    async open(snapshot, one, two) {
      // Large objects have no rows to insert; the kept database holds them.
      if (!one.table) return null
      const table = await describeTable(snapshot.client, one, two)
      if (table.columns.length === 0) return null
      const number = String(numberOf(one.name)).padStart(width, '0')
      const head = (kind: LostKind) => writeHead(table, kind, { database: snapshot.database, at: snapshot.takenAt })
      const files = filesOf(table, { folder: folder.inside, number, head, guard })
      return { ...files, keep: () => files.keep().then(() => void kept.set(one.name, files)) }
    },
    find: (table) => kept.get(table),
    async drop(table) {
      await kept.get(table)?.remove()
      kept.delete(table)
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

type Guard = <T>(work: () => Promise<T>) => Promise<T>

/** Errors of the file system, with the folder's own name, as lost_rows_unwritten. */
function guardOf(folder: string): Guard {
  return async (work) => {
    try {
      return await work()
    } catch (thrown) {
      if (thrown instanceof SalvorError || !isFileError(thrown)) throw thrown
      const seen = thrown.message.replaceAll(/\/proc\/self\/fd\/\d+/g, () => folder)
      throw new SalvorError('lost_rows_unwritten', { folder, seen }, { cause: thrown })
    }
  }
}

function isFileError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown
}

interface Written {
  readonly file: PrivateFile
  readonly index: StatementIndex
  /** Bytes so far. */
  at: number
  rows: number
}

const kinds = ['new', 'changed'] as const

function filesOf(
  table: LostTable,
  of: {
    readonly folder: string
    readonly number: string
    readonly head: (kind: LostKind) => string
    readonly guard: Guard
  },
): TableFiles {
  const nameOf = (kind: LostKind) => nameFile(of.number, table.name, kind)
  const written = new Map<LostKind, Written>()
  const begin = async (kind: LostKind): Promise<Written> => {
    const file = await openPrivateFile(of.folder, nameOf(kind))
    const head = of.head(kind)
    await file.write(head)
    const begun = { file, index: createStatementIndex(), at: Buffer.byteLength(head), rows: 0 }
    written.set(kind, begun)
    return begun
  }
  const say = (kind: LostKind, extra: string | null) => writeStatement(table, kind, JSON.parse(extra ?? '[]') as Values)
  const write: TableFiles['write'] = async (kind, { first, extra }) => {
    const one = written.get(kind) ?? (await begin(kind))
    const line = `${say(kind, extra)}\n`
    if (first !== null) one.index.note(first, one.at)
    one.at += Buffer.byteLength(line)
    one.rows += 1
    await one.file.write(line)
  }
  const remove = (kind: LostKind) => rm(join(of.folder, nameOf(kind)), { force: true })
  /** Those of one kind, in a file that is kept already or in a new one. */
  const amendKind = async (kind: LostKind, out: readonly LostRow[], more: readonly LostRow[]): Promise<boolean> => {
    const one = written.get(kind)
    if (one === undefined) {
      for (const { row } of more) await write(kind, { first: null, extra: row.extra })
      await written.get(kind)?.file.keep()
      return out.length === 0
    }
    if (one.rows + more.length === out.length) {
      await remove(kind)
      return true
    }
    return amendFile(join(of.folder, nameOf(kind)), {
      out: out.map(({ row }) => ({ statement: say(kind, row.extra), ...one.index.find(row.first) })),
      more: more.map(({ row }) => `${say(kind, row.extra)}\n`).join(''),
    })
  }
  return {
    values: `to_json(ARRAY[${table.columns.map((column) => asOutput(pg.escapeIdentifier(column))).join(', ')}]::text[])::text`,
    write: (kind, row) => of.guard(() => write(kind, row)),
    keep: () =>
      of.guard(async () => {
        for (const { file } of written.values()) await file.keep()
        for (const kind of kinds) if (!written.has(kind)) await remove(kind)
      }),
    remove: () =>
      of.guard(async () => {
        for (const kind of kinds) await remove(kind)
      }),
    async discard() {
      for (const { file } of written.values()) await file.discard()
    },
    amend: ({ kept, lost }) =>
      of.guard(async () => {
        for (const kind of kinds) {
          const [out, more] = [kept, lost].map((rows) => rows.filter((one) => one.kind === kind))
          if (!(await amendKind(kind, out ?? [], more ?? []))) return false
        }
        return true
      }),
  }
}

/** Columns that both sides have and that can be written; of a table that the other side lacks, all of live's. */
async function describeTable(client: pg.ClientBase, one: Place, two: Place | undefined): Promise<LostTable> {
  const { table } = one
  if (!table) throw new Error(`${one.name} has no rows of its own`)
  const theirs = two?.table ? new Set(two.table.columns.map((column) => column.name)) : null
  const columns = table.columns.filter(({ name, generated }) => !generated && (theirs === null || theirs.has(name)))
  const isSameKey = theirs === null || table.key.join('\0') === two?.table?.key.join('\0')
  const { rows } = await client.query<{ always: string[]; arbiter: boolean }>(
    `SELECT coalesce((SELECT json_agg(attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity = 'a'), '[]') AS always,
            EXISTS (SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary AND indimmediate) AS arbiter`,
    [table.sqlName],
  )
  const { always = [], arbiter = false } = rows[0] ?? {}
  const key = isSameKey ? table.key : []
  return { name: table.name, sqlName: table.sqlName, columns: columns.map((each) => each.name), key, arbiter, always }
}
