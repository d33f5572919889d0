import { z } from 'zod'

export const freezeParams = z.strictObject({ system: z.string() })

export type FreezeParams = z.infer<typeof freezeParams>

/** Answer of `look`: the services that run now, in the order in which they are stopped. */
export const lookOutput = z.object({ services: z.array(z.string()), resting: z.array(z.string()) })

export const haltOutput = z.object({ migrations: z.array(z.string()) })

export const stopOutput = z.object({ services: z.array(z.string()) })

export const holdOutput = z.object({ database: z.string(), endedSessions: z.number(), already: z.boolean() })

/** Answer of `prove`: what was seen, one fact a line, and what cannot be seen. */
export const proveOutput = z.object({ proven: z.array(z.string()), unproven: z.array(z.string()) })

/** Resume points that `thaw` reads: what a freeze was about to stop or to close, written before it did. */
export const stoppedRecord = 'stop:'
export const heldRecord = 'hold:'
