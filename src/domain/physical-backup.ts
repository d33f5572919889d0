import { z } from 'zod'

/** How much of a cluster one backup copied: all, what changed since the last full one, or since the last one. */
export const backupTypes = ['full', 'diff', 'incr'] as const
export type BackupType = (typeof backupTypes)[number]

/** What is known of one backup of a whole cluster. */
export const physicalBackupSchema = z.object({
  /** Which of the system's `backups` in the plan lists it, from 0: the plan is pinned. */
  place: z.number().int().nonnegative(),
  stanza: z.string(),
  /** Number of the repository, as the tool's own options count it. */
  repo: z.number().int().positive(),
  label: z.string(),
  type: z.enum(backupTypes),
  /** Labels of all that it is put together from, oldest first, itself last. */
  chain: z.array(z.string()).min(1),
  startedAt: z.string(),
  stoppedAt: z.string(),
  startLsn: z.string(),
  stopLsn: z.string(),
  /** Segments of WAL without which it cannot be brought to a consistent state; null where the tool names none. */
  wal: z.object({ archive: z.string(), first: z.string(), last: z.string() }).nullable(),
  /** Size of the restored cluster. */
  clusterBytes: z.number(),
})
export type PhysicalBackup = z.infer<typeof physicalBackupSchema>

/**
 * The moment to which WAL is replayed over a physical backup. `before`: what happened at the moment itself is left
 * out.
 */
export const recoveryMomentSchema = z.object({
  kind: z.enum(['time', 'lsn', 'name', 'xid']),
  value: z.string(),
  before: z.boolean(),
  /** The timeline along which WAL is replayed; null for the newest. */
  timeline: z.number().int().positive().nullable(),
  /** The last segment of WAL that leads there, where it was looked for. */
  through: z.string().exactOptional(),
})
export type RecoveryMoment = z.infer<typeof recoveryMomentSchema>

const forms: { readonly [kind in RecoveryMoment['kind']]: RegExp } = {
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  lsn: /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i,
  // As long as PostgreSQL keeps one; it stands in settings and is compared as it is.
  name: /^[^\p{Cc}]{1,63}$/u,
  xid: /^\d{1,10}$/,
}

/** `time:…`, `lsn:…`, `name:…`, `xid:…` as a moment; null for none of them. */
export function parseMoment(text: string, before: boolean): RecoveryMoment | null {
  const match = /^(time|lsn|name|xid):(.+)$/is.exec(text)
  const kind = match?.[1]?.toLowerCase() as RecoveryMoment['kind'] | undefined
  const value = match?.[2]?.trim()
  if (kind === undefined || value === undefined || !forms[kind].test(value)) return null
  return { kind, value: kind === 'lsn' ? value.toUpperCase() : value, before, timeline: null }
}

/** As people type it again: `lsn:0/7000110`, a time as it is. */
export function writeMoment({ kind, value, before }: RecoveryMoment): string {
  return `${before ? 'before ' : ''}${kind === 'time' ? value : `${kind}:${value}`}`
}

/** Where the replay ended, as the server's own log says it; null is what it does not say. */
export const reachedMomentSchema = z.object({
  lsn: z.string().nullable(),
  xid: z.string().nullable(),
  at: z.string().nullable(),
  /** Time of the last transaction that is in it. */
  lastCommitAt: z.string().nullable(),
  timeline: z.number().nullable(),
})
export type ReachedMoment = z.infer<typeof reachedMomentSchema>
