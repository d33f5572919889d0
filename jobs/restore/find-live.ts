import { SalvorError } from '../../src/domain/errors/fail.ts'
import { nameInAddress } from '../../src/engine/address.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { PreflightOutput, RestoreParams } from './params.ts'

export type LivePlace = PreflightOutput['identity']

/**
 * The database that is to be restored, which may be what people come for: gone, or left invalid by an interrupted
 * DROP. Only a standing one is entered. Throws target_not_expected where the plan's two addresses lead to two servers.
 */
export async function findLive(context: LookContext<RestoreParams>): Promise<LivePlace> {
  const { databases } = context.tools
  const target = context.target(context.params.system)
  const { live, systemIdentifier, serverVersion } = await databases.lookUp(target)
  if (live !== null && !live.invalid) {
    const { name, oid, sizeBytes } = await databases.identify(target)
    return { systemIdentifier, serverVersion, name, oid, sizeBytes, state: 'standing' }
  }
  await databases.refuseTwoServers(target)
  const name = nameInAddress(target.url)
  const found = { systemIdentifier, serverVersion, name, sizeBytes: 0 }
  return live === null ? { ...found, oid: null, state: 'gone' } : { ...found, oid: live.oid, state: 'invalid' }
}

/** Live as preflight left it. Throws target_not_expected or target_changed where it is another one by now. */
export async function findSameLive(context: LookContext<RestoreParams>, known: LivePlace): Promise<LivePlace> {
  const { system } = context.params
  const live = await findLive(context)
  if (live.systemIdentifier !== known.systemIdentifier) {
    const seen = `system identifier ${live.systemIdentifier} instead of ${known.systemIdentifier}`
    throw new SalvorError('target_not_expected', { system, seen })
  }
  if (live.oid === known.oid && live.state === known.state) return live
  const words = { standing: 'another database than at preflight', gone: 'gone', invalid: 'invalid by now' }
  throw new SalvorError('target_changed', { system, seen: `${known.name} is ${words[live.state]}` })
}
