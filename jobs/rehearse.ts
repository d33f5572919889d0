import type { ArchiveManifest, LoadDoubt, Rehearsal, RestorePoint } from '../src/domain/content.ts'
import type { DatabaseProperties } from '../src/domain/database-properties.ts'
import { describeChanges, type ObjectDefinition } from '../src/domain/definitions.ts'
import { type LeftBehind, leftBehind } from '../src/domain/left-behind.ts'
import type { LookContext, StepContext } from '../src/engine/define-step.ts'

/** Loads what an archive holds beside rows into a scratch database and sees how it comes back. Throws as a load does. */
export async function rehearse(
  context: StepContext<{ system: string }>,
  point: RestorePoint,
  manifest: ArchiveManifest,
): Promise<Rehearsal> {
  const { content, databases } = context.tools
  const target = context.target(context.params.system)
  const { name: live } = await databases.identify(target)
  const filled = listFilled(manifest)
  return rehearseLoad(context, { point, live, like: manifest.properties, filled }, async ({ database, doubts }) => {
    const { signal } = context
    const seen = await content.readSchema({ target: { ...target, url: target.adminUrl }, database, signal })
    const comparable = (objects: readonly ObjectDefinition[]) => objects.filter((one) => !isLargeObject(one))
    return {
      serverVersion: seen.serverVersion,
      at: context.now().toISOString(),
      definitions: describeChanges(comparable(manifest.definitions), comparable(seen.definitions)),
      sequences: seen.sequences,
      extensionParts: seen.extensionParts,
      doubts,
    }
  })
}

/** Which tables an archive has rows of; each may, where there is no manifest. */
export function listFilled(manifest: ArchiveManifest | null): (table: string) => boolean {
  if (manifest === null) return () => true
  const filled = new Set(manifest.tables.filter((table) => table.rows > 0).map((table) => table.name))
  return (table) => filled.has(table)
}

/**
 * Loads an archive's schema into a scratch database, looks at it, and drops it again. It carries the job's mark, so that
 * one whose maker died is found.
 */
export async function rehearseLoad<Seen>(
  context: StepContext<{ system: string }>,
  of: {
    readonly point: RestorePoint
    /** Name of the live database. */
    readonly live: string
    readonly like: DatabaseProperties
    readonly filled: (table: string) => boolean
  },
  look: (scratch: { readonly database: string; readonly doubts: readonly LoadDoubt[] }) => Promise<Seen>,
): Promise<Seen> {
  const { archives, databases } = context.tools
  const target = context.target(context.params.system)
  await dropRehearsals(context)
  const { side: name } = await databases.nextFreeNames(target, of.live)
  await context.record('rehearsal', name)
  const { oid } = await databases.createSide({ target, name, like: of.like, job: markOf(context) })
  try {
    const { point, filled } = of
    const { owner } = of.like
    const { signal } = context
    const { doubts } = await archives.loadSchema({ point, target, database: name, owner, filled, signal })
    return await look({ database: name, doubts })
  } finally {
    await databases.dropSide({ target, name, oid })
  }
}

/** Drops what a rehearsal of this job left behind. */
export async function dropRehearsals(context: LookContext<{ system: string }>): Promise<LeftBehind[]> {
  const { databases } = context.tools
  const target = context.target(context.params.system)
  const recorded = context.records.rehearsal
  const named = typeof recorded === 'string' ? [recorded] : []
  for (const side of await databases.listSides(target, markOf(context), named))
    await databases.dropSide({ target, ...side })
  const left = await databases.listSides(target, markOf(context), named)
  return left.map(({ name }) => leftBehind('scratch_database', { name }))
}

/** Not the job's own mark: a restore's side copy carries that one. */
function markOf(context: LookContext<{ system: string }>): string {
  return `${context.job.id}-rehearsal`
}

/** A rehearsal loads none: how they are owned is compared as it was recorded. */
function isLargeObject({ kind, path }: ObjectDefinition): boolean {
  return kind.startsWith('large object') || (kind === 'comment' && path[0] === 'large object')
}
