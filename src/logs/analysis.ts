import type { Label } from './codes/label.ts'

/** How bad a line calls itself, mildest last. */
export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug'

/** Where the text says that it went wrong. Only what was written there; nothing is guessed. */
export interface Place {
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  /** Row or record as the tool counts, beginning with one. */
  readonly row?: number
  /** Line of the script or data file that the tool was reading, beginning with one. */
  readonly inputLine?: number
  readonly file?: string
  /** The offending value as printed: row data, to be redacted before it is shown. */
  readonly value?: string
  /** The beginning of the statement (at most 500 characters): may hold row data too. */
  readonly statement?: string
}

export interface LogLine {
  /** Position in the log, beginning with one; lines that were rewritten by a carriage return share it. */
  readonly number: number
  /** Decoded text without colours. Not redacted. */
  readonly text: string
}

/** One candidate for what failed first. */
export interface Cause {
  readonly line: LogLine
  readonly label: Label
  /** The most exact code that the event names: SQLSTATE, ORA-, a server's error number, P-code; null without one. */
  readonly code: string | null
  /** Name of the code where the tables know it, such as `unique_violation`. */
  readonly codeName: string | null
  /** False when the log only tells of consequences. */
  readonly certain: boolean
  readonly level: Level
  /** As printed in the log; null when the event carries no time. */
  readonly at: string | null
  readonly format: string
  /** What went wrong in plain words, one sentence without row data. */
  readonly words: string
  readonly place: Place
  /** The lines of the event, in order, at most 40: not redacted. */
  readonly evidence: readonly LogLine[]
}

/** Events with the same wording. */
export interface Group {
  readonly id: number
  /** The wording with what varies masked. */
  readonly template: string
  readonly label: Label
  readonly code: string | null
  readonly level: Level
  readonly consequence: boolean
  readonly count: number
  readonly firstLine: number
  readonly lastLine: number
  readonly firstAt: string | null
  readonly lastAt: string | null
  /** Tables that its events name, with counts; at most 20. */
  readonly tables: Readonly<Record<string, number>>
  readonly sample: LogLine
}

/** Counts of errors and warnings over a stretch of lines: what a small timeline is drawn from. */
export interface Stretch {
  readonly firstLine: number
  readonly at: string | null
  readonly errors: number
  readonly warnings: number
}

/** What a log says about a failed migration, as plain data. */
export interface LogAnalysis {
  readonly lines: number
  readonly events: number
  readonly levels: Readonly<Record<'fatal' | 'error' | 'warn', number>>
  /** Formats seen among the events, with counts. */
  readonly formats: Readonly<Record<string, number>>
  /** Null when nothing in the log looks like a failure. */
  readonly root: Cause | null
  /** Next best candidates, best first, at most 4, none on the root's line. */
  readonly others: readonly Cause[]
  /** Later groups that follow from a failure before them. */
  readonly consequences: readonly Group[]
  /** All groups, in order of their first line; at most the grouper's cap. */
  readonly groups: readonly Group[]
  readonly tables: Readonly<Record<string, number>>
  readonly timeline: readonly Stretch[]
}
