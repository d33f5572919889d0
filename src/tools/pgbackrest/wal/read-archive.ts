import { z } from 'zod'
import { byName } from '../../../domain/by-name.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { nameSegment, parseHistory, parseSegment, type TimelineSwitch, type WalArchive } from '../../../domain/wal.ts'
import type { StanzaPlace } from '../../../ports/backup-providers.ts'
import { askPgBackRest, describeEnd, type PgBackRestDeps, readDocument } from '../run.ts'
import { readSegmentBytes } from './segment-size.ts'

/** Longest that listing an archive may take: of some thousand segments it is a second. */
const LIST_MS = 120_000
/** A history has a line of a few words for each timeline. */
const MOST_HISTORY = 1e6
/** The size that clusters have unless they were made otherwise; counts where no segment can be asked. */
const DEFAULT_SEGMENT = 16n * 1024n ** 2n

/** An archive of WAL as its repository lists it, with where each segment's file is. */
export interface ListedArchive extends WalArchive {
  readonly place: StanzaPlace
  readonly repo: number
  readonly id: string
  /** Path in the repository by the segment's name. */
  readonly files: ReadonlyMap<string, string>
}

const listing = byName(z.object({ type: z.string() }))

interface Archive {
  readonly place: StanzaPlace
  readonly repo: number
  readonly id: string
  readonly signal: AbortSignal
}

/** Lists all segments and reads all histories. Throws backup_stanza where the repository cannot be read. */
export async function readWalArchive(deps: PgBackRestDeps, of: Archive): Promise<ListedArchive> {
  const { place, repo, id, signal } = of
  const folder = folderOf(of)
  const names = await listFiles(deps, of, folder)
  const newest = names.findLast((path) => nameInPath(path) !== undefined)
  const told =
    newest === undefined ? null : await readSegmentBytes(deps, { place, repo, path: `${folder}/${newest}`, signal })
  const segmentBytes = told ?? DEFAULT_SEGMENT
  const files = new Map<string, string>()
  const segments = new Map<number, Set<bigint>>()
  const histories = new Map<number, readonly TimelineSwitch[]>()
  for (const path of names) {
    const base = path.slice(path.lastIndexOf('/') + 1)
    const history = /^([0-9A-F]{8})\.history$/.exec(base)?.[1]
    if (history !== undefined) {
      const call = { command: 'repo-get', args: [`--repo=${repo}`], operands: [`${folder}/${path}`] }
      const read = await readDocument(deps, { place, ...call, signal }, MOST_HISTORY)
      if (read.result.exitCode !== 0)
        throw new SalvorError('backup_stanza', { stanza: place.stanza, seen: describeEnd(read.result) })
      histories.set(Number.parseInt(history, 16), parseHistory(read.content.toString('utf8')))
    }
    const name = nameInPath(path)
    if (name === undefined) continue
    const { timeline, segment } = parseSegment(name, segmentBytes)
    files.set(name, `${folder}/${path}`)
    segments.set(timeline, (segments.get(timeline) ?? new Set()).add(segment))
  }
  return { place, repo, id, files, segmentBytes, segments, histories }
}

/**
 * The first segment that a backup's own stretch of WAL lacks; null where all of it is there. Only the folders of the
 * stretch are listed: an archive may go back for years.
 */
export async function findMissingSegment(
  deps: PgBackRestDeps,
  of: Archive & { readonly first: string; readonly last: string },
): Promise<string | null> {
  const { first, last } = of
  const there = new Map<string, string>()
  const listed = new Set<string>()
  const has = async (name: string): Promise<boolean> => {
    // The tool keeps segments by what stands before the last eight digits.
    const folder = `${folderOf(of)}/${name.slice(0, 16)}`
    if (!listed.has(folder))
      for (const path of await listFiles(deps, of, folder)) there.set(nameInPath(path) ?? path, `${folder}/${path}`)
    listed.add(folder)
    return there.has(name)
  }
  for (const name of [first, last]) if (!(await has(name))) return name
  if (first === last) return null
  const segmentBytes = await readSegmentBytes(deps, { ...of, path: there.get(first) ?? '' })
  // Of an unknown length nobody can say what lies between; the server that replays it finds out.
  if (segmentBytes === null) return null
  const [from, to] = [parseSegment(first, segmentBytes), parseSegment(last, segmentBytes)]
  for (let segment = from.segment; segment < to.segment; segment += 1n) {
    const name = nameSegment(to.timeline, segment, segmentBytes)
    if (!(await has(name)) && !(await has(nameSegment(from.timeline, segment, segmentBytes)))) return name
  }
  return null
}

function folderOf({ place, id }: Archive): string {
  return `archive/${place.stanza}/${id}`
}

/** Paths of all files in a folder of the repository, below it; none where there is no such folder. */
async function listFiles(deps: PgBackRestDeps, { place, repo, signal }: Archive, folder: string): Promise<string[]> {
  const args = [`--repo=${repo}`, '--recurse']
  const call = { place, command: 'repo-ls', args, operands: [folder], signal, timeoutMs: LIST_MS }
  const text = await askPgBackRest(deps, call)
  return Object.entries(listing.parse(JSON.parse(text))).flatMap(([path, { type }]) => (type === 'file' ? [path] : []))
}

/** The segment that a file holds. One that was archived by half (`.partial`) is none. */
function nameInPath(path: string): string | undefined {
  return /(?:^|\/)([0-9A-F]{24})-[0-9a-f]{40}(?:\.\w+)?$/.exec(path)?.[1]
}
