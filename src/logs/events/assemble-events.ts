import { saysRetry } from '../classify/retries.ts'
import type { ParsedLine } from '../formats/index.ts'
import { type EventLine, eventLineCap, type LogEvent } from './event.ts'
import { isField } from './field.ts'
import { findKind } from './line-kind.ts'

interface Open {
  at: string | null
  level: LogEvent['level']
  readonly source: string | null
  readonly pid: string | null
  readonly format: string
  readonly lines: EventLine[]
  /** Lines in front of its head. */
  readonly ahead: number
  readonly above: LogEvent['above']
  readonly previous: LogEvent | null
  /** Plain lines since the last that said anything. */
  idle: number
  inStatement: boolean
  lastNumber: number
  isRetried: boolean
}

/** Lines without a header, and without anything telling, after which an event is over. */
const idleCap = 40
/** Lines of an event from which on frames are passed over unread. */
const keptFrames = 8
/** Processes whose last message may still get its details. */
const processCap = 64

export interface EventAssembler {
  /**
   * A line that says that something went wrong, or that stands near one. `telling`: whether it may be a cause itself.
   * `above` finds what is to stand in front of `before`, once it is asked for.
   */
  accept(
    text: string,
    number: number,
    parsed: ParsedLine,
    telling: boolean,
    before: () => readonly EventLine[],
    above?: LogEvent['above'],
  ): void
  /** Whether a raw line is one more frame of a stack of which enough is known. */
  skipsFrame(raw: string): boolean
  /** A line directly behind the event says that it is tried once more. */
  markRetried(number: number): void
  /** A line with a header of its own has come that tells nothing. */
  closeText(): void
  /** The event that lines which say nothing may still belong to; the same object is given out when it is over. */
  findOpen(): LogEvent | null
  /** The open event keeps no more lines. */
  isFull(): boolean
  /** Events that were begun so far. */
  countOpened(): number
  /** Gives out all events: what has come so far is all that there is. */
  settle(): void
}

