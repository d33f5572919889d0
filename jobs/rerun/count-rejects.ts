import { chooseRejects } from '../../src/domain/rejects.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { RejectGroup } from '../../src/ports/remedy-tools.ts'
import type { RerunParams } from './params.ts'

/** What the system's migration has put aside by now; empty where the plan does not say where. */
export async function countRejects(context: LookContext<RerunParams>): Promise<RejectGroup[]> {
  const { system } = context.params
  const choice = chooseRejects(context.plan, system, null, context.resolvePath)
  if (choice === null) return []
  return context.tools.remedies.countRejects(context.target(system), choice, context.signal)
}
