import type { LogNote, LogPiece } from '../reader/log-piece.ts'
import { scanLog } from '../scan/scan-log.ts'
import { decodeLine } from './decode-line.ts'

export interface TextLine {
  /** Beginning with one from where reading began. */
  readonly number: number
  readonly text: string
}

/** Lines that came together, or a note on what happened to the log. */
export type LineBatch = { readonly lines: readonly TextLine[] } | { readonly note: LogNote }

/**
 * Every line of a log as text, in batches as they are read: for showing a log as it grows. A line that has not ended
 * yet waits for its end; at the end of the pieces it counts as it is.
 */
export async function* readLines(pieces: AsyncIterable<LogPiece>): AsyncGenerator<LineBatch> {
  let lines: TextLine[] = []
  const scan = scanLog({
    wantsAll: () => true,
    onLine: (raw, number) => void lines.push({ number, text: decodeLine(raw) }),
  })
  for await (const piece of pieces) {
    if ('note' in piece) {
      yield piece
      continue
    }
    scan.push(piece.bytes)
    if (lines.length === 0) continue
    yield { lines }
    lines = []
  }
  scan.end()
  if (lines.length > 0) yield { lines }
}
