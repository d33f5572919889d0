import type { ProcedureStep } from './procedure.ts'
import type { PlanText } from './recovery-plan.ts'

/**
 * Which steps each step waits for: positions by position, ascending. A step waits for earlier steps of its system, for
 * earlier steps of systems that it needs (directly or through others), and for every step of a lower tier. Steps of
 * no system (`logs`, `uat`, `manual`, `script`) are barriers: they wait for all before them, all after them wait for
 * them. A tier is complete before the next one begins, as far as the next barrier.
 *
 * It cannot go round in a circle: each edge leads to an earlier stretch between barriers, or to a lower tier in the
 * same stretch, or to an earlier position in the same tier. Needs that point up the tiers are refused by the plan's
 * own check, and count for nothing here.
 */
export function buildRunGraph(
  steps: readonly ProcedureStep[],
  plan: Pick<PlanText, 'systems'>,
): Map<number, readonly number[]> {
  const stretch = numberStretches(steps)
  const tierOf = (step: ProcedureStep) => plan.systems[step.system ?? '']?.tier ?? 1
  const waits = (step: ProcedureStep, other: ProcedureStep): boolean => {
    if (step === other) return false
    const earlier = other.position < step.position
    if (step.system === null || other.system === null) return earlier
    const [here, there] = [stretch.get(step), stretch.get(other)]
    // A barrier lies between them, and whoever stands behind it has waited for all before it.
    if (here !== there) return earlier
    if (tierOf(other) !== tierOf(step)) return tierOf(other) < tierOf(step)
    return earlier && (other.system === step.system || listNeeds(plan, step.system).has(other.system))
  }
  return new Map(
    steps.map((step) => [
      step.position,
      steps
        .filter((other) => waits(step, other))
        .map((other) => other.position)
        .sort((one, other) => one - other),
    ]),
  )
}

/** Every position that waits for one of the given, directly or through others. */
export function listDependants(
  after: ReadonlyMap<number, readonly number[]>,
  from: readonly number[],
): ReadonlySet<number> {
  const reached = new Set<number>()
  let grew = true
  while (grew) {
    grew = false
    for (const [position, waits] of after) {
      if (reached.has(position) || !waits.some((one) => from.includes(one) || reached.has(one))) continue
      reached.add(position)
      grew = true
    }
  }
  return reached
}

/** Steps between two barriers share a number. */
function numberStretches(steps: readonly ProcedureStep[]): Map<ProcedureStep, number> {
  let number = 0
  return new Map(
    steps.map((step) => {
      if (step.system === null) number += 1
      return [step, number]
    }),
  )
}

/** All systems that one needs, through others as well. */
function listNeeds(plan: Pick<PlanText, 'systems'>, system: string): Set<string> {
  const found = new Set<string>()
  const visit = (name: string) => {
    for (const need of plan.systems[name]?.needs ?? []) {
      if (found.has(need)) continue
      found.add(need)
      visit(need)
    }
  }
  visit(system)
  return found
}
