import type { PlanText } from '../domain/recovery-plan.ts'
import { listEmergencies, listPolicies } from './check-approvals.ts'
import { type PlanPath, type Problem, suggest } from './problem.ts'

/** Every name in the plan that means something else in the plan must exist there. */
export function checkReferences(plan: PlanText): Problem[] {
  const known = {
    role: Object.keys(plan.roles),
    system: Object.keys(plan.systems),
    host: Object.keys(plan.hosts),
    log: Object.keys(plan.logs),
  }
  const refer = (path: PlanPath, what: keyof typeof known, word: string | undefined): Problem[] =>
    word === undefined || known[what].includes(word)
      ? []
      : [{ path, problem: `there is no ${what} "${word}"`, fix: suggest(word, known[what]) }]

  return [
    ...Object.entries(plan.systems).flatMap(([name, system]) => [
      ...refer(['systems', name, 'owner'], 'role', system.owner),
      ...system.needs.flatMap((need, index) => refer(['systems', name, 'needs', index], 'system', need)),
      ...(system.kind === 'service' ? refer(['systems', name, 'host'], 'host', system.host) : []),
    ]),
    ...listPolicies(plan).flatMap(({ path, policy }) =>
      (['from', 'escalateTo'] as const).flatMap((key) =>
        policy[key].flatMap((role, index) => refer([...path, key, index], 'role', role)),
      ),
    ),
    ...listEmergencies(plan).flatMap(({ path, from }) =>
      from.flatMap((role, index) => refer([...path, 'from', index], 'role', role)),
    ),
    ...Object.entries(plan.logs).flatMap(([name, log]) => refer(['logs', name, 'host'], 'host', log.host)),
    ...Object.entries(plan.migrations).flatMap(([name, { system, log }]) => [
      ...refer(['migrations', name, 'system'], 'system', system),
      ...refer(['migrations', name, 'log'], 'log', log),
    ]),
    ...Object.entries(plan.monitors).flatMap(([name, { system }]) =>
      refer(['monitors', name, 'system'], 'system', system),
    ),
    ...Object.entries(plan.uat).flatMap(([name, { testers, signOff, cases }]) => [
      ...testers.flatMap((role, index) => refer(['uat', name, 'testers', index], 'role', role)),
      ...signOff.flatMap((role, index) => refer(['uat', name, 'signOff', index], 'role', role)),
      ...cases.flatMap((one, at) =>
        (typeof one === 'string' ? [] : one.covers).flatMap((system, index) =>
          refer(['uat', name, 'cases', at, 'covers', index], 'system', system),
        ),
      ),
    ]),
    ...checkNeeds(plan),
  ]
}

/** Systems that need each other can never be brought back in an order; the circle is named. */
function checkNeeds(plan: PlanText): Problem[] {
  const settled = new Set<string>()
  const visit = (name: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name]
    if (settled.has(name) || !Object.hasOwn(plan.systems, name)) return undefined
    for (const need of plan.systems[name]?.needs ?? []) {
      const circle = visit(need, [...trail, name])
      if (circle !== undefined) return circle
    }
    settled.add(name)
    return undefined
  }
  for (const name of Object.keys(plan.systems)) {
    const circle = visit(name, [])
    if (circle === undefined) continue
    const path = ['systems', circle[0] ?? name, 'needs']
    return [{ path, problem: `systems need each other: ${circle.join(' → ')}`, fix: 'Take one of these needs out.' }]
  }
  return []
}
