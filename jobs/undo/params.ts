import { z } from 'zod'
import { switchRecord } from '../restore/params.ts'
import { turnedObjectsSchema, turnedSchema } from './turned-schema.ts'

/** `job` is the one that switched; `system` is its system, which says who runs and who may approve this. */
export const undoParams = z.strictObject({ job: z.string(), system: z.string() })

export type UndoParams = z.infer<typeof undoParams>

/** What there is to go back to, as it stands. */
export const checkOutput = z.object({
  /** The switch that is taken back. */
  switched: switchRecord,
  /** The name that today's live database will get. */
  undone: z.string(),
  findings: z.array(z.string()),
  /** What the undone job did to rows and definitions, turned round. */
  turned: turnedSchema,
  turnedObjects: turnedObjectsSchema.default([]),
  /** It leads back to what a restore brought, and not to the damage. */
  toRestored: z.boolean(),
})

export const confirmOutput = z.object({ live: z.string(), oid: z.number().nullable(), at: z.string() })
