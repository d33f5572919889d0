import type { FoundCode } from '../codes/find-codes.ts'
import type { JudgedEvent } from './judge-event.ts'

/** Lines within which a program tells the same failure again, with more about it. */
const toldAgainWithin = 25

/** Events of the same failure behind it, as far as they were seen: not itself, and not far away. */
function listBehind(judged: JudgedEvent, seen: readonly JudgedEvent[]): readonly JudgedEvent[] {
  const from = judged.lines[0]?.line.number ?? 0
  return seen.filter((other) => {
    const distance = (other.lines[0]?.line.number ?? 0) - from
    return other !== judged && distance > 0 && distance <= toldAgainWithin
  })
}

/** The code of the same failure as it was told once more behind it. */
export function findToldAgain(judged: JudgedEvent, seen: readonly JudgedEvent[]): FoundCode | null {
  return listBehind(judged, seen).find((other) => other.label === judged.label && other.code)?.code ?? null
}

/** What only says of the error before it on which row of the input that was. */
const rows: readonly RegExp[] = [/\bAn error occurred while processing file ".{1,400}" on data row (?<row>\d{1,15})\b/]

/** The row that the next error names, which only says where the one before it stood. */
export function findRowBehind(judged: JudgedEvent, seen: readonly JudgedEvent[]): number | null {
  for (const { event } of listBehind(judged, seen))
    for (const { message } of event.lines)
      for (const form of rows) {
        const row = form.exec(message.slice(0, 1_500))?.groups?.row
        if (row !== undefined) return Number(row)
      }
  return null
}
