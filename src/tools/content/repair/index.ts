import { join } from 'node:path'
import { hashText } from '../../../domain/digest.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { isSameMessage } from '../../../domain/message.ts'
import type { RepairedTable, RowFile } from '../../../domain/repair.ts'
import { type WhyLeft, whyLeft } from '../../../domain/repair-texts.ts'
import type { WriteRepair } from '../../../ports/write-repair.ts'
import { printedAs } from '../../postgres-session.ts'
import { type Both, type FirstLook, lookOnce } from '../across/compare-pairing.ts'
import { isOther, optionsOf, type Sides, withBoth } from '../across/index.ts'
import { pairTables } from '../across/pair-tables.ts'
import { openPrivateFile, openPrivateFolder } from '../lost-rows/keep-file.ts'
import { judgePairing, type Repairable } from './judge-pairing.ts'
import { listRows, type RowTask } from './list-rows.ts'
import { orderRows, orderTables, readImmediateKeys } from './order-by-keys.ts'
import { type LineTable, printLine, type RowLine, writeHead } from './row-lines.ts'

/** What a file may hold besides its number of rows. In characters. */
const LONGEST = 64 * 1024 * 1024

type Asked = Parameters<WriteRepair>[0]

/** A table's part of the file. */
interface Part {
  readonly one: Repairable
  readonly inserts: Task[]
  readonly updates: Task[]
  readonly deletes: Task[]
  readonly left: { why: WhyLeft; rows: number }[]
}

type Task = Exclude<RowTask, { readonly kind: 'left' }>

/** Compares, and writes the SQL that makes rows of this side what they are on the other. See the port. */
export function writeRepair(redact: (text: string) => string): WriteRepair {
  return async (of) => {
    const sides = { here: await optionsOf(of.here, of.signal), there: await optionsOf(of.there, of.signal) }
    const { looked, refused, unknown } = await withBoth(sides, (both) => lookAtAll(of, sides, both))
    if (looked.length === 0) return { file: null, tables: refused.map(toldRefused), unknown }
    // All tables once more, in one later snapshot a side: only what differs still is repaired.
    return await withBoth(sides, async (both) => {
      const parts = await listAll(of, both, looked)
      const keys = await readImmediateKeys(both.here.client)
      const order = orderTables(
        parts.map(({ one }) => one.table.name),
        keys,
        of.here.target.system,
      )
      const sorted = parts.toSorted((a, b) => order.indexOf(a.one.table.name) - order.indexOf(b.one.table.name))
      const lines = sortLines(sorted, (part) => ({ table: part.one.table.name, keys, system: of.here.target.system }))
      const tables = looked.map(({ one }) => one.table)
      const file = lines.length === 0 ? null : await keepLines(of, tables, lines)
      return {
        file,
        tables: [...sorted.map((part) => toldPart(of, part, redact)), ...refused.map(toldRefused)],
        unknown,
      }
    })
  }
}

interface Looked {
  readonly one: Repairable
  readonly first: FirstLook
}

async function lookAtAll(of: Asked, sides: Sides, both: Both) {
  const asOthers = { here: isOther(of.here, sides.here), there: isOther(of.there, sides.there) }
  const { paired, unmapped } = await pairTables(both, { mapping: of.mapping, tables: of.tables, asOthers })
  const looked: Looked[] = []
  const refused: { readonly name: string; readonly other: string; readonly why: WhyLeft }[] = []
  for (const [at, each] of paired.entries()) {
    const { name, other } = 'pairing' in each ? each.pairing : each.broken
    of.onProgress({ table: name, bytesDone: at, bytesTotal: paired.length, tablesDone: at, tablesTotal: paired.length })
    const one = 'pairing' in each ? await judgePairing(both, each.pairing) : whyLeft('unread', { seen: each.why })
    if ('code' in one) refused.push({ name, other, why: one })
    else {
      const first = await lookOnce(both, one.pairing)
      if (first.found === null) throw tooMany(of)
      looked.push({ one, first })
    }
  }
  return {
    looked,
    refused,
    unknown: [...unmapped.unknown.filter((name) => of.tables.includes(name)), ...unmapped.here],
  }
}

async function listAll(of: Asked, both: Both, looked: readonly Looked[]): Promise<Part[]> {
  let [rows, length] = [0, 0]
  const parts: Part[] = []
  for (const [t, { one, first }] of looked.entries()) {
    const part: Part = { one, inserts: [], updates: [], deletes: [], left: [] }
    parts.push(part)
    if (first.buckets.length === 0) continue
    for await (const task of listRows(both, one, { first, mode: of.mode, t })) {
      of.signal.throwIfAborted()
      if (task.kind === 'left') addLeft(part.left, task.why)
      else {
        rows += 1
        length += printLine(task.line).length
        if (rows > of.most || length > LONGEST) throw tooMany(of)
        part[`${task.kind}s`].push(task)
      }
    }
  }
  return parts
}

function tooMany({ most, here }: Asked): SalvorError {
  return new SalvorError('repair_too_many', { system: here.target.system, most, size: '64 MB' })
}

function addLeft(left: Part['left'], why: WhyLeft): void {
  const known = left.find((each) => isSameMessage(each.why, why))
  if (known === undefined) left.push({ why, rows: 1 })
  else known.rows += 1
}

/** What is referred to comes before what refers to it, and goes after it. */
function sortLines(
  parts: readonly Part[],
  about: (part: Part) => {
    readonly table: string
    readonly keys: Parameters<typeof orderRows>[1]['keys']
    readonly system: string
  },
): RowLine[] {
  const ordered = (part: Part, tasks: readonly Task[], columns: readonly string[]) =>
    orderRows(
      tasks.map((row) => ({ row, values: row.values })),
      { ...about(part), columns },
    ).map(({ row }) => row.line)
  return [
    ...parts.flatMap((part) => ordered(part, part.inserts, part.one.table.wanted)),
    ...parts.flatMap((part) => part.updates.map(({ line }) => line)),
    ...parts.toReversed().flatMap((part) => ordered(part, part.deletes, part.one.table.columns).toReversed()),
  ]
}

async function keepLines(of: Asked, tables: readonly LineTable[], lines: readonly RowLine[]): Promise<RowFile> {
  const says = [
    `Rows of ${of.here.target.system} as the other database has them. Each statement expects the row that was compared.`,
    'By hand: psql -X -1 -v ON_ERROR_STOP=1 -f <this file>. UPDATE 0 or DELETE 0 says that a row is another one by now.',
  ]
  const text = writeHead({ says, settings: printedAs, tables }) + lines.map(printLine).join('')
  await using folder = await openPrivateFolder(of.folder)
  const file = await openPrivateFile(folder.inside, of.file)
  try {
    await file.write(text)
    await file.keep()
  } catch (thrown) {
    await file.discard()
    throw thrown
  }
  return { path: join(of.folder, of.file), sha256: hashText(text) }
}

function toldPart(
  { sample }: Asked,
  { one, inserts, updates, deletes, left }: Part,
  redact: (text: string) => string,
): RepairedTable {
  const rows = [...inserts, ...updates, ...deletes].slice(0, sample)
  return {
    ...{ name: one.pairing.name, other: one.pairing.other, left },
    ...{ inserts: inserts.length, updates: updates.length, deletes: deletes.length },
    keys: rows.map(({ key }) => redact(key.join(', '))),
  }
}

function toldRefused({
  name,
  other,
  why,
}: {
  readonly name: string
  readonly other: string
  readonly why: WhyLeft
}): RepairedTable {
  return { name, other, inserts: 0, updates: 0, deletes: 0, keys: [], left: [{ why, rows: 0 }] }
}
