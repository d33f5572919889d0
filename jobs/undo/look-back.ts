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
  const server = await databases.lookUp(target)
  if (server.systemIdentifier !== intent.systemIdentifier) {
    const seen = `system identifier ${server.systemIdentifier} instead of ${intent.systemIdentifier}`
    throw new SalvorError('target_not_expected', { system, seen })
  }
  // Where url and adminUrl lead, as far as there is a database to enter.
  if (server.live !== null) await databases.identify(target)
  if ((server.live?.oid ?? null) !== intent.sideOid)
    refuse(`${intent.live} is no longer what ${context.params.job} left`)
  // There was none before that could come back.
  if (intent.liveOid === null || intent.liveInvalid) return
  const old = await databases.locate(target, intent.liveOid)
  if (old === null) return refuse(`${intent.old} is gone: there is nothing to go back to`)
  if (old.name !== intent.old) refuse(`the database that was live before is called ${old.name} now, not ${intent.old}`)
  if (old.accepts || old.comment !== intent.seal)
    refuse(`the seal of ${intent.old} was broken: somebody may have written there`)
}
