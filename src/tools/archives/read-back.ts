import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolResult, ToolRunner } from '../../ports/tool-runner.ts'
import { writeLists } from './load-runs.ts'
import type { TocEntry } from './toc.ts'

/** Below this an archive is read by one program: starting another costs more than it saves. */
const WORTH_SHARING = 64e6

/**
 * Has pg_restore read an archive to its end, by several at once where its rows are in files of their own: one alone
 * unpacks on one processor. Answers the first that failed, else the first.
 */
export async function readBack(
  run: ToolRunner,
  of: {
    readonly program: string
    readonly path: string
    readonly entries: readonly TocEntry[]
    readonly readers: number
    /** Bytes from which on more than one reads. */
    readonly worthSharing?: number
    readonly signal: AbortSignal
  },
): Promise<ToolResult> {
  const { program, path, signal } = of
  const shares = shareOut(await weighEntries(path, of.entries), of.readers, of.worthSharing ?? WORTH_SHARING)
  const lists = shares.length > 1 ? await writeLists(shares) : null
  try {
    const chosen = lists ? lists.paths.map((list) => [`--use-list=${list}`]) : [[]]
    const reading = chosen.map((more) => run.run({ program, args: [...more, '--file=/dev/null', '--', path], signal }))
    // None reads on once this has answered.
    await Promise.allSettled(reading)
    const [first, ...others] = await Promise.all(reading)
    return [first, ...others].find((each) => each?.exitCode !== 0) ?? (first as ToolResult)
  } finally {
    await lists?.tidyUp()
  }
}

/** An entry, and how many bytes pg_restore reads of it beside the table of contents. */
interface Weighed {
  readonly entry: TocEntry
  readonly bytes: number
}

/** As many shares as there are readers, each entry in exactly one, alike in bytes; one where sharing is not worth it. */
export function shareOut(weighed: readonly Weighed[], readers: number, worthSharing: number): TocEntry[][] {
  const total = weighed.reduce((sum, { bytes }) => sum + bytes, 0)
  const count = total < worthSharing ? 1 : Math.max(1, readers)
  const shares = Array.from({ length: count }, () => ({ bytes: 0, entries: [] as TocEntry[] }))
  for (const { entry, bytes } of weighed.toSorted((a, b) => b.bytes - a.bytes)) {
    const least = shares.reduce((best, each) => (each.bytes < best.bytes ? each : best))
    least.bytes += bytes
    least.entries.push(entry)
  }
  return shares.filter(({ entries }) => entries.length > 0).map(({ entries }) => entries)
}

/** Only of a folder: where one file holds all, each reader would have to find its way through what the others read. */
async function weighEntries(path: string, entries: readonly TocEntry[]): Promise<Weighed[]> {
  if (!(await stat(path)).isDirectory()) return entries.map((entry) => ({ entry, bytes: 0 }))
  return Promise.all(entries.map(async (entry) => ({ entry, bytes: await weigh(path, entry.data) })))
}

async function weigh(folder: string, data: TocEntry['data']): Promise<number> {
  if (data === null || !('file' in data) || data.file === null) return 0
  const file = join(folder, data.file)
  for (const end of ['.gz', '', '.lz4', '.zst']) {
    const found = await stat(`${file}${end}`).catch(() => null)
    if (found) return found.size
  }
  return 0
}
