import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableContent } from '../../domain/content.ts'
import { readName } from '../../domain/object-name.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { readToc, type TocEntry } from './toc.ts'

/** What pg_dump writes after the rows of a table: `\.` and three line ends. */
const TRAILER_BYTES = 5
/** gzip keeps the length of its content modulo this. */
const TURN = 2 ** 32

/**
 * The length of each table's text COPY, out of the dump itself: gzip's last four bytes say how long its content is.
 * Counting it in SQL costs several times the fingerprint. Above 4 GiB the turn nearest to the size on disk is taken.
 * Tables whose file says nothing (another compression) keep null.
 */
export async function addCopyBytes(
  runner: ToolRunner,
  archive: string,
  of: { readonly tables: readonly TableContent[]; readonly bytesOnDisk: ReadonlyMap<string, number> },
  signal: AbortSignal,
): Promise<TableContent[]> {
  const toc = await readToc(runner, archive, signal)
  const data = 'entries' in toc ? toc.entries.filter((entry) => entry.kind === 'TABLE DATA') : []
  const files = findFiles(data, new Set(of.tables.map((table) => readName(table.name).join(' '))))
  return Promise.all(
    of.tables.map(async (table) => {
      const file = files.get(readName(table.name).join(' '))
      if (file === undefined) return table
      const copyBytes = await readContentLength(join(archive, file), of.bytesOnDisk.get(table.name) ?? 0)
      return { ...table, copyBytes }
    }),
  )
}

/** The list prints `schema table owner`, with blanks in names as they are: the longest beginning that is a table counts. */
function findFiles(data: readonly TocEntry[], tables: ReadonlySet<string>): Map<string, string> {
  const files = new Map<string, string>()
  for (const { id, words } of data) {
    for (let length = words.length - 1; length > 0; length -= 1) {
      const name = words.slice(0, length).join(' ')
      if (!tables.has(name)) continue
      files.set(name, `${id}.dat.gz`)
      break
    }
  }
  return files
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
