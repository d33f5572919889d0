import type { ArchiveManifest } from '../../domain/content.ts'
import type { ObjectDefinition } from '../../domain/definitions.ts'
import { writeName } from '../../domain/object-name.ts'
import type { TocEntry } from './toc.ts'

/** Speeds of one process, measured on two shared cores; only their ratios matter, live speed scales them. */
const COPY_BYTES_PER_SECOND = 110e6
const INDEX_ROWS_PER_SECOND = 4e6
const FK_ROWS_PER_SECOND = 3e6
/** What an entry costs that moves no rows: a round trip and a catalogue row. */
const SMALL_ENTRY_SECONDS = 0.002

/** Weights where nothing but the table of contents is known, by how such entries compare on the whole. */
const blindWeights: ReadonlyMap<string, number> = new Map([
  ['TABLE DATA', 6],
  ['MATERIALIZED VIEW DATA', 2],
  ['BLOBS', 4],
  ['INDEX', 2],
  ['CONSTRAINT', 1],
  ['FK CONSTRAINT', 1.5],
])

/** One entry with its share of the work. `copyBytes` and `rows` are of its table, where a manifest knows them. */
export interface WeighedEntry extends TocEntry {
  readonly weight: number
  /** `schema.table` or `schema.index`, for people and for looking it up on the server. */
  readonly name: string
  readonly copyBytes: number | null
}

export function weighEntries(entries: readonly TocEntry[], manifest: ArchiveManifest | null): WeighedEntry[] {
  const sizes = new Map(manifest?.tables.map((table) => [table.name, table]))
  const indexTable = new Map(
    findOf(manifest, 'index').map(({ path }) => [
      writeName([path[0] ?? '', path[2] ?? '']),
      writeName(path.slice(0, 2)),
    ]),
  )
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return entries.map((entry) => {
    const { relation, own } = findRelation(entry, byId)
    const name = writeName([entry.schema ?? '', relation])
    const table = sizes.get(entry.kind === 'INDEX' ? (indexTable.get(name) ?? '') : name)
    const copyBytes = entry.kind === 'TABLE DATA' ? (table?.copyBytes ?? null) : null
    if (manifest === null) return { ...entry, name, copyBytes, weight: blindWeights.get(entry.kind) ?? 0.05 }
    const rows = table?.rows ?? 0
    const isCheck = entry.kind === 'CONSTRAINT' && !indexTable.has(writeName([entry.schema ?? '', own]))
    const weight = isCheck ? 0 : secondsOf(entry.kind, rows, copyBytes ?? rows * 100)
    return { ...entry, name, copyBytes, weight: weight + SMALL_ENTRY_SECONDS }
  })
}

/** Seconds that one process would need for a whole archive: a first word, live speed corrects it. */
export function predictLoad(manifest: ArchiveManifest): { seconds: number; from: 'manifest' } {
  const tableOf = ({ path }: ObjectDefinition) => writeName(path.slice(0, 2))
  const indexes = Map.groupBy(findOf(manifest, 'index'), tableOf)
  const keys = Map.groupBy(findOf(manifest, 'constraint').filter(isForeignKey), tableOf)
  const count = (of: ReadonlyMap<string, unknown[]>, table: string) => of.get(table)?.length ?? 0
  const seconds = manifest.tables.reduce(
    (sum, table) =>
      sum +
      secondsOf('TABLE DATA', table.rows, table.copyBytes ?? table.rows * 100) +
      count(indexes, table.name) * secondsOf('INDEX', table.rows, 0) +
      count(keys, table.name) * secondsOf('FK CONSTRAINT', table.rows, 0),
    1,
  )
  return { seconds: Math.ceil(seconds), from: 'manifest' }
}

/** `orders orders_pkey`: the tag of a constraint begins with its table, which is an entry that it needs. */
function findRelation(entry: TocEntry, byId: ReadonlyMap<number, TocEntry>): { relation: string; own: string } {
  if (!entry.kind.endsWith('CONSTRAINT')) return { relation: entry.tag, own: entry.tag }
  const table = entry.needs
    .map((id) => byId.get(id))
    .find((one) => one?.kind === 'TABLE' && one.schema === entry.schema && entry.tag.startsWith(`${one.tag} `))
  const relation = table?.tag ?? entry.tag.split(' ')[0] ?? ''
  return { relation, own: entry.tag.slice(relation.length + 1) }
}

function findOf(manifest: ArchiveManifest | null, kind: string): ObjectDefinition[] {
  return manifest?.definitions.filter((one) => one.kind === kind) ?? []
}

function isForeignKey({ facets }: ObjectDefinition): boolean {
  return typeof facets.definition === 'string' && facets.definition.startsWith('FOREIGN KEY')
}

function secondsOf(kind: string, rows: number, bytes: number): number {
  if (kind === 'TABLE DATA') return bytes / COPY_BYTES_PER_SECOND
  if (kind === 'INDEX' || kind === 'CONSTRAINT') return rows / INDEX_ROWS_PER_SECOND
  if (kind === 'FK CONSTRAINT') return rows / FK_ROWS_PER_SECOND
  return 0
}
