import { isQuiet, saysTolerated } from '../classify/harmless.ts'
import { hashWording } from '../scan/hash-wording.ts'
import type { ScannedLine } from '../scan/scan-log.ts'
import type { EventAssembler } from './assemble-events.ts'
import type { LogEvent } from './event.ts'

/** Steps that are remembered; then all is forgotten and learnt anew. */
const stepCap = 20_000
/** Repetitions for each of those at the least: with fewer it is not worth while to learn for as many lines. */
const worthWhile = 0.1
/** Lines of an event that is taken for a repetition. */
const lineCap = 200

export interface RawLine extends ScannedLine {
  readonly isTelling: boolean
  before: () => readonly ScannedLine[]
}

/** One line further in a course that events have taken. */
interface Step<Outcome> {
  readonly next: Map<number, Step<Outcome>>
  /** Lines that were seen to end an event here and to stand for themselves. */
  readonly ends: Set<number>
  /** What came of events that ended here. */
  outcome: Outcome | null
}

export interface EventMemo<Outcome> {
  onLine(line: RawLine): void
  wantsAll(): boolean
  /** What came of an event that the assembler gave out. */
  learn(event: LogEvent, outcome: Outcome): void
  /** The bytes that lines were taken from are about to go. */
  keepBefore(): void
  /** What has come so far is all that there is. */
  settle(): void
}

/**
 * Knows events that go line by line like one that was read before, by hashes of their wording, so that the thousandth
 * of a kind is counted without being parsed. What takes an unknown turn is read from its first line on as if it had not
 * been known.
 */
export function createEventMemo<Outcome>(
  assembler: EventAssembler,
  read: (line: RawLine) => void,
  onRepeat: (outcome: Outcome, lines: readonly ScannedLine[]) => void,
): EventMemo<Outcome> {
  const makeStep = (): Step<Outcome> => ({ next: new Map(), ends: new Set(), outcome: null })
  let root = makeStep()
  let steps = 0
  let repeated = 0
  /** Lines still to be read without being learnt: hardly any came twice of late. */
  let unlearnt = 0
  /** Where a known event stands, and its lines so far. */
  let known: Step<Outcome> | null = null
  let lines: RawLine[] = []
  /** Where the event stands that the assembler has open. */
  let learning: Step<Outcome> | null = null
  let depth = 0
  const learnt = new WeakMap<LogEvent, Step<Outcome>>()

  function stepTo(from: Step<Outcome>, hash: number): Step<Outcome> {
    const there = from.next.get(hash)
    if (there) return there
    const made = makeStep()
    from.next.set(hash, made)
    steps += 1
    return made
  }

  function readLine(line: RawLine, hash: number): void {
    const opened = assembler.countOpened()
    read(line)
    const event = assembler.findOpen()
    if (assembler.countOpened() !== opened) {
      learning?.ends.add(hash)
      if (steps > stepCap) {
        if (repeated < worthWhile * steps) unlearnt = stepCap
        root = makeStep()
        steps = 0
        repeated = 0
      }
      learning = stepTo(root, hash)
      depth = 1
    } else if (event === null) {
      if (!isQuiet(line.raw)) learning?.ends.add(hash)
      learning = null
    } else if (learning) {
      learning = depth < lineCap ? stepTo(learning, hash) : null
      depth += 1
      // Longer ones are never taken for repetitions: their steps would only fill the memory.
      if (learning === null) learnt.delete(event)
    }
    if (event && learning) learnt.set(event, learning)
  }

  /** Ends the known event where it stands; false when nothing is known of events that end here. */
  function endKnown(): boolean {
    if (!known?.outcome) return false
    onRepeat(known.outcome, lines)
    repeated += 1
    known = null
    lines = []
    return true
  }

  function readAgain(): void {
    const again = lines
    known = null
    lines = []
    for (const line of again) readLine(line, hashWording(line.raw))
  }

  function onLine(line: RawLine): void {
    if (unlearnt > 0 && known === null) {
      unlearnt -= 1
      learning = null
      read(line)
      return
    }
    const isOpen = known !== null || assembler.findOpen() !== null
    const hash = hashWording(line.raw)
    if (known === null) {
      const begun = isOpen ? undefined : root.next.get(hash)
      if (!begun) {
        // Between events most telling lines only say that there were no errors.
        if (!isOpen && isQuiet(line.raw) && !saysTolerated(line.raw)) return
        readLine(line, hash)
        return
      }
      known = begun
      lines = [line]
      return
    }
    const next = lines.length < lineCap ? known.next.get(hash) : undefined
    if (next) {
      known = next
      lines.push(line)
    } else if (known.ends.has(hash) && endKnown()) onLine(line)
    else if (!(isQuiet(line.raw) && endKnown())) {
      readAgain()
      readLine(line, hash)
    }
  }

  return {
    onLine,
    wantsAll: () => known !== null || assembler.findOpen() !== null,
    learn(event, outcome) {
      const step = learnt.get(event)
      if (step) step.outcome = outcome
    },
    keepBefore() {
      const [head] = lines
      if (!head) return
      const kept = head.before()
      head.before = () => kept
    },
    settle() {
      if (known && !endKnown()) readAgain()
      learning = null
    },
  }
}
