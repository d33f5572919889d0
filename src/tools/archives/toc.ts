import type { ToolRunner } from '../../ports/tool-runner.ts'

/** One entry of an archive's table of contents, as `pg_restore -l` prints it. */
export interface TocEntry {
  /** The number that pg_restore names its work by. */
  readonly id: number
  readonly kind: TocKind
  /** Schema and name as printed: `public orders`, `public orders orders_pkey`. The owner is the last word. */
  readonly words: readonly string[]
}

type TocKind = (typeof kinds)[number] | 'other'

/** The kinds that take time; the longer names first, as one begins with another. */
const kinds = [
  'TABLE DATA',
  'MATERIALIZED VIEW DATA',
  'FK CONSTRAINT',
  'CONSTRAINT',
  'INDEX',
  'BLOBS',
  'TABLE',
] as const

/** Reads a table of contents; answers the tool's complaint instead where it could not. A cut archive may list well. */
export async function readToc(
  run: ToolRunner,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly entries: TocEntry[] } | { readonly complaint: string }> {
  const entries: TocEntry[] = []
  const result = await run.run({
    program: 'pg_restore',
    args: ['--list', '--', path],
    signal,
    onStdoutLine: (line) => entries.push(...parseTocLine(line)),
  })
  signal.throwIfAborted()
  return result.exitCode === 0 ? { entries } : { complaint: result.stderrTail.trim() }
}

/** `3456; 0 16389 TABLE DATA public orders app_owner`; nothing for comments and empty lines. */
export function parseTocLine(line: string): TocEntry[] {
  const match = /^(\d+); \d+ \d+ (.+)$/.exec(line)
  if (!match) return []
  const rest = match[2] ?? ''
  const kind = kinds.find((one) => rest.startsWith(`${one} `))
  const words = (kind === undefined ? rest : rest.slice(kind.length + 1)).split(' ')
  return [{ id: Number(match[1]), kind: kind ?? 'other', words }]
}
