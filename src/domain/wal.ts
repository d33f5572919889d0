/** A byte position in WAL. */
export type Lsn = bigint

/** `0/7000110` as a number. Throws RangeError for what is none. */
export function parseLsn(text: string): Lsn {
  const match = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text)
  if (match === null) throw new RangeError(`not a position in WAL: ${text}`)
  return (BigInt(`0x${match[1]}`) << 32n) | BigInt(`0x${match[2]}`)
}

/** A part of a timeline's past: until `end`, WAL is that of `timeline`. */
export interface TimelineSwitch {
  readonly timeline: number
  readonly end: Lsn
}

/** What a timeline's history file says of those before it, oldest first. */
export function parseHistory(text: string): TimelineSwitch[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/i.exec(line)
    return match?.[1] === undefined || match[2] === undefined
      ? []
      : [{ timeline: Number(match[1]), end: parseLsn(match[2]) }]
  })
}

/** Which segments of WAL are archived. */
export interface WalArchive {
  /** Bytes of one segment. */
  readonly segmentBytes: bigint
  /** Numbers of the segments that are there, by timeline. */
  readonly segments: ReadonlyMap<number, ReadonlySet<bigint>>
  /** Past of each timeline that has a history file; the first one has none. */
  readonly histories: ReadonlyMap<number, readonly TimelineSwitch[]>
}

/** One way through the timelines: segment numbers, each with the timeline whose file PostgreSQL would take. */
export interface WalPath {
  readonly timeline: number
  readonly past: readonly TimelineSwitch[]
}

/** The way to a timeline; null where its history is not archived. */
export function findPath(archive: WalArchive, timeline: number): WalPath | null {
  if (timeline === 1) return { timeline, past: [] }
  const past = archive.histories.get(timeline)
  return past === undefined ? null : { timeline, past }
}

/** The newest timeline that the archive knows. */
export function newestTimeline({ segments, histories }: WalArchive): number {
  return Math.max(1, ...segments.keys(), ...histories.keys())
}

/** Whether WAL up to a position of a timeline lies on a path: a backup of an abandoned branch does not. */
export function isOnPath(path: WalPath, timeline: number, lsn: Lsn): boolean {
  if (timeline === path.timeline) return true
  const part = path.past.find((one) => one.timeline === timeline)
  return part !== undefined && lsn <= part.end
}

/**
 * The timeline whose file holds a segment on a path, as PostgreSQL looks for it: the newest first, none before its own
 * beginning or after it was left. null where the archive lacks it.
 */
export function findSegment(archive: WalArchive, path: WalPath, segment: bigint): number | null {
  const { segmentBytes } = archive
  const begins = (index: number) => (index === 0 ? 0n : (path.past[index - 1]?.end ?? 0n) / segmentBytes)
  const all = [...path.past.map((one) => one.timeline), path.timeline]
  for (let index = all.length - 1; index >= 0; index -= 1) {
    const timeline = all[index] ?? 1
    const end = path.past[index]?.end
    // What a timeline went on to write after it was left is another history.
    if (segment < begins(index) || (end !== undefined && segment > end / segmentBytes)) continue
    if (archive.segments.get(timeline)?.has(segment)) return timeline
  }
  return null
}

/** The segments from one on that are there without a gap: the last of them, and the first that is missing after it. */
export function followSegments(
  archive: WalArchive,
  path: WalPath,
  from: bigint,
): { last: bigint | null; missing: bigint } {
  let segment = from
  while (findSegment(archive, path, segment) !== null) segment += 1n
  return { last: segment === from ? null : segment - 1n, missing: segment }
}

/** The last segment that any timeline of a path has. */
export function lastSegment(archive: WalArchive, path: WalPath): bigint | null {
  let last: bigint | null = null
  for (const timeline of [...path.past.map((one) => one.timeline), path.timeline])
    for (const segment of archive.segments.get(timeline) ?? [])
      if ((last === null || segment > last) && findSegment(archive, path, segment) === timeline) last = segment
  return last
}

/** `000000010000000000000007`. */
export function nameSegment(timeline: number, segment: bigint, segmentBytes: bigint): string {
  const each = 0x100000000n / segmentBytes
  const hex = (value: bigint | number) => value.toString(16).toUpperCase().padStart(8, '0')
  return `${hex(timeline)}${hex(segment / each)}${hex(segment % each)}`
}

/** The opposite. */
export function parseSegment(name: string, segmentBytes: bigint): { timeline: number; segment: bigint } {
  const each = 0x100000000n / segmentBytes
  const part = (at: number) => BigInt(`0x${name.slice(at, at + 8)}`)
  return { timeline: Number(part(0)), segment: part(8) * each + part(16) }
}
