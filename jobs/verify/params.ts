import { z } from 'zod'
import { byName } from '../../src/domain/by-name.ts'
import { databasePropertiesSchema } from '../../src/domain/database-properties.ts'
import { findingMessage } from '../../src/domain/finding-texts.ts'

export const verifyParams = z.strictObject({
  system: z.string(),
  /** `baseline`, `source`, an id of `backups`, or a database of the same server; default: what was restored last. */
  against: z.string().optional(),
  table: z.string().optional(),
  /** Narrows what differs down to primary keys; needs the other side itself, a manifest has no rows. */
  deep: z.boolean().optional(),
})

export type VerifyParams = z.infer<typeof verifyParams>

const counts = byName(z.number())
const tally = z.object({ proven: z.number(), total: z.number() })

/** Where the expected content is. */
const reference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), path: z.string(), folder: z.string() }),
  z.object({ kind: z.literal('baseline'), path: z.string(), sha256: z.string() }),
  z.object({ kind: z.literal('source') }),
  z.object({ kind: z.literal('database'), database: z.string() }),
])

export type Reference = z.infer<typeof reference>

/** What `choose` settled on. */
export const chooseOutput = z.object({
  reference,
  /** In words, for the card: `d-0130, restored by restore-3`. */
  against: z.string(),
  /** What the database should have beside its content; null for what the reference says. */
  properties: databasePropertiesSchema.nullable(),
  /** The restore that kept live's properties instead of the backup's, as somebody approved. */
  keptBy: z.string().nullable(),
  /** Of the switch to a restored copy: what was written since then is no damage. */
  restored: z.object({ databaseOid: z.number(), xmax: z.string() }).nullable(),
})

export type Choice = z.infer<typeof chooseOutput>

const finding = z.object({
  subject: z.enum(['table', 'constraint', 'index', 'sequence', 'check', 'property', 'object']),
  name: z.string(),
  verdict: z.enum(['equal', 'differs', 'missing', 'extra', 'not_comparable']),
  expected: z.json(),
  found: z.json(),
  why: findingMessage.nullable(),
})

/** A Verification, its lists cut to a length that a journal bears; `more` says how many were left out. */
export const compareOutput = z.object({
  database: z.string(),
  against: z.string(),
  at: z.string(),
  seconds: z.number(),
  tables: tally,
  definitions: tally,
  sequences: tally,
  properties: tally,
  checks: z.object({ passed: z.number(), total: z.number() }),
  differing: z.array(finding),
  unproven: z.array(finding),
  notComparable: z.array(finding),
  noticed: z.array(finding),
  more: z.object({ differing: z.number(), unproven: z.number(), notComparable: z.number(), noticed: z.number() }),
  rowsByTable: counts,
})

export type Compared = z.infer<typeof compareOutput>

/** Primary keys that differ, by table. */
export const narrowOutput = z.object({
  tables: z.array(z.object({ table: z.string(), keys: z.array(z.string()), why: findingMessage.nullable() })),
  why: findingMessage.nullable(),
})
