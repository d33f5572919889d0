import type { LogAnalysis, LogGlance, LogSource } from '../domain/log-analysis.ts'

/** How much of a log was read. `total` is unknown while a program prints it. */
export interface LogProgress {
  readonly bytes: number
  readonly total: number | null
}

/** Reads logs of migrations and services. Read-only. */
export interface LogTools {
  /**
   * The first time that a log on this machine names, ISO 8601 UTC; null when it cannot be read or names none.
   * A time without an offset is taken as wall clock of `timezone` (IANA name).
   */
  readFirstTime(path: string, timezone: string): Promise<string | null>
  /** The last time that it names, likewise. */
  readLastTime(path: string, timezone: string): Promise<string | null>
  /**
   * Says what failed first in a log. With `since` (ISO 8601) rotated predecessors are read as far as it needs. Nothing
   * in the answer is unredacted. Throws `log_missing`, `log_unreadable`, `log_host`, `log_program`.
   */
  analyse(of: {
    readonly log: LogSource
    readonly timezone: string
    readonly since?: string
    readonly until?: string
    readonly signal: AbortSignal
    readonly onProgress?: (progress: LogProgress) => void
  }): Promise<LogAnalysis>
  /**
   * Follows a log from its end until the signal aborts, over rotation and truncation, and hands on what it comes to
   * whenever there is something new, at most every `everyMs`. Answers the last glance. Throws as `analyse`.
   */
  follow(of: {
    readonly log: LogSource
    readonly everyMs: number
    readonly signal: AbortSignal
    readonly onGlance: (glance: LogGlance) => void
  }): Promise<LogGlance>
}
