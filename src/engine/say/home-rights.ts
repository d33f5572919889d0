import { basename } from 'node:path'
import type { HomeState, SystemRights } from '../../domain/cards/home-card.ts'
import { isSameName, type Person } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import type { Right } from '../define-command.ts'
import type { SayDeps } from './deps.ts'
import { listRights } from './find-right.ts'

/** What a person's roles allow; everything is decided from the roles that are held for certain. */
export interface HeldRights {
  readonly roles: readonly string[]
  holdsOne(roles: readonly string[]): boolean
  holds(right: Right): boolean
}

/** Rights of somebody who holds exactly these roles. */
export function createHeldRights(roles: readonly string[]): HeldRights {
  const holdsOne = (wanted: readonly string[]) => wanted.some((role) => roles.includes(role))
  return {
    roles,
    holdsOne,
    holds(right) {
      if (right.kind === 'anyone') return true
      return right.kind === 'any_role' ? roles.length > 0 : holdsOne(right.roles)
    },
  }
}

type AboutPerson = Pick<HomeState, 'person' | 'roles' | 'stakeholder' | 'planFile' | 'holders' | 'systems' | 'commands'>

/** Who somebody is under the plan, what they may do, and who may do the rest. Names are for asking, never for rights. */
export async function describeRights(
  deps: SayDeps,
  plan: RecoveryPlan,
  person: Person,
  held: HeldRights,
): Promise<AboutPerson> {
  const holders = await Promise.all(
    Object.keys(plan.roles).map(async (role) => ({ role, people: await deps.roles.peopleOf([role]).catch(() => []) })),
  )
  const nameOthers = (roles: readonly string[]) => {
    const people = holders.filter(({ role }) => roles.includes(role)).flatMap((one) => one.people)
    return [...new Set(people)].filter((id) => id !== person.id)
  }
  return {
    person: person.id,
    roles: held.roles,
    stakeholder: plan.stakeholders.some((one) => isSameName(plan.people, one, person.id)),
    planFile: basename(plan.path ?? 'salvor.yaml'),
    holders,
    systems: Object.keys(plan.systems).map((system) => describeSystem(deps, plan, held, system, nameOthers)),
    commands: deps.commands
      .filter((command) => listRights(deps, plan, command).some((right) => held.holds(right)))
      .map(({ name, summary }) => ({ name, summary })),
  }
}

/** Only what a certain role decides: what anybody with a role may do needs no line for each system. */
function describeSystem(
  deps: SayDeps,
  plan: RecoveryPlan,
  held: HeldRights,
  system: string,
  nameOthers: (roles: readonly string[]) => readonly string[],
): SystemRights {
  const policies = (['destructive', 'reversible'] as const).map((risk) => deps.plans.policyFor(plan, system, risk))
  const approverRoles = [...new Set(policies.flatMap(({ count, from }) => (count > 0 ? from : [])))]
  const takes = plan.systems[system]?.kind === 'postgres' ? 'system' : 'service'
  const commands = deps.commands
    .filter((command) => command.syntax.words.some((word) => word.takes === takes))
    .map((command) => {
      const params = { system, service: system } as never
      return { name: command.name, right: command.right(params, plan, { jobSystem: system, approverRoles }) }
    })
  const approving = { name: 'approve', right: { kind: 'roles', roles: approverRoles } as const }
  const byRole = [...commands, approving].flatMap(({ name, right }) =>
    right.kind === 'roles' ? [{ name, roles: right.roles }] : [],
  )
  const may = byRole.filter(({ roles }) => held.holdsOne(roles))
  const mayNot = byRole.filter((one) => !may.includes(one))
  return {
    system,
    may: may.map(({ name }) => name),
    mayNot: mayNot.map(({ name }) => name),
    others: nameOthers(mayNot.flatMap(({ roles }) => roles)),
  }
}
