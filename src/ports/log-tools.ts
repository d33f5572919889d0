/** Reads logs of migrations and services. Read-only. */
export interface LogTools {
  /**
   * The first time that a log on this machine names, ISO 8601 UTC; null when it cannot be read or names none.
   * A time without an offset is taken as wall clock of `timezone` (IANA name).
   */
  readFirstTime(path: string, timezone: string): Promise<string | null>
}
