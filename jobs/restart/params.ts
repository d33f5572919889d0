import { z } from 'zod'

export const restartParams = z.strictObject({ service: z.string() })

export type RestartParams = z.infer<typeof restartParams>

/** Answer of `look`: which process it was before anything was done. */
export const lookOutput = z.object({ identity: z.string().nullable(), said: z.string() })

/** Answer of `restart`: the process that runs now; `identity` is null where the plan has no way to tell. */
export const restartOutput = z.object({ identity: z.string().nullable(), said: z.string() })

/** Answer of `health`: what the check saw. */
export const healthOutput = z.object({ said: z.string(), seconds: z.number() })
