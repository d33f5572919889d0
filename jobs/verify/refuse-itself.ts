import { SalvorError } from '../../src/domain/errors/fail.ts'
import { nameInAddress } from '../../src/engine/address.ts'
import type { LookContext } from '../../src/engine/define-step.ts'

/** A source whose address leads to live proves nothing. Throws verify_itself. */
export async function refuseItself(context: LookContext<{ readonly system: string }>, source: string): Promise<void> {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const [live, other] = await Promise.all([
    databases.lookUp(target),
    databases.lookUp({ ...target, url: source, adminUrl: source }),
  ])
  if (live.systemIdentifier !== other.systemIdentifier || live.live?.oid !== other.live?.oid) return
  throw new SalvorError('verify_itself', { database: nameInAddress(source), system })
}