/** Puts lines together that tell of one thing: details by their process, stack traces, boxes and causes by their place. */
export function createEventAssembler(onEvent: (event: LogEvent) => void): EventAssembler {
  let current: Open | null = null
  let previous: LogEvent | null = null
  let opened = 0
  const processes = new Map<string, Open>()

  function close(adjacent: boolean): void {
    if (current === null) return
    const event = current
    current = null
    // Of the one before it no more is kept: a chain of them would hold the whole log.
    const isBare = event.previous === null && event.above === null
    previous = adjacent ? (isBare ? event : { ...event, previous: null, above: null }) : null
    // With a process its details may come later: it is given out when it leaves the map.
    if (event.pid === null) {
      onEvent(event)
      return
    }
    const waiting = processes.get(event.pid)
    if (waiting && waiting !== event) onEvent(waiting)
    processes.delete(event.pid)
    processes.set(event.pid, event)
    const [oldest] = processes
    if (processes.size > processCap && oldest) {
      processes.delete(oldest[0])
      onEvent(oldest[1])
    }
  }

  function add(event: Open, line: EventLine): void {
    if (event.lines.length < eventLineCap || (line.kind === 'cause' && event.lines.length < 2 * eventLineCap))
      event.lines.push(line)
    event.lastNumber = line.number
  }

  function open(
    text: string,
    number: number,
    parsed: ParsedLine,
    before: () => readonly EventLine[],
    above: LogEvent['above'],
  ): void {
    close(current !== null && number - current.lastNumber <= 2)
    opened += 1
    const kind = findKind(parsed.text)
    const head: EventLine = {
      number,
      text,
      message: parsed.text,
      kind: kind === 'exception' || kind === 'cause' ? kind : 'head',
    }
    const also = parsed.also.map((more) => ({
      number,
      text: more,
      message: more,
      kind: findKind(more) ?? ('plain' as const),
    }))
    const ahead = before()
    current = {
      at: parsed.at,
      level: parsed.level,
      source: parsed.source,
      pid: parsed.pid,
      format: parsed.format,
      lines: [...ahead, head, ...also],
      ahead: ahead.length,
      above,
      previous,
      idle: 0,
      inStatement: /^(?:COPY|STATEMENT|Command was)/.test(parsed.text),
      lastNumber: number,
      isRetried: false,
    }
  }

  function markRetried(number: number): void {
    if (current !== null && number - current.lastNumber <= 2) current.isRetried = true
  }

  return {
    markRetried,
    accept(text, number, parsed, telling, before, above = null) {
      if (parsed.part === 'detail') {
        const owner =
          (parsed.pid === null ? null : current?.pid === parsed.pid ? current : processes.get(parsed.pid)) ??
          (parsed.pid === null ? current : null)
        if (owner)
          add(owner, {
            number,
            text,
            message: parsed.text,
            kind: /^(?:STATEMENT|QUERY)/.test(parsed.text) ? 'statement' : 'detail',
          })
        return
      }
      const isHeaded =
        parsed.format !== 'plain' &&
        !continuesOracle(current, parsed, number) &&
        !continuesIndented(current, parsed, number) &&
        !continuesStack(current, parsed, number)
      if (isHeaded) {
        if (telling) {
          if (saysRetry(parsed.text)) markRetried(number)
          open(text, number, parsed, before, above)
          return
        }
        if (saysRetry(parsed.text)) markRetried(number)
        close(false)
        return
      }
      if (current === null) {
        if (telling) open(text, number, parsed, before, above)
        return
      }
      const kind = findKind(parsed.text)
      if (current.inStatement && (kind === null || kind === 'frame') && !isField(parsed.text)) {
        add(current, { number, text, message: parsed.text, kind: 'statement' })
        current.idle += 1
      } else {
        current.inStatement = kind === 'statement'
        current.idle = telling || kind !== null ? 0 : current.idle + 1
        const line = { number, text, message: parsed.text, kind: kind ?? 'plain' }
        add(current, telling || kind !== null ? line : { ...line, isIdle: true })
      }
      if (current.idle > idleCap) close(false)
    },
    skipsFrame(raw) {
      if (current === null || current.lines.length - current.ahead < keptFrames || !/^\s+(?:at|\.\.\.) /.test(raw))
        return false
      current.lastNumber += 1
      return true
    },
    closeText: () => close(false),
    findOpen: () => current,
    isFull: () => current !== null && current.lines.length >= eventLineCap,
    countOpened: () => opened,
    settle() {
      close(false)
      for (const event of processes.values()) onEvent(event)
      processes.clear()
    },
  }
}

/** Heads of Data Pump's stacks; every other ORA- line below one explains it. */
const oracleHead =
  /^(?:ORA-(?:31684|31685|31693|31694|39002|39001|39082|39083|39111|39112|39151|39166|39342|39346|31626|31631)|IMP-|EXP-|SP2-|UD[IE]-|SQL\*Loader|Record )/

function continuesOracle(current: Open | null, parsed: ParsedLine, number: number): boolean {
  if (current === null || parsed.format !== 'oracle-tools' || number - current.lastNumber > 2) return false
  // With other lines between them it is another failure.
  if (current.idle > 2) return false
  return !oracleHead.test(parsed.text)
}

/** dbt gives every line of a message a time of its own, and indents it. */
function continuesIndented(current: Open | null, parsed: ParsedLine, number: number): boolean {
  if (current === null || current.format !== parsed.format || number - current.lastNumber > 1) return false
  const isIndented = (text: string | undefined) => text !== undefined && /^ {2}\S/.test(text)
  return current.at === parsed.at && isIndented(parsed.text) && isIndented(current.lines.find(isHead)?.message)
}

const isHead = ({ kind }: EventLine) => kind !== 'before'

/** Some routers give every line of a stack trace a header of its own. */
function continuesStack(current: Open | null, parsed: ParsedLine, number: number): boolean {
  if (current === null || current.format !== parsed.format || number - current.lastNumber > 1) return false
  const kind = findKind(parsed.text)
  // SqlPackage gives the script that failed a number of its own.
  return kind === 'frame' || kind === 'cause' || /^SQL72045: Script execution error/.test(parsed.text)
}
