import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import { parseOrNull, type StatementNode } from './parse-statements.ts'
import { findOtherBlocks } from './read-blocks.ts'
import { describeEntry, isRestored, type ReadToc, type TocEntry } from './toc.ts'

/** What the grammar's node of `COPY t (a, b) FROM stdin` holds, and no more: no option, no WHERE. */
const plainCopy: ReadonlySet<string> = new Set(['relation', 'attlist', 'is_from'])

/**
 * Refuses data that pg_restore would take for statements: it runs the data of an entry of whatever kind as SQL where the
 * entry has no COPY statement. Throws archive_foreign_entry, or archive_inserts where that is how `pg_dump --inserts`
 * writes rows: nobody can tell such data from an attack without reading all of it.
 */
export async function refuseForeignData(
  { entries, end }: ReadToc,
  { path, backup }: { readonly path: string; readonly backup: string },
): Promise<void> {
  const refuse = (entry: TocEntry, seen: string) =>
    new SalvorError('archive_foreign_entry', { backup, object: describeEntry(entry), seen })
  const seenIds = new Set<number>()
  for (const entry of entries) {
    // pg_restore takes both where one of them is asked for by its number.
    if (seenIds.has(entry.id)) throw refuse(entry, 'the number of another entry')
    seenIds.add(entry.id)
    if (entry.data === null || !isRestored(entry)) continue
    if (entry.kind === 'TABLE DATA' && (entry.copy ?? '') === '')
      throw new SalvorError('archive_inserts', { backup, object: describeEntry(entry) })
    const seen = await findForeignData(entry)
    if (seen !== null) throw refuse(entry, seen)
  }
  const objects = entries.filter((one) => one.kind === 'BLOBS' && one.data !== null)
  const [first] = objects
  if (first === undefined) return
  const isFolder = (await stat(path)).isDirectory()
  const seen = isFolder ? await findOtherFiles(path) : await findOtherBlocks({ path, entries, end, objects })
  if (seen !== null) throw refuse(first, seen)
}

async function findForeignData(entry: TocEntry): Promise<string | null> {
  const { kind, data } = entry
  const file = data !== null && 'file' in data ? data.file : null
  if (kind === 'BLOBS') return file === null || file.endsWith('.toc') ? null : `data in ${file}`
  if (kind !== 'TABLE DATA') return 'data, which its kind has none of'
  if (file !== null && file !== `${entry.id}.dat`) return `data in ${file}`
  return (await isPlainCopy(entry)) ? null : 'a COPY other than that of its rows'
}

/** `COPY public.orders (id, note) FROM stdin;` into the very table, or the root of its partitions where pg_dump says so. */
async function isPlainCopy({ copy, schema, tag, definition }: TocEntry): Promise<boolean> {
  const [only, ...more] = (await parseOrNull(copy ?? '')) ?? []
  const node = only?.CopyStmt as StatementNode | undefined
  if (node === undefined || more.length > 0 || node.is_from !== true) return false
  if (Object.keys(node).some((field) => !plainCopy.has(field))) return false
  const { schemaname, relname } = node.relation as { schemaname?: string; relname: string }
  // Whoever may write PostgreSQL's own tables has everything by a row.
  if (/^pg_|^information_schema$/.test(schemaname ?? relname)) return false
  if (definition.startsWith('-- load via partition root ')) return true
  return isName(relname, tag) && (schemaname === undefined || isName(schemaname, schema ?? ''))
}

const NAME_BYTES = 63

/** The grammar cuts names at 63 bytes of UTF-8; in its own encoding a name may be shorter. */
function isName(parsed: string, name: string): boolean {
  return parsed === name || (Buffer.byteLength(name) > NAME_BYTES && name.startsWith(parsed))
}

/** The lists of large objects in a folder: pg_restore joins each name in them to the folder as it stands. */
async function findOtherFiles(folder: string): Promise<string | null> {
  for (const name of (await readdir(folder)).filter((one) => /^blobs.*\.toc/.test(one))) {
    if (!name.endsWith('.toc')) return `a list of its own, ${name}`
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n').filter((line) => line !== '')
    if (!lines.every((line) => /^\d+ blob_\d+\.dat$/.test(line))) return `other files in ${name}`
  }
  return null
}
