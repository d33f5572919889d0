import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createCursor, decodeUtf8 } from './archive-cursor.ts'

/** What an archive's first bytes tell, without starting a tool. */
export interface ArchiveHeader {
  readonly format: 'custom' | 'directory'
  /** `1.14`: the version of the archive format. */
  readonly version: string
  /** When the dump was begun, ISO 8601 UTC. The header holds the local time of the machine that wrote it, without a zone: read as ours. */
  readonly takenAt: string
  readonly database: string
  readonly serverVersion: string
}

export type HeaderProblem = 'empty' | 'plain_sql' | 'not_one' | 'truncated' | 'newer'

const HEAD_BYTES = 4096
const MAGIC = 'PGDMP'
/** Magic, version, sizes and format are single bytes before the first number. */
const HEAD_NUMBERS = 11
const MINOR_AT = 6
/** The format byte. A folder's is tar's; a file of tar can be restored by hand, and is none that begins so. */
const formats = { file: 1, folder: 3 } as const
/** Bytes of a number in whatever pg_dump writes; pg_restore reads others in a way of its machine's. */
const INT_SIZE = 4
const MAX_OFFSET_SIZE = 8

/** Reads the header of an `-Fc` file or of an `-Fd` folder's toc.dat. */
export async function readArchiveHeader(path: string): Promise<ArchiveHeader | { readonly problem: HeaderProblem }> {
  const isFolder = (await stat(path)).isDirectory()
  const head = await readHead(isFolder ? join(path, 'toc.dat') : path)
  if (head === null) return { problem: 'truncated' }
  if (head.length === 0) return { problem: 'empty' }
  if (head.subarray(0, 5).toString('latin1') !== MAGIC) return { problem: looksLikeSql(head) ? 'plain_sql' : 'not_one' }
  try {
    const parsed = parseHeader(head, isFolder)
    return 'problem' in parsed ? parsed : parsed.header
  } catch (thrown) {
    // What cannot be read under a version that nobody knew yet is no sign of a cut.
    if (thrown instanceof RangeError) return { problem: isKnown(head) ? 'truncated' : 'newer' }
    throw thrown
  }
}

/** The header, and where behind it the table of contents begins. Throws a RangeError where the bytes end before it. */
export function parseHeader(head: Buffer, isFolder: boolean): ParsedHeader | { problem: HeaderProblem } {
  const [major, minor, , intSize, offsetSize, format] = [...head.subarray(5, 11)]
  if (intSize === undefined || offsetSize === undefined || format === undefined) return { problem: 'truncated' }
  if (intSize !== INT_SIZE || offsetSize > MAX_OFFSET_SIZE) return { problem: 'not_one' }
  if (format !== (isFolder ? formats.folder : formats.file)) return { problem: 'not_one' }
  const cursor = createCursor(head, HEAD_NUMBERS, intSize)
  // Until 1.14 the compression is a number, later one byte for its kind.
  if ((minor ?? 0) >= 15) cursor.skip(1)
  else cursor.readInt()
  const [second = 0, minute = 0, hour = 0, day = 1, month = 0, year = 0] = Array.from({ length: 7 }, cursor.readInt)
  const header = {
    format: isFolder ? 'directory' : 'custom',
    version: `${major}.${minor}`,
    takenAt: new Date(year + 1900, month, day, hour, minute, second).toISOString(),
    database: cursor.readText(decodeUtf8) ?? '',
    serverVersion: cursor.readText(decodeUtf8) ?? '',
  } as const
  cursor.readText(decodeUtf8)
  return { header, intSize, offsetSize, at: cursor.at }
}

/** A header with what reading on needs. */
export interface ParsedHeader {
  readonly header: ArchiveHeader
  /** Bytes of a number, and of a place in the file. */
  readonly intSize: number
  readonly offsetSize: number
  readonly at: number
}

/** The second number of an archive's format, which says what can read it. */
export async function readFormatMinor(path: string): Promise<number> {
  const isFolder = (await stat(path)).isDirectory()
  return (await readHead(isFolder ? join(path, 'toc.dat') : path))?.[MINOR_AT] ?? 0
}

/** Up to 1.16, which PostgreSQL 18 still writes. */
export function isKnown(head: Buffer): boolean {
  const [major = 0, minor = 0] = head.subarray(5, 7)
  return major < 1 || (major === 1 && minor <= 16)
}

async function readHead(path: string): Promise<Buffer | null> {
  try {
    await using file = await open(path, 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

function looksLikeSql(head: Buffer): boolean {
  const text = head.toString('utf8').trimStart()
  return /^(--|SET |CREATE |BEGIN|\\connect|\\restrict|INSERT |COPY |DROP )/i.test(text)
}
