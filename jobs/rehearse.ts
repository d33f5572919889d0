import type { ArchiveManifest, Rehearsal, RestorePoint } from '../src/domain/content.ts'
import { describeChanges, type ObjectDefinition } from '../src/domain/definitions.ts'
import type { LookContext, StepContext } from '../src/engine/define-step.ts'

/**
 * Loads what an archive holds beside rows into a scratch database, sees how it comes back, and drops that again. The
 * scratch database carries the job's mark, so that one whose maker died is found. Throws as a load does.
 */
export async function rehearse(
  context: StepContext<{ system: string }>,
  point: RestorePoint,
  manifest: ArchiveManifest,
): Promise<Rehearsal> {
  const { archives, content, databases } = context.tools
  const target = context.target(context.params.system)
  const { name: live } = await databases.identify(target)
  await dropRehearsals(context)
  const { side: name } = await databases.nextFreeNames(target, live)
  await context.record('rehearsal', name)
  const { oid } = await databases.createSide({ target, name, like: manifest.properties, job: markOf(context) })
  try {
    const { signal } = context
    await archives.loadSchema({ point, target, database: name, signal })
    const seen = await content.readSchema({ target: { ...target, url: target.adminUrl }, database: name, signal })
    const comparable = (objects: readonly ObjectDefinition[]) => objects.filter((one) => !isLargeObject(one))
    return {
      serverVersion: seen.serverVersion,
      at: context.now().toISOString(),
      definitions: describeChanges(comparable(manifest.definitions), comparable(seen.definitions)),
      sequences: seen.sequences,
      extensionParts: seen.extensionParts,
    }
  } finally {
    await databases.dropSide({ target, name, oid })
  }
}

/** Drops what a rehearsal of this job left behind. */
export async function dropRehearsals(context: LookContext<{ system: string }>): Promise<string[]> {
  const { databases } = context.tools
  const target = context.target(context.params.system)
  const recorded = context.records.rehearsal
  const named = typeof recorded === 'string' ? [recorded] : []
  for (const side of await databases.listSides(target, markOf(context), named))
    await databases.dropSide({ target, ...side })
  return (await databases.listSides(target, markOf(context), named)).map((side) => `scratch database ${side.name}`)
}

/** Not the job's own mark: a restore's side copy carries that one. */
function markOf(context: LookContext<{ system: string }>): string {
  return `${context.job.id}-rehearsal`
}

/** A rehearsal loads none: how they are owned is compared as it was recorded. */
function isLargeObject({ kind, path }: ObjectDefinition): boolean {
  return kind.startsWith('large object') || (kind === 'comment' && path[0] === 'large object')
}

/** PostgreSQL's major version: `15` of `15.18 (Debian …)`. */
export function majorOf(serverVersion: string): string {
  return /^\d+/.exec(serverVersion)?.[0] ?? serverVersion
}
