import { z } from 'zod'
import { byName } from '../../../domain/by-name.ts'
import { SalvorError } from '../../../domain/errors/fail.ts'
import { parseHistory, parseSegment, type TimelineSwitch, type WalArchive } from '../../../domain/wal.ts'
import type { StanzaPlace } from '../../../ports/backup-providers.ts'
import { askPgBackRest, describeEnd, type PgBackRestDeps, readDocument } from '../run.ts'

/** Longest that listing an archive may take: of some thousand segments it is a second. */
const LIST_MS = 120_000
/** A history has a line of a few words for each timeline. */
const MOST_HISTORY = 1e6
/** The size that clusters have unless they were made otherwise. */
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

/** Lists all segments and reads all histories. Throws backup_stanza where the repository cannot be read. */
export async function readWalArchive(
  deps: PgBackRestDeps,
  of: { readonly place: StanzaPlace; readonly repo: number; readonly id: string; readonly signal: AbortSignal },
): Promise<ListedArchive> {
  const { place, repo, id, signal } = of
  const folder = `archive/${place.stanza}/${id}`
  const args = [`--repo=${repo}`, '--recurse']
  const text = await askPgBackRest(deps, {
    place,
    command: 'repo-ls',
    args,
    operands: [folder],
    signal,
    timeoutMs: LIST_MS,
  })
  const names = Object.entries(listing.parse(JSON.parse(text))).flatMap(([path, { type }]) =>
    type === 'file' ? [path] : [],
  )
  const segmentBytes = DEFAULT_SEGMENT
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
    // A segment that was archived by half (`.partial`) is none.
    const name = /^([0-9A-F]{24})-[0-9a-f]{40}(?:\.\w+)?$/.exec(base)?.[1]
    if (name === undefined) continue
    const { timeline, segment } = parseSegment(name, segmentBytes)
    files.set(name, `${folder}/${path}`)
    segments.set(timeline, (segments.get(timeline) ?? new Set()).add(segment))
  }
  return { place, repo, id, files, segmentBytes, segments, histories }
}
