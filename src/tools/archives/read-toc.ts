import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ArchiveCursor, createCursor, decodeUtf8 } from './archive-cursor.ts'
import { type HeaderProblem, isKnown, parseHeader } from './read-header.ts'

/**
 * One entry of an archive's table of contents, as pg_dump wrote it. `pg_restore --list` prints the same with blanks
 * between the fields, and names hold blanks too: there nobody can tell them apart.
 */
export interface TocEntry {
  /** The number that pg_restore names its work by. */
  readonly id: number
  /** What it is, in pg_dump's word: `TABLE`, `TABLE DATA`, `FK CONSTRAINT`, `ACL`. */
  readonly kind: string
  /** Its name: `orders`, `orders orders_pkey` for what belongs to a table, `f(integer)`. */
  readonly tag: string
  /** null for what is in none. */
  readonly schema: string | null
  /** null where nobody is made its owner. */
  readonly owner: string | null
  /** null for the database's own. */
  readonly tablespace: string | null
  /** The statements that create it; empty for data. */
  readonly definition: string
  /** The statement that drops it; empty where there is none. */
  readonly drop: string
  /** The statement that takes its rows; null or empty where it has none. */
  readonly copy: string | null
  /** Entries that come before it. */
  readonly needs: readonly number[]
  /** Where its rows lie, which pg_restore takes for SQL where nothing says how to take them; null where it has none. */
  readonly data: EntryData | null
}

/** The file of a folder, null where it names none; or the place of a block in a file, null where that is not written. */
export type EntryData = { readonly file: string | null } | { readonly at: number | null }

/** A table of contents, and the byte behind it. */
export interface ReadToc {
  readonly entries: TocEntry[]
  readonly end: number
}

const FIRST_BYTES = 1 << 20
/** Before 1.10 an archive is PostgreSQL 7's; no tool that speaks with a server of today wrote it. */
const OLDEST_MINOR = 10

/**
 * Reads the table of contents of an archive whose header is known to be well; answers what is wrong with it instead.
 * A cut archive may have a whole table of contents.
 */
export async function readTocEntries(path: string): Promise<ReadToc | { readonly problem: HeaderProblem }> {
  const isFolder = (await stat(path)).isDirectory()
  await using file = await open(isFolder ? join(path, 'toc.dat') : path, 'r')
  const { size } = await file.stat()
  // The table of contents stands at the beginning and says nowhere how long it is.
  let bytes = Buffer.alloc(0)
  const more = async (): Promise<void> => {
    const wanted = Math.min(size, Math.max(FIRST_BYTES, bytes.length * 2))
    const longer = Buffer.alloc(wanted)
    bytes.copy(longer)
    const { bytesRead } = await file.read(longer, bytes.length, wanted - bytes.length, bytes.length)
    bytes = longer.subarray(0, bytes.length + bytesRead)
  }
  await more()
  if (!isKnown(bytes) || bytes[5] !== 1 || (bytes[6] ?? 0) < OLDEST_MINOR) return { problem: 'newer' }
  try {
    const parsed = parseHeader(bytes, isFolder)
    if ('problem' in parsed) return parsed
    const reader = createReader(parsed, bytes[6] ?? 0)
    for (;;) {
      try {
        return reader.readOn(bytes)
      } catch (thrown) {
        const known = bytes.length
        if (!(thrown instanceof RangeError) || known >= size) throw thrown
        await more()
        if (bytes.length === known) throw thrown
      }
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) return { problem: 'truncated' }
    throw thrown
  }
}

/** Reads entry by entry and goes on behind the last whole one when there are more bytes. */
function createReader(
  of: { readonly header: { readonly format: string }; intSize: number; offsetSize: number; at: number },
  minor: number,
) {
  const entries: TocEntry[] = []
  let { at } = of
  let count: number | null = null
  let decode = decodeUtf8
  return {
    readOn(bytes: Buffer): ReadToc {
      const cursor = createCursor(bytes, at, of.intSize)
      count ??= cursor.readInt()
      at = cursor.at
      while (entries.length < count) {
        const { hasData, ...entry } = readEntry(cursor, minor, decode)
        const data = of.header.format === 'custom' ? readPlace(cursor, of.offsetSize) : readFileName(cursor)
        at = cursor.at
        entries.push({ ...entry, data: hasData ? data : null })
        if (entry.kind === 'ENCODING') decode = chooseDecoder(entry.definition)
      }
      return { entries, end: at }
    },
  }
}

