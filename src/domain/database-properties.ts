import { z } from 'zod'
import { byName } from './by-name.ts'

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
  /** Who sorts: libc, ICU or the server itself. */
  provider: z.enum(['libc', 'icu', 'builtin']),
  /** Of ICU and of the server's own; null for libc, which goes by `collate` and `ctype`. */
  locale: z.string().nullable(),
  icuRules: z.string().nullable(),
  /** Of the library, when the database was created or refreshed, and now; null where the server does not keep it. */
  collationVersion: z.string().nullable(),
  libraryVersion: z.string().nullable(),
  tablespace: z.string(),
  isTemplate: z.boolean(),
  /** ALTER DATABASE … SET, as `name=value`. */
  settings: z.array(z.string()),
  /** ALTER ROLE … IN DATABASE … SET, as `name=value` by role. */
  roleSettings: byName(z.array(z.string())),
})

export type DatabaseProperties = z.infer<typeof databasePropertiesSchema>

/** What CREATE DATABASE settles, and no ALTER can change on a database that is in use. */
export const givenAtCreation = ['encoding', 'collate', 'ctype', 'provider', 'locale', 'icuRules', 'tablespace'] as const
