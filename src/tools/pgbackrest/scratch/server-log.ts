import type { ReachedMoment } from '../../../domain/physical-backup.ts'

/** What a scratch server's log has told so far. Its messages are in English whatever the cluster's language is. */
export interface ServerLog {
  take(line: string): void
  /** `the database system is ready to accept connections`. */
  readonly isReady: boolean
  /** The last segment of WAL that came out of the archive. */
  readonly segment: string | null
  readonly segments: number
  readonly lsn: string | null
  /** Where it stopped because it was told to; null where WAL merely ended. */
  readonly stop: ServerStop | null
  readonly reached: ReachedMoment
  /** The first fatal line, without its level. */
  readonly fatal: string | null
}

/** What a server says of the record at which it stopped. */
interface ServerStop {
  readonly xid: string | null
  readonly at: string | null
  readonly lsn: string | null
  readonly name: string | null
}

/** The server says that WAL ended before the moment that it was told to reach. */
export const ENDED_EARLY = 'recovery ended before configured recovery target was reached'

export function readServerLog(): ServerLog {
  const seen = {
    isReady: false,
    segment: null as string | null,
    segments: 0,
    lsn: null as string | null,
    stop: null as ServerStop | null,
    reached: { lsn: null, xid: null, at: null, lastCommitAt: null, timeline: null } as ReachedMoment,
    fatal: null as string | null,
    take(line: string): void {
      const set = (more: Partial<ReachedMoment>) => {
        seen.reached = { ...seen.reached, ...more }
      }
      const [, level, text = ''] = /^(LOG|FATAL|PANIC|ERROR):\s+(.*)$/.exec(line) ?? []
      if (level === 'FATAL' || level === 'PANIC') seen.fatal ??= text
      if (level !== 'LOG') return
      const segment = /^restored log file "([0-9A-F]{24})" from archive/.exec(text)?.[1]
      if (segment !== undefined) {
        seen.segment = segment
        seen.segments += 1
      }
      const redo = /current LSN: ([0-9A-F]+\/[0-9A-F]+)/.exec(text)?.[1]
      if (redo !== undefined) seen.lsn = redo
      if (/^recovery stopping /.test(text)) {
        const xid = /^recovery stopping \w+ (?:commit|abort) of transaction (\d+)/.exec(text)?.[1] ?? null
        const at = toTime(/time ([^"]+)$/.exec(text)?.[1])
        const lsn = /\(LSN\) "([0-9A-F]+\/[0-9A-F]+)"$/.exec(text)?.[1] ?? null
        seen.stop = { xid, at, lsn, name: /restore point "(.*)", time [^"]+$/.exec(text)?.[1] ?? null }
        set({ xid, at, lsn })
      }
      const done = /^redo done at ([0-9A-F]+\/[0-9A-F]+)/.exec(text)?.[1]
      if (done !== undefined) set({ lsn: done })
      const commit = /^last completed transaction was at log time (.+)$/.exec(text)?.[1]
      if (commit !== undefined) set({ lastCommitAt: toTime(commit) })
      const timeline = /^selected new timeline ID: (\d+)/.exec(text)?.[1]
      if (timeline !== undefined) set({ timeline: Number(timeline) })
      if (/^database system is ready to accept connections/.test(text)) seen.isReady = true
    },
  }
  return seen
}

/** `2026-11-30 13:08:23.123456+00`; a year before 2000 is none: nothing was committed. */
function toTime(text: string | undefined): string | null {
  if (text === undefined) return null
  const time = new Date(text.trim().replace(' ', 'T').replace(/\+00$/, 'Z'))
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 2000 ? null : time.toISOString()
}
