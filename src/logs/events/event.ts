import type { Level, LogLine } from '../analysis.ts'

/** What a line is within its event. */
export type LineKind = 'head' | 'exception' | 'cause' | 'detail' | 'statement' | 'frame' | 'plain' | 'before'

export interface EventLine extends LogLine {
  readonly kind: LineKind
  /** The text without the line's header: what rules look at. */
  readonly message: string
  /** A line among others that holds no telling word: set only where it is so. */
  readonly isIdle?: true
}

/** Lines that tell of one thing. */
export interface LogEvent {
  readonly at: string | null
  readonly level: Level | null
  readonly source: string | null
  readonly pid: string | null
  readonly format: string
  readonly lines: readonly EventLine[]
  /** Finds lines that name the step, to stand in front of the others; null where they stand there already. */
  readonly above: (() => readonly EventLine[]) | null
  /** The event directly before it, when nothing stood between them: its codes may be this one's. */
  readonly previous: LogEvent | null
  /** The line behind it says that it is tried once more. */
  readonly isRetried: boolean
}

/** Lines that an event keeps; of frames only the first few count. */
export const eventLineCap = 120

/** An event with all the lines that are wanted of it once it is kept. */
export function completeLines(event: LogEvent): LogEvent {
  return event.above === null ? event : { ...event, lines: [...event.above(), ...event.lines], above: null }
}
