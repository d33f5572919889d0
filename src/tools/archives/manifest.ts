import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { byName } from '../../domain/by-name.ts'
import type { ArchiveManifest } from '../../domain/content.ts'
import { databasePropertiesSchema } from '../../domain/database-properties.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { notInBackupSchema } from '../../domain/not-in-backup.ts'
import { writeWhole } from './dump-files.ts'

export { hashArchiveFiles } from './manifest-hash.ts'

/** The sidecar lies beside its archive. */
function manifestPathOf(archive: string): string {
  return `${archive}.manifest.json`
}

/** The manifest of an archive, null where it has none. Throws archive_corrupt for one that cannot be read. */
export async function readArchiveManifest(archive: string): Promise<ArchiveManifest | null> {
  const text = await readFile(manifestPathOf(archive), 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw unreadable(archive, thrown)
  })
  if (text === null) return null
  try {
    return archiveManifestSchema.parse(JSON.parse(text)) as ArchiveManifest
  } catch (thrown) {
    throw unreadable(archive, thrown)
  }
}

/**
 * Writes the sidecar so that it is either whole or absent, whatever happens meanwhile. Throws on a manifest that could
 * not be read again: a backup must not end well and be refused on the night when it is needed.
 */
export async function writeArchiveManifest(archive: string, manifest: ArchiveManifest): Promise<void> {
  archiveManifestSchema.parse(manifest)
  await writeWhole(manifestPathOf(archive), `${JSON.stringify(manifest)}\n`)
}

function unreadable(archive: string, cause: unknown): SalvorError {
  return new SalvorError('archive_corrupt', { backup: archive, seen: 'its manifest cannot be read' }, { cause })
}

const counts = byName(z.number())

const table = z.object({
  name: z.string(),
  rows: z.number().int().nonnegative(),
  copyBytes: z.number().nullable(),
  fingerprint: z.string(),
})

const path = z.array(z.string())
const objects = z.array(z.object({ kind: z.string(), path, facets: byName(z.json()) }))
const sequence = z.object({ name: z.string(), lastValue: z.string().nullable(), called: z.boolean() })

const extensionParts = z.object({
  members: z.array(z.object({ extension: z.string(), object: z.string() })),
  tables: z.array(
    z.object({
      extension: z.string(),
      table: z.string(),
      rows: z.number().nullable(),
      fingerprint: z.string().nullable(),
      partly: z.literal(true).optional(),
    }),
  ),
})

const rehearsal = z.object({
  serverVersion: z.string(),
  at: z.iso.datetime(),
  definitions: z.object({ changed: objects, gone: z.array(z.object({ kind: z.string(), path })) }),
  sequences: z.array(sequence),
  extensionParts: extensionParts.optional(),
  doubts: z.array(z.object({ object: z.string(), reads: z.array(z.string()) })).optional(),
})

/** The shape of a manifest's content; fields that a later version adds are left alone. */
export const contentManifestSchema = z.object({
  version: z.literal(1),
  system: z.string(),
  database: z.string(),
  takenAt: z.iso.datetime(),
  serverVersion: z.string(),
  systemIdentifier: z.string(),
  tables: z.array(table),
  sequences: z.array(sequence.extend({ behind: z.array(z.object({ column: z.string(), reaches: z.string() })) })),
  definitions: objects,
  rehearsal: rehearsal.optional(),
  unseen: z.array(notInBackupSchema).optional(),
  extensionParts: extensionParts.optional(),
  roles: z.array(z.string()),
  properties: databasePropertiesSchema,
  marks: z.object({ databaseOid: z.number(), writes: counts, xmax: z.string().nullable() }).optional(),
})

const archiveManifestSchema = contentManifestSchema.extend({
  archive: z.object({
    format: z.enum(['custom', 'directory']),
    files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
    sha256: z.string(),
    madeBy: z.string().optional(),
  }),
})
