import { type LeftBehind, leftBehind } from '../../src/domain/left-behind.ts'
import type { LookContext, StepContext } from '../../src/engine/define-step.ts'
import type { TargetAddress } from '../../src/ports/content-tools.ts'
import { chooseBoundProperties } from './choose-properties.ts'
import { preflightOutput, type RestoreParams } from './params.ts'

/** The side database is open to the maintenance role alone, so everything that reads it goes that way. */
export function sideTarget(context: LookContext<RestoreParams>): TargetAddress {
  const target = context.target(context.params.system)
  return { ...target, url: target.adminUrl }
}

/**
 * A new side database for this attempt, after those of earlier attempts are gone. The name is recorded before the
 * creation, so that one that was made by a process that died can be found.
 */
export async function createFreshSide(context: StepContext<RestoreParams>): Promise<{ name: string; oid: number }> {
  const { databases } = context.tools
  const target = context.target(context.params.system)
  await dropSides(context)
  const { identity } = preflightOutput.parse(context.outputOf('preflight'))
  const { wanted: like } = await chooseBoundProperties(context)
  const { side: name } = await databases.nextFreeNames(target, identity.name)
  await context.record('side', name)
  const { oid } = await databases.createSide({ target, name, like, job: context.job.id })
  return { name, oid }
}

/** Drops every side database that this job made, by mark and OID. Answers what remains. */
export async function dropSides(context: LookContext<RestoreParams>): Promise<LeftBehind[]> {
  const { databases } = context.tools
  const target = context.target(context.params.system)
  const recorded = context.records.side
  const named = typeof recorded === 'string' ? [recorded] : []
  for (const side of await databases.listSides(target, context.job.id, named)) {
    await databases.dropSide({ target, ...side })
  }
  const left = await databases.listSides(target, context.job.id, named)
  return left.map(nameSide)
}

/** A side database that stands. */
export function nameSide({ name }: { readonly name: string }): LeftBehind {
  return leftBehind('side_database', { name })
}
