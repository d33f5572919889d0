import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableContent } from '../../domain/content.ts'
import { writeName } from '../../domain/object-name.ts'
import { readToc } from './toc.ts'

/** What pg_dump writes after the rows of a table: `\.` and three line ends. */
const TRAILER_BYTES = 5
/** gzip keeps the length of its content modulo this. */
const TURN = 2 ** 32
/** Files open at once: a process may have about a thousand, and a database tens of thousands of tables. */
const FILES_AT_ONCE = 64

/**
 * The length of each table's text COPY, out of the dump itself: gzip's last four bytes say how long its content is.
 * Counting it in SQL costs several times the fingerprint. Above 4 GiB the turn nearest to the size on disk is taken.
 * Tables whose file says nothing (another compression) keep null.
 */
export async function addCopyBytes(
  archive: string,
  of: { readonly tables: readonly TableContent[]; readonly bytesOnDisk: ReadonlyMap<string, number> },
): Promise<TableContent[]> {
  const data = (await readToc(archive)).filter((entry) => entry.kind === 'TABLE DATA')
  const files = new Map(data.map(({ id, schema, tag }) => [writeName([schema ?? '', tag]), `${id}.dat.gz`]))
  const addOne = async (table: TableContent): Promise<TableContent> => {
    const file = files.get(table.name)
    if (file === undefined) return table
    const copyBytes = await readContentLength(join(archive, file), of.bytesOnDisk.get(table.name) ?? 0)
    return { ...table, copyBytes }
  }
  const measured: TableContent[] = []
  for (let at = 0; at < of.tables.length; at += FILES_AT_ONCE)
    measured.push(...(await Promise.all(of.tables.slice(at, at + FILES_AT_ONCE).map(addOne))))
  return measured
}

async function readContentLength(path: string, bytesOnDisk: number): Promise<number | null> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return null
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(4)
    const { bytesRead } = await file.read(last, 0, 4, size - 4)
    if (bytesRead !== 4) return null
    const length = last.readUInt32LE()
    const turns = Math.max(0, Math.round((bytesOnDisk - length) / TURN))
    return Math.max(0, length + turns * TURN - TRAILER_BYTES)
  } finally {
    await file.close()
  }
}
