import type { Cause, LogAnalysis } from './analysis.ts'
import { createEnding } from './cause/ending.ts'
import { type RankedCause, rankCauses } from './cause/rank-causes.ts'
import { isCalmForm } from './classify/calm-forms.ts'
import { isHarmless, isQuiet, saysTolerated } from './classify/harmless.ts'
import { saysRetry } from './classify/retries.ts'
import { describeCause } from './describe-cause.ts'
import { createEventAssembler } from './events/assemble-events.ts'
import type { EventLine, LogEvent } from './events/event.ts'
import { createEventMemo, type EventMemo, type RawLine } from './events/event-memo.ts'
import { isField, namesMigration } from './events/field.ts'
import { makeLine } from './formats/format.ts'
import { createHeaderParser } from './formats/index.ts'
import { toEnglish } from './languages/to-english.ts'
import { decodeLine } from './lines/decode-line.ts'
import { findPlace } from './place/find-place.ts'
import type { LogNote, LogPiece } from './reader/log-piece.ts'
import { type ScannedLine, scanLog } from './scan/scan-log.ts'
import { createEventTally, type KnownWording } from './tally/tally-events.ts'

/** Lines of the root's event that are given as evidence. */
const evidenceCap = 40
/** Lines behind these that still are, because each names something. */
const fieldCap = 20
/** Lines of the event directly before it. */
const aboveCap = 2
const otherCap = 4

export interface LogAnalyser {
  /** The next bytes of the log, cut anywhere. */
  push(chunk: Buffer): void
  /** What is known so far, an event at the end taken for whole; more may be pushed after it, as while following. */
  look(): LogAnalysis
  /** The last line needs no newline; nothing may be pushed after this. */
  finish(): LogAnalysis
}

/**
 * Reads a log's bytes once and says what failed first. Lines that hold no telling word are passed over as bytes; of the
 * rest each kind of event is judged once. Memory is bounded: at most 1,000 groups with one event each, a block of bytes.
 */
export function createLogAnalyser(): LogAnalyser {
  const parse = createHeaderParser()
  const tally = createEventTally((raw) => parse(toEnglish(decodeLine(raw))).at)
  const assembler = createEventAssembler((event) => memo.learn(event, tally.add(event)))
  /** The last line that only goes on with what was put up with. */
  let tolerated = -1
  const read = ({ raw, number, isTelling, before, kept }: RawLine) => {
    if (assembler.skipsFrame(raw)) return
    if (tolerated === number - 1 && /^[ \t]/.test(raw)) {
      tolerated = number
      return
    }
    if (isQuiet(raw, isTelling)) {
      if (saysTolerated(raw)) tolerated = number
      if (saysRetry(raw)) assembler.markRetried(number)
      assembler.closeText()
      return
    }
    const text = decodeLine(raw)
    const parsed = isContinuation(raw) ? makeLine('plain', text) : parse(toEnglish(text))
    const isMore = parsed.format === 'plain' && assembler.isFull()
    const tells = isTelling && (isMore || !(isHarmless(parsed) || isCalmForm(parsed)))
    const above = kept ? () => kept.findNaming().map(showBefore) : null
    assembler.accept(text, number, parsed, tells, () => (kept?.nearest ?? before.find()).map(showBefore), above)
  }
  const memo: EventMemo<KnownWording> = createEventMemo(assembler, read, tally.repeat)
  const scan = scanLog({
    wantsAll: memo.wantsAll,
    onLine: (raw, number, isTelling, before) => memo.onLine({ raw, number, isTelling, before }),
    onBlockEnd: memo.keepBefore,
  })
  const ending = createEnding()
  const look = (): LogAnalysis => {
    memo.settle()
    assembler.settle()
    const summary = tally.summarise()
    const { isGood: endsWell, listLast, isCalm } = ending
    const causes = rankCauses(tally.listFirst(), { lines: scan.countLines(), endsWell, listLast, isCalm })
    const [root, ...others] = causes.map(describe)
    return {
      ...summary,
      lines: scan.countLines(),
      root: root ?? null,
      others: others.slice(0, otherCap),
      consequences: summary.groups.filter(
        (group) => group.consequence && root !== undefined && group.firstLine > root.line.number,
      ),
    }
  }
  return {
    push(chunk) {
      ending.push(chunk)
      scan.push(chunk)
    },
    look,
    finish() {
      scan.end()
      return look()
    },
  }
}

/** Analyses a log as a reader gives it, with what the reader had to say about it. */
export async function analyseLog(
  pieces: AsyncIterable<LogPiece>,
): Promise<{ readonly analysis: LogAnalysis; readonly notes: readonly LogNote[] }> {
  const analyser = createLogAnalyser()
  const notes: LogNote[] = []
  for await (const piece of pieces) {
    if ('bytes' in piece) analyser.push(piece.bytes)
    else notes.push(piece.note)
  }
  return { analysis: analyser.finish(), notes }
}

/** Analyses a text that is at hand. */
export function analyseText(text: string): LogAnalysis {
  const analyser = createLogAnalyser()
  analyser.push(Buffer.from(text, 'utf8'))
  return analyser.finish()
}

/** Lines of a stack have no header: most lines of errors are such. */
function isContinuation(raw: string): boolean {
  return /^(?:\s+(?:at|\.\.\.) |Caused by: )/.test(raw)
}

function showBefore({ raw, number }: ScannedLine): EventLine {
  return { number, text: decodeLine(raw), message: '', kind: 'before' }
}

function describe({ event, line, label, code, row, certain }: RankedCause): Cause {
  const found = findPlace(event, line.message)
  const place = row === null || found.row !== undefined ? found : { ...found, row }
  return {
    line: { number: line.number, text: line.text },
    label,
    code: code?.code ?? null,
    codeName: code?.name ?? null,
    certain,
    level: event.level ?? 'error',
    at: event.at,
    format: event.format,
    words: describeCause(label, code?.name ?? null, place, certain),
    place,
    evidence: chooseEvidence(event).map(({ number, text }) => ({ number, text })),
  }
}

/**
 * The first lines of an event, and of the others those in which a driver prints its fields, or that name the migration;
 * above them the head of the event directly before it, which often says what was being done.
 */
function chooseEvidence({ lines, previous }: LogEvent): readonly EventLine[] {
  const above = (previous?.lines ?? []).filter(({ kind }) => kind !== 'before' && kind !== 'frame').slice(0, aboveCap)
  const first = lines.slice(0, evidenceCap)
  const fields = lines.slice(evidenceCap).filter(({ text }) => isField(text) || namesMigration(text))
  return [...above, ...first, ...fields.slice(0, fieldCap)].toSorted((one, other) => one.number - other.number)
}
