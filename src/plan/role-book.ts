import type { Plans, RoleBook } from '../ports/plans.ts'
import { approverNames, type GroupLookup, holdsRole } from './resolve-rights.ts'

/** Answers about roles by the plan in force at the moment of the question. */
export function createRoleBook(of: { readonly plans: Pick<Plans, 'inForce'>; readonly groups: GroupLookup }): RoleBook {
  return {
    async holds(person, role) {
      return holdsRole(await of.plans.inForce(), person, role, of.groups)
    },
    async peopleOf(roles) {
      return approverNames(await of.plans.inForce(), roles, of.groups)
    },
  }
}
