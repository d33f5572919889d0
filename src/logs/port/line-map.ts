import type { Locate } from './write-analysis.ts'

/** Which file a line of all that was read stands in. */
export interface LineMap {
  /** A file begins: `read` lines were read before it, and as many as `skipped` of its own are not among them. */
  begin(file: string, read: number): void
  /** Lines at the beginning of the newest file that were left out. */
  skip(lines: number): void
  readonly locate: Locate
}

export function createLineMap(): LineMap {
  const files: { readonly file: string; readonly from: number; skipped: number }[] = []
  return {
    begin: (file, read) => void files.push({ file, from: read, skipped: 0 }),
    skip(lines) {
      const newest = files.at(-1)
      if (newest) newest.skipped = lines
    },
    locate(line) {
      const found = files.findLast(({ from }) => line > from)
      return { file: found?.file ?? '', line: line - (found?.from ?? 0) + (found?.skipped ?? 0) }
    },
  }
}
