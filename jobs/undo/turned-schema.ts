import { z } from 'zod'

/**
 * What an earlier switch brought and took, by table, turned round: `goes` are rows that it brought, `comes` rows that
 * it took. As it was at that switch; what people wrote since is counted apart.
 */
export const turnedSchema = z.array(
  z.object({
    ...{ table: z.string(), goes: z.number(), comes: z.number(), changes: z.number() },
    /** A table that the migration made: its rows are no data. */
    leftover: z.boolean().default(false),
  }),
)
/** The same of definitions. */
export const turnedObjectsSchema = z.array(z.object({ name: z.string(), way: z.enum(['goes', 'comes', 'changes']) }))
export type TurnedObjects = z.infer<typeof turnedObjectsSchema>

export type Turned = z.infer<typeof turnedSchema>
