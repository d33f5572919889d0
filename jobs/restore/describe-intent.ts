import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { SwitchIntent } from '../../src/ports/database-tools.ts'
import { type ChosenProperties, chooseBoundProperties } from './choose-properties.ts'
import { findSameLive, type LivePlace } from './find-live.ts'
import { loadOutput, preflightOutput, type RestoreParams, verifyOutput } from './params.ts'

export interface DescribedIntent {
  readonly intent: SwitchIntent
  readonly live: LivePlace
  readonly properties: ChosenProperties
  /** The name under which the database of the backup stands now, where live is gone. */
  readonly renamed: string | null
}

/** Live and side as they are now, which must be what preflight and load left. */
export async function describeIntent(context: LookContext<RestoreParams>): Promise<DescribedIntent> {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const { identity: known, names, since } = preflightOutput.parse(context.outputOf('preflight'))
  const { side, oid: sideOid } = loadOutput.parse(context.outputOf('load'))
  const { side: proof, rows } = verifyOutput.parse(context.outputOf('verify'))
  const live = await findSameLive(context, known)
  if ((await databases.locate(target, sideOid))?.name !== side)
    throw new SalvorError('target_changed', { system, seen: `the side database ${side} is gone` })
  const properties = await chooseBoundProperties(context)
  const intent: SwitchIntent = {
    live: live.name,
    liveOid: live.oid,
    ...(live.state === 'invalid' ? { liveInvalid: true } : {}),
    side,
    sideOid,
    old: names.old,
    systemIdentifier: live.systemIdentifier,
    properties: properties.wanted,
    present: properties.present,
    // No date in here: it would be another one at each look, and the approval binds the statements.
    seal: `salvor:old:${context.job.id} kept for ${context.plan.keepOld} after the switch`,
    mark: since.mark,
    proof: { ...proof, rows },
    wasHeldOff: live.state === 'standing' && !(await databases.acceptsConnections(target, live.name)),
  }
  return { intent, live, properties, renamed: await findRenamed(context, live) }
}

/** A migration that renamed live left it standing: people may want that one back instead. */
async function findRenamed(context: LookContext<RestoreParams>, live: LivePlace): Promise<string | null> {
  const { point } = preflightOutput.parse(context.outputOf('preflight'))
  const { systemIdentifier, databaseOid } = point.source
  if (live.state !== 'gone' || databaseOid === null || systemIdentifier !== live.systemIdentifier) return null
  const target = context.target(context.params.system)
  return (await context.tools.databases.locate(target, databaseOid))?.name ?? null
}
