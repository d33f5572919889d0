import { SalvorError } from '../../domain/errors/fail.ts'
import type { Person } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'
import { markPerson } from '../../domain/text.ts'
import type { RoleBook } from '../../ports/plans.ts'
import type { Right } from '../define-command.ts'
import { holdsAny } from '../hold-role.ts'

/**
 * Throws unless the person holds the right at this moment: `role_none` for people without any role,
 * `role_missing` for others, both naming who could. A role that cannot be looked up counts as not held,
 * and its error is told when no other role suffices.
 */
export async function checkRight(
  roles: RoleBook,
  plan: RecoveryPlan,
  person: Person,
  right: Right,
  action: string,
): Promise<void> {
  if (right.kind === 'anyone') return
  const wanted = right.kind === 'any_role' ? Object.keys(plan.roles) : right.roles
  if (await holdsAny(roles, person, wanted)) return
  const others = await nameOthers(roles, wanted, person)
  if (right.kind === 'any_role' || !(await holdsAny(roles, person, Object.keys(plan.roles)))) {
    throw new SalvorError('role_none', { others })
  }
  throw new SalvorError('role_missing', { action, others })
}

/** True if the right is held; throws what kept a role from being looked up when no other role suffices. */
export async function holdsRight(roles: RoleBook, plan: RecoveryPlan, person: Person, right: Right): Promise<boolean> {
  if (right.kind === 'anyone') return true
  return holdsAny(roles, person, right.kind === 'any_role' ? Object.keys(plan.roles) : right.roles)
}

/** `@bob or @dana`, without the one who asked; the roles themselves where nobody can be named. */
async function nameOthers(roles: RoleBook, wanted: readonly string[], asker: Person): Promise<string> {
  const people = await roles.peopleOf(wanted).catch(() => [])
  const others = people.filter((person) => person !== asker.id)
  if (others.length > 0) return others.map(markPerson).join(' or ')
  return wanted.length > 0 ? `somebody with the role ${wanted.join(' or ')}` : 'nobody under this plan'
}
