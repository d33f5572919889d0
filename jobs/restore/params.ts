import { z } from 'zod'
import { byName } from '../../src/domain/by-name.ts'
import { backupKinds } from '../../src/domain/content.ts'
import { databasePropertiesSchema } from '../../src/domain/database-properties.ts'
import { leftBehindSchema } from '../../src/domain/left-behind.ts'
import { heldRowsSchema, lossSchema } from '../../src/domain/loss.ts'
import { codeWithFacts } from '../../src/domain/message.ts'
import {
  backupTypes,
  parseMoment,
  physicalBackupSchema,
  reachedMomentSchema,
  recoveryMomentSchema,
} from '../../src/domain/physical-backup.ts'

/** Keys of one table that Details name at most. */
export const SAMPLE = 5

/** What later versions will take. Refused by name, so that nobody believes that it was heard. */
const notYet = (what: string) => z.never({ error: `${what} is not supported yet: the whole database is restored` })

export const restoreParams = z.strictObject({
  system: z.string(),
  /** An id of `backups`, or `latest`; without it the newest that precedes the beginning of the migration. */
  backup: z.string().optional(),
  /** `live`: owner, privileges, limits and settings stay those of live; else the backup's manifest says them. */
  properties: z.literal('live').optional(),
  tables: notYet('--tables').optional(),
  /** `time:…`, `lsn:…`, `name:…` or `xid:…`: WAL is replayed to there over a backup of the cluster. */
  at: z
    .string()
    .refine((text) => parseMoment(text, false) !== null, 'no moment')
    .optional(),
  /** What happened at the moment itself is left out. */
  before: z.literal(true).optional(),
  inPlace: notYet('--in-place').optional(),
  'in-place': notYet('--in-place').optional(),
})

export type RestoreParams = z.infer<typeof restoreParams>

const lossByTable = byName(z.number())

const restorePointSchema = z.object({
  id: z.string(),
  kind: z.enum(backupKinds),
  path: z.string(),
  format: z.enum(['custom', 'directory', 'physical']),
  physical: physicalBackupSchema.exactOptional(),
  takenAt: z.string(),
  bytes: z.number(),
  hasManifest: z.boolean(),
  archiveHash: z.string().nullable(),
  tables: z.number(),
  rows: z.number().nullable(),
  serverVersion: z.string(),
  source: z.object({
    database: z.string(),
    systemIdentifier: z.string().nullable(),
    databaseOid: z.number().nullable(),
  }),
  origin: z.enum(['own', 'unproven', 'other']),
  problem: codeWithFacts.nullable(),
  predicted: z.object({ seconds: z.number(), from: z.enum(['measured', 'manifest']) }).nullable(),
})

/** `candidates` in the order in which preflight tries them. */
export const chooseOutput = z.object({
  candidates: z.array(restorePointSchema).min(1),
  later: z.array(z.string()),
  beganAt: z.string().nullable(),
  named: z.boolean(),
  /** To which WAL is replayed over a backup of a cluster; null for the backup's own end. */
  moment: recoveryMomentSchema.nullable().default(null),
  /** Why places of backups could not be read. */
  unread: z.array(codeWithFacts).default([]),
})

/** Backups that would have been better ones, and why each was not taken. */
const skippedSchema = z.array(z.object({ id: z.string(), why: codeWithFacts }))
export type Skipped = z.infer<typeof skippedSchema>

/** What `recover` brought up. A system without backups of clusters has no such step. */
export const recoverOutput = z.object({
  copied: z
    .object({
      /** The archive that was copied out of the scratch cluster, under the id of the backup. */
      point: restorePointSchema,
      type: z.enum(backupTypes),
      moment: recoveryMomentSchema.nullable(),
      reached: reachedMomentSchema,
      seconds: z.number(),
      /** What the database held then, for `verify` once the archive is gone. */
      manifest: z.object({ path: z.string(), sha256: z.string() }),
    })
    .nullable(),
  /** Archives in the order in which preflight tries them. */
  candidates: z.array(restorePointSchema).min(1),
  skipped: skippedSchema,
  leaves: leftBehindSchema.nullable(),
})

/** Of ports/archive-tools.ts. */
const archiveIdentity = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      device: z.string(),
      inode: z.string(),
      size: z.number(),
      mtime: z.string(),
      ctime: z.string(),
    }),
  ),
  local: z.boolean(),
})

