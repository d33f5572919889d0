import type { FoundCode } from '../codes/find-codes.ts'
import type { Label } from '../codes/label.ts'
import type { EventLine, LogEvent } from '../events/event.ts'
import { type JudgedEvent, type JudgedLine, scores } from './judge-event.ts'

/** A line that may be where it began. */
export interface RankedCause {
  readonly event: LogEvent
  readonly line: EventLine
  readonly label: Label
  readonly code: FoundCode | null
  /** False when nothing better than a consequence was found. */
  readonly certain: boolean
}

function tier({ score }: JudgedLine): number {
  if (score >= scores.cause) return 3
  if (score >= scores.code) return 2
  if (score > scores.consequence) return 1
  return score >= scores.wrapper ? 0 : -1
}

/** Lines within which an error that no rule knows only announces one that a rule knows. */
const announcedWithin = 200

/**
 * Candidates for what failed first, best first: the earliest event that names a cause, then what its event says beside
 * it, then later ones; consequences come last. An error that no rule knows is the first when no known cause follows soon.
 */
export function rankCauses(events: readonly JudgedEvent[]): RankedCause[] {
  const ordered = events.toSorted((a, b) => bestTier(b) - bestTier(a) || firstNumber(a) - firstNumber(b))
  const unknown = findEarlyUnknown(ordered)
  if (unknown) ordered.unshift(...ordered.splice(ordered.indexOf(unknown), 1))
  const seen = new Set<number>()
  const ranked: RankedCause[] = []
  const add = (judged: JudgedEvent, line: JudgedLine | undefined) => {
    if (!line || seen.has(line.line.number)) return
    seen.add(line.line.number)
    const { event, label, code } = judged
    ranked.push({ event, line: line.line, label, code, certain: line.score > scores.consequence })
  }
  const [first, second, ...rest] = ordered
  if (first) for (const line of first.lines.slice(0, 2)) add(first, line)
  if (second) add(second, second.lines[0])
  if (first) add(first, first.lines[2])
  for (const judged of rest.slice(0, 5)) add(judged, judged.lines[0])
  return ranked
}

function findEarlyUnknown(ordered: readonly JudgedEvent[]): JudgedEvent | undefined {
  const [best] = ordered
  if (!best || bestTier(best) <= 1) return undefined
  const isUnknown = (judged: JudgedEvent) =>
    bestTier(judged) === 1 && (judged.event.level === 'error' || judged.event.level === 'fatal')
  const first = ordered.find(isUnknown)
  return first && firstNumber(first) + announcedWithin < firstNumber(best) ? first : undefined
}

function bestTier(judged: JudgedEvent): number {
  const best = judged.lines[0]
  return best ? tier(best) : 0
}

function firstNumber(judged: JudgedEvent): number {
  return judged.lines[0]?.line.number ?? 0
}
