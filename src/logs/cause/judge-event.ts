import { isCalmForm } from '../classify/calm-forms.ts'
import { classifyLine, type Verdict } from '../classify/classify.ts'
import { callsItselfError, speaksOfTrouble } from '../classify/error-words.ts'
import { guessLabel } from '../classify/guess-label.ts'
import { dropNames } from '../classify/names.ts'
import { saysRetry } from '../classify/retries.ts'
import type { FoundCode } from '../codes/find-codes.ts'
import type { Label } from '../codes/label.ts'
import type { EventLine, LogEvent } from '../events/event.ts'
import { isField } from '../events/field.ts'
import { makeLine } from '../formats/format.ts'

/** How much a line looks like the cause: from `cause` up it names one, from `error` up it at least says that it is an error. */
export const scores = { cause: 30, code: 25, error: 20, consequence: 12, wrapper: 10, warning: 8 } as const

export interface JudgedLine {
  readonly line: EventLine
  readonly score: number
  readonly label: Label | null
  readonly verdict: Verdict
}

export interface JudgedEvent {
  readonly event: LogEvent
  /** Best first; at least one. */
  readonly lines: readonly JudgedLine[]
  readonly label: Label
  readonly code: FoundCode | null
  readonly isConsequence: boolean
  /** It is said that what failed is tried once more. */
  readonly isRetried: boolean
}

/** Lines without a telling word that are looked at in an event; what follows a colon is looked at always. */
const idleCap = 8

/** Finds the line of an event that tells why, its label and its code: explicit codes first, then what messages say. */
export function judgeEvent(event: LogEvent): JudgedEvent | null {
  const judged: JudgedLine[] = []
  const codes: FoundCode[] = []
  let isAnnounced = false
  let isTroubled = false
  /** A line that stands for itself told the cause already. */
  let isTold = false
  let idle = 0
  for (const line of dropCode(dropNotices(event.lines))) {
    if (line.kind === 'before' || line.kind === 'statement' || line.kind === 'frame' || line.message.trim() === '')
      continue
    if (line.kind === 'plain' && isCalmForm(makeLine('plain', line.message))) continue
    if (line.isIdle && !isAnnounced && !isField(line.message)) {
      idle += 1
      if (idle > idleCap) continue
    }
    const verdict = classifyLine(line.message, isErrorLine(line, event))
    codes.push(...verdict.codes)
    const score: number =
      line.kind === 'detail'
        ? 0
        : Math.max(
            scoreLine(line, verdict, event, isTroubled && !isTold),
            isAnnounced && verdict.role === 'none' ? scores.error : 0,
          )
    const isPassed = (event.format === 'plain' || line.kind === 'plain') && saysRetry(line.message)
    isTold ||= line.kind === 'head' && event.level === null && score > scores.code
    isTroubled ||= verdict.role === 'wrapper' || verdict.codes.length > 0 || isErrorLine(line, event)
    // What follows a colon is what the line before spoke of.
    isAnnounced =
      /:\s*$/.test(line.message) &&
      (verdict.role === 'wrapper' || verdict.role === 'consequence' || isTroubledHead(line, event))
    if (score > 0)
      judged.push({ line, score: isPassed ? Math.min(score, scores.warning) : score, label: verdict.label, verdict })
  }
  if (judged.length === 0) return null
  const lines = sortLines(judged.map((one) => (isBareCode(one, judged) ? { ...one, score: scores.error - 1 } : one)))
  const best = lines[0]
  if (!best) return null
  const code = pickCode(best, codes) ?? pickCode(best, codesOf(event.previous))
  const label = pickLabel(best, code, lines)
  return {
    event,
    lines,
    label,
    code,
    isConsequence: best.score < scores.error && best.verdict.role !== 'none',
    isRetried: event.isRetried || isTriedAgain(event, lines),
  }
}

