import type { ArchiveManifest } from '../../src/domain/content.ts'
import { digestOf } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { preflightOutput, type RestoreParams } from './params.ts'

/** Digest of a manifest as it was understood; null where there is none. */
export function digestManifest(manifest: ArchiveManifest | null): string | null {
  return manifest === null ? null : digestOf(JSON.parse(JSON.stringify(manifest)))
}

/** The manifest that preflight has read. One that was exchanged since proves nothing: archive_hash_differs. */
export async function readBoundManifest(context: LookContext<RestoreParams>): Promise<ArchiveManifest | null> {
  const { point, manifest: known } = preflightOutput.parse(context.outputOf('preflight'))
  const manifest = await context.tools.archives.readManifest(point)
  if (digestManifest(manifest) === known) return manifest
  const seen = 'its manifest is not the one that preflight read'
  throw new SalvorError('archive_hash_differs', { backup: point.id, seen })
}
