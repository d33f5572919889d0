import { isQuiet, saysTolerated } from '../classify/harmless.ts'
import { hashWording } from '../scan/hash-wording.ts'
import type { KeptLines, LinesBefore, ScannedLine } from '../scan/scan-log.ts'
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
  before: LinesBefore
  /** Set for the first line of what began as a known event. */
  kept?: KeptLines
}

/** One line further in a course that events have taken. */
interface Step<Outcome> {
  /** What came next: most often one line, whose hash stands beside it; a map of its own would be ten times as large. */
  next: Map<number, Step<Outcome>> | Step<Outcome> | null
  nextHash: number
  /** Lines that were seen to end an event here and to stand for themselves; most often one. */
  ends: Set<number> | number | null
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
  const makeStep = (): Step<Outcome> => ({ next: null, nextHash: 0, ends: null, outcome: null })
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
  /**
   * Events that were not given out yet, and where they stand: the newest, and older ones of which details may come. A
   * weak map would keep all of them until the whole memory is looked through.
   */
  let newest: { readonly event: LogEvent; step: Step<Outcome> } | null = null
  const older = new Map<LogEvent, Step<Outcome>>()

  function findNext({ next, nextHash }: Step<Outcome>, hash: number): Step<Outcome> | undefined {
    if (next instanceof Map) return next.get(hash)
    return next !== null && nextHash === hash ? next : undefined
  }

  function stepTo(from: Step<Outcome>, hash: number): Step<Outcome> {
    const there = findNext(from, hash)
    if (there) return there
    const made = makeStep()
    if (from.next === null) [from.next, from.nextHash] = [made, hash]
    else if (from.next instanceof Map) from.next.set(hash, made)
    else from.next = new Map([[from.nextHash, from.next] as const, [hash, made] as const])
    steps += 1
    return made
  }

  function endAt(step: Step<Outcome> | null, hash: number): void {
    if (step === null || step.ends === hash) return
    if (step.ends === null) step.ends = hash
    else if (typeof step.ends === 'number') step.ends = new Set([step.ends, hash])
    else step.ends.add(hash)
  }

  function setLearnt(event: LogEvent, step: Step<Outcome>): void {
    if (newest?.event === event) {
      newest.step = step
      return
    }
    if (newest) older.set(newest.event, newest.step)
    newest = { event, step }
  }

  function takeLearnt(event: LogEvent): Step<Outcome> | undefined {
    if (newest?.event === event) {
      const { step } = newest
      newest = null
      return step
    }
    const step = older.get(event)
    if (step) older.delete(event)
    return step
  }

  function endsAt({ ends }: Step<Outcome>, hash: number): boolean {
    return ends === hash || (ends !== null && typeof ends !== 'number' && ends.has(hash))
  }

  function readLine(line: RawLine, hash: number): void {
    const opened = assembler.countOpened()
    // Most that begin as one before are of its kind: what names their step is hardly ever asked for, and dear to find.
    if (findNext(root, hash)) line.kept ??= line.before.keep()
    read(line)
    const event = assembler.findOpen()
    if (assembler.countOpened() !== opened) {
      endAt(learning, hash)
      if (steps > stepCap) {
        if (repeated < worthWhile * steps) unlearnt = stepCap
        root = makeStep()
        steps = 0
        repeated = 0
      }
      learning = stepTo(root, hash)
      depth = 1
    } else if (event === null) {
      if (!isQuiet(line.raw, line.isTelling)) endAt(learning, hash)
      learning = null
    } else if (learning) {
      learning = depth < lineCap ? stepTo(learning, hash) : null
      depth += 1
      // Longer ones are never taken for repetitions: their steps would only fill the memory.
      if (learning === null) takeLearnt(event)
    }
    if (event && learning) setLearnt(event, learning)
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
      const begun = isOpen ? undefined : findNext(root, hash)
      if (!begun) {
        // Between events most telling lines only say that there were no errors.
        if (!isOpen && isQuiet(line.raw, line.isTelling) && !saysTolerated(line.raw)) return
        readLine(line, hash)
        return
      }
      known = begun
      lines = [line]
      return
    }
    const next = lines.length < lineCap ? findNext(known, hash) : undefined
    if (next) {
      known = next
      lines.push(line)
    } else if (endsAt(known, hash) && endKnown()) onLine(line)
    else if (!(isQuiet(line.raw, line.isTelling) && endKnown())) {
      readAgain()
      readLine(line, hash)
    }
  }

  return {
    onLine,
    wantsAll: () => known !== null || assembler.findOpen() !== null,
    learn(event, outcome) {
      const step = takeLearnt(event)
      if (step) step.outcome = outcome
    },
    keepBefore() {
      const [head] = lines
      if (head) head.kept ??= head.before.keep()
    },
    settle() {
      if (known && !endKnown()) readAgain()
      learning = null
    },
  }
}