/** Whether it is said; among lines without headers of their own what stands behind it may be another failure. */
function isTriedAgain(event: LogEvent, lines: readonly JudgedLine[]): boolean {
  const told = event.lines.filter(({ kind }) => kind !== 'before' && kind !== 'frame' && kind !== 'statement')
  const said = told.flatMap((line) => (saysRetry(line.message) ? [line.number] : []))
  if (said.length === 0 || event.format !== 'plain') return said.length > 0
  const strong = lines.flatMap(({ line, score }) => (score >= scores.error ? [line.number] : []))
  return Math.max(...said) >= Math.max(0, ...strong)
}

/** Without what drivers print of notices, as objects over several lines. */
function dropNotices(lines: readonly EventLine[]): readonly EventLine[] {
  if (!lines.some(({ message }) => notice.test(message))) return lines
  let isIn = false
  return lines.filter(({ message }) => {
    if (notice.test(message)) isIn = true
    else if (isIn && /^\s*\}/.test(message)) isIn = false
    return !isIn
  })
}

/** Without what Python prints below a frame: a line of the program, which says nothing of its own. */
function dropCode(lines: readonly EventLine[]): readonly EventLine[] {
  return lines.filter(
    ({ kind, message }, index) =>
      kind !== 'plain' || !/^ {4}/.test(message) || !pythonFrame.test(lines[index - 1]?.message ?? ''),
  )
}

