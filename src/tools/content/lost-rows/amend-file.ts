import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** About as many bytes of statements lie between two entries. */
const EVERY = 64 * 1024
const NEWLINE = 10

/** Where statements lie in a file that holds them in ascending order of a number: a thin index. */
export interface StatementIndex {
  note(first: bigint, at: number): void
  /** Between which bytes statements of this number lie; `to` is null for the end of what was noted. */
  find(first: bigint): { readonly from: number; readonly to: number | null }
}

export function createStatementIndex(): StatementIndex {
  const entries: { readonly first: bigint; readonly at: number }[] = []
  return {
    note(first, at) {
      const last = entries.at(-1)
      if (last === undefined || at - last.at >= EVERY) entries.push({ first, at })
    },
    find(first) {
      // Several statements may share a number, so the last entry below it and the first one above it are the bounds.
      const below = countWhile(entries.length, (n) => (entries[n]?.first ?? first) < first)
      const above = countWhile(entries.length, (n) => (entries[n]?.first ?? first) <= first)
      return { from: entries[Math.max(0, below - 1)]?.at ?? 0, to: entries[above]?.at ?? null }
    },
  }
}

/**
 * Blanks out statements of a file and puts others behind its end, so that a large file need not be written again for a
 * few rows. False, with nothing changed, where a statement is not found exactly once where it should lie.
 */
export async function amendFile(
  path: string,
  of: {
    readonly out: readonly { readonly statement: string; readonly from: number; readonly to: number | null }[]
    readonly more: string
  },
): Promise<boolean> {
  await using file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW)
  const { size } = await file.stat()
  const blanks: { readonly at: number; readonly length: number }[] = []
  for (const { statement, from, to } of of.out) {
    const part = Buffer.alloc((to ?? size) - from)
    await file.read(part, 0, part.length, from)
    const line = Buffer.from(`${statement}\n`)
    const found = findLines(part, line)
    const [only] = found
    if (only === undefined || found.length > 1) return false
    blanks.push({ at: from + only, length: line.length - 1 })
  }
  for (const { at, length } of blanks) await writeAll(file, Buffer.alloc(length, ' '), at)
  await writeAll(file, Buffer.from(of.more), size)
  await file.sync()
  return true
}

/** A full disk takes a part without an error; the next piece is refused. */
async function writeAll(file: FileHandle, content: Buffer, at: number): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done, at + done)
    done += bytesWritten
  }
}

/** Where a text begins that stands at the beginning of a line. */
function findLines(part: Buffer, line: Buffer): number[] {
  const found: number[] = []
  for (let at = part.indexOf(line); at >= 0; at = part.indexOf(line, at + 1)) {
    if (at === 0 || part[at - 1] === NEWLINE) found.push(at)
  }
  return found
}

/** How many of the first things fulfil what none of those behind them does. */
function countWhile(count: number, test: (at: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(middle)) low = middle + 1
    else high = middle
  }
  return low
}
