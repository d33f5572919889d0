import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ContentManifest } from '../../domain/content.ts'
import { hashText } from '../../domain/digest.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import { nameAfter, writeWhole } from '../archives/dump-files.ts'
import { contentManifestSchema } from '../archives/manifest.ts'

/** Where a manifest was put, and what it was then: without the digest it would prove whatever somebody wrote into it. */
export interface KeptManifest {
  readonly path: string
  readonly sha256: string
}

/** Writes a manifest as `<folder>/<database>-<UTC time>.json`. */
export async function keepManifest(folder: string, manifest: ContentManifest): Promise<KeptManifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${nameAfter(manifest.database, manifest.takenAt)}.json`)
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeWhole(path, text)
  return { path, sha256: hashText(text) }
}

/** Reads it back. A file that is gone, or is another one by now, is no evidence: archive_hash_differs. */
export async function readKeptManifest(kept: KeptManifest): Promise<ContentManifest> {
  const backup = basename(kept.path)
  const text = await readFile(kept.path, 'utf8').catch((cause: Error) => {
    throw new SalvorError('archive_hash_differs', { backup, seen: 'the file cannot be read' }, { cause })
  })
  if (hashText(text) !== kept.sha256)
    throw new SalvorError('archive_hash_differs', { backup, seen: 'its sha256 differs' })
  return contentManifestSchema.parse(JSON.parse(text)) as ContentManifest
}