const pythonFrame = /^\s*File "[^"]{1,300}", line \d/
const notice = /^\s*"?severity(?:_local)?"?: ["'](?:NOTICE|INFO|LOG|DEBUG\d?|WARNING)["']/

function isErrorLine({ kind }: EventLine, { level }: LogEvent): boolean {
  return level === 'error' || level === 'fatal' || kind === 'exception' || kind === 'cause'
}

const codeLine =
  /^P\d{4}$|^[\s*|-]{0,12}(?:SQL ?State|Error ?Code|Error Number|Database error code|SQLSTATE|code|errno|sqlState)\b["']?\s{0,6}[:=]/i

function scoreLine(line: EventLine, verdict: Verdict, event: LogEvent, isTroubled: boolean): number {
  const isHead = line.kind === 'head'
  const isError = event.level === 'error' || event.level === 'fatal'
  if (verdict.role === 'harmless') return 0
  if (verdict.role === 'consequence') return scores.consequence
  if (verdict.role === 'wrapper')
    return line.kind === 'exception' || line.kind === 'cause' ? scores.wrapper + 1 : scores.wrapper
  const loss = verdict.always || isError || !isHead ? 0 : event.level === 'warn' ? 12 : event.level === null ? 0 : 18
  if (verdict.role === 'cause') return scoreCause(line, verdict, event, isTroubled) - loss
  // The bare class of an exception says less than a message beside it.
  if (line.kind === 'exception' || line.kind === 'cause')
    return /: \S/.test(line.message) ? scores.error : scores.error - 2
  if (!isHead) return 0
  if (isPanic(line, event)) return scores.cause
  return isError
    ? scores.error - 1
    : event.level === 'warn'
      ? scores.warning
      : event.level === null && speaksOfTrouble(dropNames(line.message))
        ? scores.warning + 1
        : 0
}

/** A head that says that something is wrong; others only name what is told of below them. */
function isTroubledHead(line: EventLine, event: LogEvent): boolean {
  return line.kind === 'head' && (isErrorLine(line, event) || speaksOfTrouble(dropNames(line.message)))
}

/** What a server of PostgreSQL cannot go on after: its processes end because of it. */
function isPanic({ text }: EventLine, { level, format }: LogEvent): boolean {
  return level === 'fatal' && format.startsWith('postgres') && /\bPANIC\b/.test(text)
}

/**
 * Without a level, and without anything above it in its event that tells of trouble, a cause needs a code or a word that
 * says that something is wrong; one that calls itself an error says more.
 */
function scoreCause(
  { kind, message }: EventLine,
  { codes, always }: Verdict,
  { level, format }: LogEvent,
  isTroubled: boolean,
): number {
  if (codeLine.test(message)) return scores.code
  // Oracle's programs name no level: what they print in such a place is an error.
  if (always || level !== null || format === 'oracle-tools' || kind === 'exception' || kind === 'cause')
    return scores.cause
  if (isTroubled || codes.some(({ weight }) => weight > 1)) return scores.cause
  const words = dropNames(message)
  if (callsItselfError(words)) return scores.cause
  return speaksOfTrouble(words) ? scores.code + 1 : 0
}

/** A number by itself says less than the message that an exception of its event has, though no rule knows that. */
function isBareCode({ line, verdict }: JudgedLine, of: readonly JudgedLine[]): boolean {
  if (verdict.role !== 'cause' || !codeLine.test(line.message)) return false
  return of.some((other) => other.line.kind === 'exception' && other.score === scores.error && other.line !== line)
}

/** Best first; of equals the deepest cause of a stack of exceptions, then the exception below what was logged of it, then the first. */
function sortLines(judged: readonly JudgedLine[]): JudgedLine[] {
  const depth = ({ line, score }: JudgedLine) =>
    line.kind === 'cause'
      ? judged.some((other) => other.score === score && isRepeatedBy(other.line, line))
        ? 1
        : 1 + line.number
      : line.kind === 'exception' && !/^\s/.test(line.message)
        ? 1
        : 0
  return judged.toSorted((a, b) => b.score - a.score || depth(b) - depth(a) || a.line.number - b.line.number)
}

const className = /^(?:\s*(?:\[cause\]|[Cc]aused by|cause):)?\s*(?:[\w.$]{1,200}(?:Exception|Error): )*/

/** Whether an exception below says in other words, or with more about it, just what one above it said. */
function isRepeatedBy(above: EventLine, below: EventLine): boolean {
  if (above.number >= below.number || above.kind === 'cause' || above.kind === 'detail') return false
  const [said, again] = [above, below].map(({ message }) => message.replace(className, '').trim())
  if (said === undefined || again === undefined || said.length <= 8) return false
  // What ends with a colon says no more than that something follows, above as below.
  if (said === again) return said.endsWith(':')
  return again.endsWith(said) || (above.kind === 'head' && again.length > 60 && said.endsWith(again))
}

function codesOf(event: LogEvent | null): FoundCode[] {
  if (!event) return []
  return dropNotices(event.lines).flatMap((line) =>
    line.kind === 'statement' || line.kind === 'frame' ? [] : classifyLine(line.message).codes,
  )
}

/** The most exact code: of the line itself before those of the rest of its event. */
function pickCode(best: JudgedLine, codes: readonly FoundCode[]): FoundCode | null {
  // Beside an ORA- code a bare number is the same error again, and easily taken for another server's.
  const own =
    codes.some((code) => code.weight === 3 && code.code.startsWith('ORA-')) &&
    /^\d+$/.test(best.verdict.codes[0]?.code ?? '')
      ? undefined
      : best.verdict.codes[0]
  const isOracle = codes.some((code) => code.weight === 3 && code.code.startsWith('ORA-'))
  const others = codes
    .filter(({ code }) => !isOracle || !/^\d+$/.test(code))
    .toSorted((a, b) => b.weight - a.weight || Number(b.label !== null) - Number(a.label !== null))
  if (own && own.weight >= (others[0]?.weight ?? 0)) return own
  return others[0] ?? null
}

function pickLabel(best: JudgedLine, code: FoundCode | null, lines: readonly JudgedLine[]): Label {
  if (code?.label && code.label !== 'other' && code.weight === 3) return code.label
  return (
    best.label ??
    code?.label ??
    lines.find((line) => line.label)?.label ??
    (best.verdict.role === 'none' ? guessLabel(best.line.message) : null) ??
    'other'
  )
}
