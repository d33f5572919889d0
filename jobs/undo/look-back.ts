import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { SwitchRecord } from '../restore/params.ts'
import type { UndoParams } from './params.ts'

/**
 * Both databases of a switch, where it left them: the new one live, the old one kept and sealed by Salvor. Anything
 * else means that somebody changed something since, and names alone are no reason to switch.
 */
export async function lookBack(context: LookContext<UndoParams>, { intent }: SwitchRecord): Promise<void> {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const refuse = (seen: string): never => {
    throw new SalvorError('target_changed', { system, seen })
  }
  const identity = await databases.identify(target)
  if (identity.systemIdentifier !== intent.systemIdentifier) {
    const seen = `system identifier ${identity.systemIdentifier} instead of ${intent.systemIdentifier}`
    throw new SalvorError('target_not_expected', { system, seen })
  }
  const live = await databases.locate(target, intent.sideOid)
  if (live === null || live.name !== intent.live)
    refuse(`${intent.live} is no longer the database that ${context.params.job} switched to`)
  const old = await databases.locate(target, intent.liveOid)
  if (old === null) return refuse(`${intent.old} is gone: there is nothing to go back to`)
  if (old.name !== intent.old) refuse(`the database that was live before is called ${old.name} now, not ${intent.old}`)
  if (old.accepts || old.comment !== intent.seal)
    refuse(`the seal of ${intent.old} was broken: somebody may have written there`)
}
