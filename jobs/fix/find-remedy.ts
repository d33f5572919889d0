import { SalvorError } from '../../src/domain/errors/fail.ts'
import { readLooseRemedy } from '../../src/domain/loose-remedy.ts'
import { nameKnown } from '../../src/domain/nearest.ts'
import type { PlanRemedy, RecoveryPlan } from '../../src/domain/recovery-plan.ts'

/** A remedy of the plan by its system and name, or one that stands in a file of its own. Throws remedy_unknown with what there is. */
export function findRemedy(plan: RecoveryPlan, system: string, remedy: string): PlanRemedy {
  const found = Object.hasOwn(plan.systems, system) ? plan.systems[system] : undefined
  const remedies = found?.kind === 'postgres' ? found.remedies : []
  const one = remedies.find(({ name }) => name === remedy)
  if (one !== undefined) return one
  const loose = found?.kind === 'postgres' ? readLooseRemedy(remedy) : null
  if (loose !== null) return loose
  const known = remedies.map(({ name }) => name)
  throw new SalvorError('remedy_unknown', { system, remedy: remedy.slice(0, 40), ...nameKnown(remedy, known) })
}
