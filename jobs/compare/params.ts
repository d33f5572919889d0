import { z } from 'zod'
import { comparedTable, unmappedTables } from '../../src/domain/comparison.ts'
import { findingMessage } from '../../src/domain/finding-texts.ts'

export const compareParams = z.strictObject({
  system: z.string(),
  /** `source`, another system of the plan, or a database that a job of this one made or kept; default: `source`. */
  with: z.string().optional(),
  tables: z.array(z.string()).optional(),
})

export type CompareParams = z.infer<typeof compareParams>

/** What `choose` settled on: where the other side is. */
export const chooseOutput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source') }),
  z.object({ kind: z.literal('system'), system: z.string() }),
  z.object({ kind: z.literal('database'), database: z.string() }),
])

export type Choice = z.infer<typeof chooseOutput>

/** What is journaled of each piece of tables once it is compared: a later attempt goes on behind it. */
export const pieceRecord = z.object({ tables: z.array(comparedTable) })

/** Definitions that differ, as many as a journal bears. */
const schemaFinding = z.object({
  subject: z.enum(['table', 'constraint', 'index', 'sequence', 'check', 'property', 'object']),
  name: z.string(),
  verdict: z.enum(['equal', 'differs', 'missing', 'extra', 'not_comparable']),
  why: findingMessage.nullable(),
})

export const compareOutput = z.object({
  tables: z.object({ equal: z.number(), differ: z.number(), unread: z.number() }),
  rows: z.object({ here: z.number(), there: z.number() }),
  inserted: z.number(),
  deleted: z.number(),
  changed: z.number(),
  unmapped: unmappedTables,
  schema: z.array(schemaFinding),
  /** Definitions beyond those that are listed. */
  more: z.number(),
  /** Where the files of differences are; null where there are none. */
  folder: z.string().nullable(),
})

export type Compared = z.infer<typeof compareOutput>
