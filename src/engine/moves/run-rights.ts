import { SalvorError } from '../../domain/errors/fail.ts'
import type { Person } from '../../domain/person.ts'
import { type ProcedureStep, rolesForStep } from '../../domain/procedure.ts'
import { markPerson } from '../../domain/text.ts'
import type { EngineDeps } from '../deps.ts'
import { holdsAny } from '../hold-role.ts'

/**
 * Throws `role_missing` unless the person may have this step done at this moment, by the plan in force. A role that
 * cannot be looked up throws what kept it from being known, unless another role suffices: nothing starts on a guess.
 */
export async function checkStepRight(
  deps: Pick<EngineDeps, 'plans' | 'roles'>,
  person: Pick<Person, 'id' | 'slack'>,
  step: ProcedureStep,
  action: string,
): Promise<void> {
  await checkRoles(deps, person, rolesForStep(step, await deps.plans.inForce()), action)
}

/** The same for somebody who has to hold one of these roles. */
export async function checkRoles(
  deps: Pick<EngineDeps, 'roles'>,
  person: Pick<Person, 'id' | 'slack'>,
  roles: readonly string[],
  action: string,
): Promise<void> {
  if (await holdsAny(deps.roles, person, roles)) return
  const people = (await deps.roles.peopleOf(roles).catch(() => [])).filter((one) => one !== person.id)
  const others =
    people.length > 0 ? people.map(markPerson).join(' or ') : `Somebody with the role ${roles.join(' or ') || 'none'}`
  throw new SalvorError('role_missing', { action, others })
}
