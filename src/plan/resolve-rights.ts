import type { Person } from '../domain/person.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'

/** The Slack user ids in a user group. Throws when Slack does not say: then nobody holds a right by it. */
export type GroupLookup = (group: string) => Promise<readonly string[]>

/**
 * Does a person hold a role by this plan, now? Named users are known at once; user groups are asked for, and an
 * error of that question comes out: it means no. An unknown role is held by nobody.
 */
export async function holdsRole(
  plan: RecoveryPlan,
  person: Pick<Person, 'id' | 'slack'>,
  role: string,
  groups: GroupLookup,
): Promise<boolean> {
  const known = Object.hasOwn(plan.roles, role) ? plan.roles[role] : undefined
  if (known === undefined) return false
  const id = currentId(plan, person)
  if (id === undefined) return false
  if (known.users.some((user) => idOfUser(plan, user) === id)) return true
  for (const group of known.groups) {
    const members = await groups(group)
    if (members.some((member) => idOfUser(plan, member) === id)) return true
  }
  return false
}

/** Ids of those who hold any of the roles, as far as they can be named now. For messages, never for rights. */
export async function approverNames(
  plan: RecoveryPlan,
  roles: readonly string[],
  groups: GroupLookup,
): Promise<string[]> {
  const known = roles.flatMap((role) => (Object.hasOwn(plan.roles, role) ? (plan.roles[role] ?? []) : []))
  const members = await Promise.all(known.flatMap((role) => role.groups).map((group) => groups(group).catch(() => [])))
  const users = [...known.flatMap((role) => role.users), ...members.flat()]
  return [...new Set(users.map((user) => idOfUser(plan, user)))]
}

/** Who the person is by this plan: it may have changed since the person was identified. */
function currentId(plan: RecoveryPlan, { id, slack }: Pick<Person, 'id' | 'slack'>): string | undefined {
  if (slack !== null) return idOfUser(plan, slack)
  return Object.hasOwn(plan.people, id) ? id : undefined
}

/** A user as the plan writes it (a name or a Slack id), as the one id of that person. */
function idOfUser(plan: RecoveryPlan, user: string): string {
  const mapped = Object.entries(plan.people).find(([, one]) => one.slack === user)
  return mapped?.[0] ?? user
}
