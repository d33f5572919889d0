import { z } from 'zod'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { StanzaPlace } from '../../ports/backup-providers.ts'
import { askPgBackRest, type PgBackRestDeps } from './run.ts'

/** Most time that a repository, which may be across the world, may take to say what it holds. */
const INFO_MS = 60_000

/** What the tool answers with where a stanza holds no backup yet. */
const NO_BACKUP = 2

const wal = z.string().regex(/^[0-9A-F]{24}$/)

const backupSchema = z.object({
  archive: z.object({ start: wal.nullable(), stop: wal.nullable() }),
  database: z.object({ id: z.number(), 'repo-key': z.number().default(1) }),
  /** Pages whose checksums were wrong when it was taken. */
  error: z.boolean().nullish(),
  info: z.object({ size: z.number(), delta: z.number(), repository: z.object({ delta: z.number() }) }),
  label: z.string().regex(/^[\w-]+$/),
  lsn: z.object({ start: z.string(), stop: z.string() }).nullish(),
  prior: z.string().nullable(),
  reference: z.array(z.string()).nullable(),
  timestamp: z.object({ start: z.number(), stop: z.number() }),
  type: z.enum(['full', 'diff', 'incr']),
})

const stanzaSchema = z.object({
  name: z.string(),
  archive: z
    .array(
      z.object({
        id: z.string(),
        database: z.object({ id: z.number(), 'repo-key': z.number().default(1) }),
        min: wal.nullish(),
        max: wal.nullish(),
      }),
    )
    .default([]),
  backup: z.array(backupSchema).default([]),
  db: z
    .array(
      z.object({ id: z.number(), 'repo-key': z.number().default(1), 'system-id': z.string(), version: z.string() }),
    )
    .default([]),
  status: z.object({ code: z.number(), message: z.string() }),
})

export type StanzaInfo = z.infer<typeof stanzaSchema>
export type BackupInfo = StanzaInfo['backup'][number]

/**
 * What `info` knows of a stanza. It ends with 0 whatever is wrong, so its status is what counts. Throws backup_stanza
 * for any but a good one and one without backups.
 */
export async function readInfo(deps: PgBackRestDeps, place: StanzaPlace, signal: AbortSignal): Promise<StanzaInfo> {
  const { stanza } = place
  const text = await askPgBackRest(deps, { place, command: 'info', signal, timeoutMs: INFO_MS })
  const found = parseInfo(text).find((one) => one.name === stanza)
  if (found === undefined) throw new SalvorError('backup_stanza', { stanza, seen: 'the tool does not know it' })
  const { code, message } = found.status
  // Of several repositories one may be away: what the others hold is still true.
  if (code !== 0 && code !== NO_BACKUP && found.backup.length === 0) {
    throw new SalvorError('backup_stanza', { stanza, seen: message })
  }
  return found
}

/** Reads what `info --output=json` prints. Identifiers of clusters are larger than a JSON number can tell. */
function parseInfo(text: string): StanzaInfo[] {
  const exact = text.replaceAll(/("system-id"\s*:\s*)(\d+)/g, '$1"$2"')
  return z.array(stanzaSchema).parse(JSON.parse(exact))
}
