import { z } from 'zod'

/**
 * What belongs to a database beside its content and is lost by creating it anew: carried over by a switch, kept in
 * manifests, compared afterwards.
 */
export const databasePropertiesSchema = z.object({
  owner: z.string(),
  /** `datacl` as text items; null is the built-in default. */
  acl: z.array(z.string()).nullable(),
  connectionLimit: z.number(),
  comment: z.string().nullable(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
  tablespace: z.string(),
  isTemplate: z.boolean(),
  /** ALTER DATABASE … SET, as `name=value`. */
  settings: z.array(z.string()),
  /** ALTER ROLE … IN DATABASE … SET, as `name=value` by role. */
  roleSettings: z.record(z.string(), z.array(z.string())),
})

export type DatabaseProperties = z.infer<typeof databasePropertiesSchema>
