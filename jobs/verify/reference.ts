import type { ContentManifest } from '../../src/domain/content.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { OnTableProgress, TargetAddress } from '../../src/ports/content-tools.ts'
import type { Choice, Reference, VerifyParams } from './params.ts'

/** The other side as a place that can be asked; null where there is only a manifest of it. */
export function sideOf(
  context: LookContext<VerifyParams>,
  reference: Reference,
): { readonly target: TargetAddress; readonly database?: string } | null {
  const target = context.target(context.params.system)
  if (reference.kind === 'source') {
    const source = context.postgres(context.params.system).source
    return source === undefined ? null : { target: { ...target, url: context.expand(source) } }
  }
  // A kept old database is open to the maintenance role alone.
  if (reference.kind === 'database')
    return { target: { ...target, url: target.adminUrl }, database: reference.database }
  return null
}

/** What the reference holds: read from its manifest, or measured now. */
export async function readReference(
  context: LookContext<VerifyParams>,
  { reference, against }: Choice,
  onProgress: OnTableProgress,
): Promise<ContentManifest> {
  const { archives, content } = context.tools
  const side = sideOf(context, reference)
  if (side !== null) return content.measure({ ...side, signal: context.signal, onProgress })
  if (reference.kind === 'baseline') return content.readKeptManifest(reference)
  if (reference.kind !== 'backup') throw new Error(`no way to read a reference of kind ${reference.kind}`)
  const point = (await archives.list(reference.folder)).find((each) => each.path === reference.path)
  const manifest = point === undefined ? null : await archives.readManifest(point)
  if (manifest !== null) return manifest
  throw new SalvorError('archive_hash_differs', { backup: against, seen: 'archive or manifest are gone' })
}