/** `point` is the one that was proven; `skipped` are better ones that turned out damaged, `unread` places without an answer. */
export const preflightOutput = z.object({
  point: restorePointSchema,
  archiveHash: z.string(),
  /** The files that were hashed: the load goes by these. */
  archiveIdentity,
  /** Digest of the manifest that was read; null where there is none. What comes later must be the same. */
  manifest: z.string().nullable(),
  tocEntries: z.number(),
  skipped: skippedSchema,
  unread: z.array(codeWithFacts).default([]),
  identity: z.object({
    systemIdentifier: z.string(),
    serverVersion: z.string(),
    name: z.string(),
    /** null where there is no such database. */
    oid: z.number().nullable(),
    sizeBytes: z.number(),
    /** `invalid`: an interrupted DROP DATABASE left it, and nobody can enter it. */
    state: z.enum(['standing', 'gone', 'invalid']),
  }),
  names: z.object({ side: z.string(), old: z.string() }),
  findings: z.array(z.string()),
  /** From where writes to live are counted: the backup's own snapshot where it was taken from this database. */
  since: z.object({ mark: z.string(), from: z.enum(['backup', 'preflight']) }),
})

export type PreflightOutput = z.infer<typeof preflightOutput>

/** `leaves` is what stands if nothing more happens. */
export const createOutput = z.object({ name: z.string(), oid: z.number(), leaves: leftBehindSchema })

export const loadOutput = z.object({
  side: z.string(),
  oid: z.number(),
  seconds: z.number(),
  argv: z.array(z.string()),
  /** Set when it loaded into another side database than `create` made. */
  leaves: leftBehindSchema.nullable(),
})

export const analyzeOutput = z.object({ seconds: z.number() })

const sideProof = z.object({ mark: z.string(), catalogue: z.string() })

export const verifyOutput = z.object({
  at: z.string(),
  against: z.string(),
  /** Of everything that was compared and found: approvals bind it. */
  digest: z.string(),
  proven: z.array(z.string()),
  unproven: z.array(z.string()),
  noticed: z.array(z.string()),
  /** Digests of findings over which people went on; who, and why, stands in the store. */
  accepted: z.array(z.string()).default([]),
  tables: z.object({ proven: z.number(), total: z.number() }),
  checks: z.object({ passed: z.number(), total: z.number() }),
  /** What the side database holds, by table. */
  rows: lossByTable,
  /** What it was when it was proven: ports/database-tools.ts. */
  side: sideProof,
})

/** The resume point of a switch: ports/database-tools.ts, with what the report needs. */
export const switchRecord = z.object({
  intent: z.object({
    live: z.string(),
    liveOid: z.number().nullable(),
    liveInvalid: z.boolean().exactOptional(),
    side: z.string(),
    sideOid: z.number().nullable(),
    old: z.string(),
    systemIdentifier: z.string(),
    properties: databasePropertiesSchema,
    present: databasePropertiesSchema.nullable(),
    seal: z.string(),
    mark: z.string(),
    wasHeldOff: z.boolean(),
    proof: sideProof.extend({ rows: lossByTable }).exactOptional(),
  }),
  /** Whose properties the new live one got: the backup's, live's, those of the former one, or the plan's. */
  propertiesFrom: z.enum(['backup', 'live', 'former', 'plan']),
  /** Counted from when the switch began; the old database is not dropped before. */
  keepUntil: z.string(),
  lost: lossByTable,
  /** The same as facts. */
  loss: lossSchema.nullable().default(null),
  /** What the new live one held of it then, by table; null where nobody could look, or did not live to tell. */
  held: byName(heldRowsSchema).nullable().default(null),
  /** How the new live one had the definitions in which the two differed: ports/database-tools.ts. */
  definitions: byName(byName(z.string()).nullable()).nullable().default(null),
  /** The worker's folder that holds the lost rows as SQL; null where none went away. */
  lostRows: z.string().nullable().default(null),
  /** Write mark of the switch: what carries a later transaction was written to the new live one. */
  mark: z.string(),
})

export const switchOutput = switchRecord.extend({
  switchedAt: z.string(),
  /** null when the process that ended them did not live to tell. */
  endedSessions: z.number().nullable(),
  /** Properties that the new live one does not share with the old one, in words; empty is good. */
  differences: z.array(z.string()),
  /** What was brought up for it and could not be put away afterwards. */
  left: z.array(leftBehindSchema).default([]),
})

export type PropertiesFrom = SwitchRecord['propertiesFrom']
/** Whose a switch's intent is does not matter: restore and undo write the same. */
export type SwitchRecord = z.infer<typeof switchRecord>
export type SwitchOutput = z.infer<typeof switchOutput>
