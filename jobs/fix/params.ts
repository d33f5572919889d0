import { z } from 'zod'
import { byName } from '../../src/domain/by-name.ts'
import { remedyEffect, replayed } from '../../src/domain/remedy.ts'
import { rowsOutcome } from '../../src/domain/repair.ts'

/**
 * `undoes` is the job whose remedy is taken back by the SQL that the plan names for it. `ask`: somebody approves the
 * text before it is tried.
 */
export const fixParams = z.strictObject({
  system: z.string(),
  remedy: z.string(),
  undoes: z.string().optional(),
  ask: z.boolean().optional(),
  /** Who shared the file that is run, and the one that takes it back: of the same text another's may be kept. */
  sharedBy: z.string().optional(),
  undoSharedBy: z.string().optional(),
})

export type FixParams = z.infer<typeof fixParams>

const rejectSource = z.union([
  z.object({ kind: z.literal('table'), table: z.string() }),
  z.object({
    kind: z.literal('files'),
    path: z.string(),
    format: z.enum(['copy', 'pgloader', 'sqlldr']),
    columns: byName(z.array(z.string())),
    delimiter: z.string(),
  }),
])

const rejectGroup = z.object({ target: z.string(), code: z.string(), rows: z.number(), message: z.string() })

export type RejectGroups = readonly z.infer<typeof rejectGroup>[]

/** Answer of `look`: exactly what will be run, where, and which rejects wait for it. */
export const lookOutput = z.object({
  /** `remedies/widen-phone.sql`, or how else the plan names it. */
  from: z.string(),
  /** Without credentials, for people: what runs is read again, and must have the same hash. */
  shown: z.array(z.string()),
  argv: z.array(z.string()).nullable(),
  sha256: z.string(),
  identity: z.object({ systemIdentifier: z.string(), name: z.string(), oid: z.number() }),
  /** True if the plan names a way back for it. */
  undo: z.boolean(),
  rejects: z.object({ source: rejectSource, target: z.string().nullable() }).nullable(),
  groups: z.array(rejectGroup),
})

export type LookOutput = z.infer<typeof lookOutput>

/** What a run did, or would do: bound by the approval, and compared before the commit. */
export const shownEffect = z.object({
  effect: remedyEffect,
  replay: replayed.nullable(),
  /** Of a repair: what its rows came to. */
  rows: rowsOutcome.nullable().default(null),
})

export const rehearseOutput = shownEffect.extend({
  sequences: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
  locks: z.array(z.object({ table: z.string(), mode: z.string() })),
  samples: z.array(
    z.object({
      table: z.string(),
      what: z.enum(['inserted', 'updated', 'deleted']),
      key: z.string(),
      columns: z.array(z.string()),
      values: byName(z.object({ before: z.string(), after: z.string() })).optional(),
    }),
  ),
  seconds: z.number(),
})

const restOutput = z.array(z.object({ path: z.string(), sha256: z.string(), loaded: z.array(z.number()) }))

/** Written into the journal before the COMMIT is sent; by `xid` the server can be asked later whether it happened. */
export const commitRecord = shownEffect.extend({
  xid: z.string(),
  systemIdentifier: z.string(),
  rest: restOutput,
})

export const commitOutput = commitRecord.extend({ at: z.string() })

export const confirmOutput = z.object({ files: z.array(z.string()), groups: z.array(rejectGroup) })

/** Answer of `execute`: how a remedy that is a program ended. */
export const executeOutput = z.object({ said: z.string(), at: z.string() })