/**
 * The file of an entry's rows, as pg_dump names it. pg_restore joins it to the folder as it stands, so that another name
 * would read any file of the machine.
 */
function readFileName(cursor: ArchiveCursor): EntryData {
  const file = cursor.readText(decodeUtf8)
  if (file === null || file === '') return { file: null }
  if (/^(?:\d+\.dat|blobs(?:_\d+)?\.toc)$/.test(file)) return { file }
  throw new Error('an entry takes its rows from a file that is none of pg_dump')
}

/** Whether the place of a block is written: not in an archive that went through a pipe. */
const placeFlags = { notSet: 1, set: 2, noData: 3 } as const

function readPlace(cursor: ArchiveCursor, size: number): EntryData {
  const flag = cursor.readByte()
  const from = cursor.at
  cursor.skip(size)
  const offset = [...cursor.bytes.subarray(from, from + size)].reduceRight((sum, one) => sum * 256 + one, 0)
  if (!Object.values<number>(placeFlags).includes(flag))
    throw new Error('an entry says in no known way where its rows are')
  return { at: flag === placeFlags.set ? offset : null }
}

/** The fields in the order of pg_dump's WriteToc; each came with a version of the format. */
function readEntry(cursor: ArchiveCursor, minor: number, decode: (bytes: Buffer) => string) {
  const text = () => cursor.readText(decode)
  const id = cursor.readInt()
  const hasData = cursor.readInt() !== 0
  text() // OID of its catalogue,
  text() // and of its row there.
  const tag = text() ?? ''
  const kind = text() ?? ''
  if (minor >= 11) cursor.readInt() // Section.
  const definition = text() ?? ''
  const drop = text() ?? ''
  const copy = text()
  const schema = text()
  const tablespace = text()
  if (minor >= 14) text() // Table access method.
  if (minor >= 16) cursor.readInt() // Kind of relation.
  const owner = text()
  text() // WITH OIDS.
  const needs: number[] = []
  for (let one = text(); one !== null; one = text()) needs.push(Number(one))
  const orNull = (value: string | null) => (value === '' ? null : value)
  return {
    id,
    kind,
    tag,
    schema: orNull(schema),
    owner: orNull(owner),
    tablespace: orNull(tablespace),
    definition,
    drop,
    copy,
    needs,
    hasData,
  }
}

/** PostgreSQL's names of encodings whose web name is another one. */
const webNames: ReadonlyMap<string, string> = new Map([
  ...['EUC_KR', 'UHC', 'JOHAB'].map((name) => [name, 'euc-kr'] as const),
  ...['EUC_JP', 'EUC_JIS_2004'].map((name) => [name, 'euc-jp'] as const),
  ...['SJIS', 'SHIFT_JIS_2004'].map((name) => [name, 'shift_jis'] as const),
  ['EUC_CN', 'gbk'],
  ['KOI8R', 'koi8-r'],
  ['KOI8U', 'koi8-u'],
  ['WIN866', 'ibm866'],
  ...[1, 2, 3, 4].map((number) => [`LATIN${number}`, `iso-8859-${number}`] as const),
  ['LATIN6', 'iso-8859-10'],
  ['LATIN7', 'iso-8859-13'],
  ['LATIN8', 'iso-8859-14'],
  ['LATIN9', 'iso-8859-15'],
  ['LATIN10', 'iso-8859-16'],
  ['LATIN5', 'windows-1254'],
])

/** How the names of an archive are read: `SET client_encoding = 'EUC_KR';` What nobody knows is read as UTF-8. */
function chooseDecoder(definition: string): (bytes: Buffer) => string {
  const name = definition.split(`'`)[1]?.toUpperCase() ?? 'UTF8'
  const label =
    webNames.get(name) ??
    name
      .toLowerCase()
      .replace(/^win(\d+)$/, 'windows-$1')
      .replaceAll('_', '-')
  try {
    const decoder = new TextDecoder(label)
    return (bytes) => decoder.decode(bytes)
  } catch {
    return decodeUtf8
  }
}
