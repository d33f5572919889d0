import { manualSchema, procedureVerbs } from '../domain/procedure.ts'
import type { PlanText } from '../domain/recovery-plan.ts'
import { type PlanPath, type Problem, suggest } from './problem.ts'

/** Steps must name something that exists, in an order that tiers and needs allow. */
export function checkProcedures(plan: PlanText): Problem[] {
  return Object.entries(plan.procedures).flatMap(([name, { steps }]) => {
    const problems = [
      ...checkName(name),
      ...steps.flatMap((step, index) => checkStep(plan, ['procedures', name, 'steps', index], step)),
    ]
    return problems.length > 0 ? problems : checkOrder(plan, name, steps)
  })
}

/** `plan check` and `plan export` mean something else, so nobody could look at a procedure of that name. */
function checkName(name: string): Problem[] {
  if (name !== 'check' && name !== 'export') return []
  const problem = `"plan ${name}" is a command, so no procedure can be called ${name}`
  return [{ path: ['procedures', name], atKey: true, problem, fix: 'Give it another name.' }]
}

function checkStep(plan: PlanText, path: PlanPath, step: { readonly [verb: string]: unknown }): Problem[] {
  const [verb = '', ...more] = Object.keys(step)
  if (verb === '' || more.length > 0) {
    return [{ path, problem: 'a step is one verb and what it works on', fix: 'Write it as { restore: orders-db }.' }]
  }
  const at = [...path, verb]
  const word = step[verb]
  if (verb === 'manual') return checkManual(plan, at, word)
  const target = Object.hasOwn(procedureVerbs, verb) ? procedureVerbs[verb] : undefined
  if (target === undefined) {
    const known = [...Object.keys(procedureVerbs), 'manual']
    return [{ path: at, atKey: true, problem: `a procedure cannot "${verb}"`, fix: suggest(verb, known) }]
  }
  const known = Object.keys(plan[target])
  if (typeof word === 'string' && known.includes(word)) return []
  // A map here has no text of its own, and one that is called toString cannot be turned into any.
  const written = typeof word === 'string' ? word : ''
  return [{ path: at, problem: `${target} has no such name`, fix: suggest(written, known) }]
}

function checkManual(plan: PlanText, path: PlanPath, value: unknown): Problem[] {
  const read = manualSchema.safeParse(value)
  if (!read.success) {
    return [
      { path, problem: 'a manual step has a title and an owner', fix: 'Write { manual: { title: …, owner: dba } }.' },
    ]
  }
  const { owner, escalateTo, escalateAfter } = read.data
  if (escalateTo.length > 0 !== (escalateAfter !== undefined)) {
    const fix = 'Say both escalateTo and escalateAfter, or neither.'
    return [{ path, problem: 'nobody can tell when others are asked, or whom', fix }]
  }
  const roles = Object.keys(plan.roles)
  const named = [
    { at: ['owner'], role: owner },
    ...escalateTo.map((role, index) => ({ at: ['escalateTo', index], role })),
  ]
  return named
    .filter(({ role }) => !roles.includes(role))
    .map(({ at, role }) => ({
      path: [...path, ...at],
      problem: `there is no role "${role}"`,
      fix: suggest(role, roles),
    }))
}

/** A system may not be touched first before one that it needs, or before a lower tier, is touched at all. */
function checkOrder(plan: PlanText, name: string, steps: readonly { readonly [verb: string]: unknown }[]): Problem[] {
  const first = new Map<string, number>()
  for (const [index, step] of steps.entries()) {
    const [verb = '', system] = Object.entries(step)[0] ?? []
    if (procedureVerbs[verb] === 'systems' && typeof system === 'string' && !first.has(system)) first.set(system, index)
  }
  return [...first].flatMap(([system, index]) => {
    const { tier = 1, needs = [] } = plan.systems[system] ?? {}
    const later = [...first].find(
      ([other, at]) => at > index && (needs.includes(other) || (plan.systems[other]?.tier ?? 1) < tier),
    )
    if (later === undefined) return []
    const why = needs.includes(later[0]) ? 'which it needs' : 'which is in a lower tier'
    const problem = `${system} comes before ${later[0]}, ${why}`
    return [{ path: ['procedures', name, 'steps', index], problem, fix: `Put ${later[0]} first.` }]
  })
}
