import { z } from 'zod'

export const thawParams = z.strictObject({ system: z.string() })

export type ThawParams = z.infer<typeof thawParams>

/** Answer of `look`: what freezes since the last thaw stopped and closed; services in the order of starting. */
export const lookOutput = z.object({
  freezes: z.array(z.string()),
  services: z.array(z.string()),
  databases: z.array(z.string()),
})

export const startOutput = z.object({ started: z.array(z.string()), running: z.array(z.string()) })

export const openOutput = z.object({ opened: z.array(z.string()) })

export const proveOutput = z.object({ proven: z.array(z.string()), unproven: z.array(z.string()) })
