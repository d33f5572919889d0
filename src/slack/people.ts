import type { Person } from '../domain/person.ts'
import type { RecoveryPlan } from '../domain/recovery-plan.ts'

type People = Pick<RecoveryPlan, 'people'>

/** The one identity of a Slack user: the plan's name where `people` has one, else the Slack user id. */
export function identifySlackUser(plan: People, user: string): Person {
  const named = Object.entries(plan.people).find(([, one]) => one.slack === user)
  return named ? { id: named[0], slack: user, os: named[1].os ?? null } : { id: user, slack: user, os: null }
}

/** The Slack user id of a person of the journal or the plan; null for one who is not in Slack. */
export function findSlackId(plan: People, person: string): string | null {
  const named = plan.people[person]?.slack
  if (named) return named
  return /^[UW][A-Z0-9]{2,}$/.test(person) ? person : null
}

/** User groups as Slack holds them; throws when Slack cannot say. */
export type ResolveGroup = (group: string) => Promise<string[]>

/**
 * Ids of the people who hold one of the roles, in the plan's order. Groups that Slack cannot name now are left out
 * here: this list decides who is told, never who may.
 */
export async function listRoleHolders(
  plan: Pick<RecoveryPlan, 'people' | 'roles'>,
  roles: readonly string[],
  resolveGroup: ResolveGroup,
): Promise<string[]> {
  const holders = new Set<string>()
  for (const role of roles) {
    const { users = [], groups = [] } = plan.roles[role] ?? {}
    for (const user of users) holders.add(user in plan.people ? user : identifySlackUser(plan, user).id)
    for (const group of groups)
      for (const user of await resolveGroup(group).catch(() => [])) holders.add(identifySlackUser(plan, user).id)
  }
  return [...holders]
}

/** True if the person holds any role now. Throws when only an unreadable group could tell. */
export async function holdsAnyRole(
  plan: Pick<RecoveryPlan, 'people' | 'roles'>,
  person: Person,
  resolveGroup: ResolveGroup,
): Promise<boolean> {
  const roles = Object.values(plan.roles)
  if (roles.some(({ users }) => users.some((user) => user === person.id || user === person.slack))) return true
  for (const group of new Set(roles.flatMap(({ groups }) => groups)))
    if (person.slack !== null && (await resolveGroup(group)).includes(person.slack)) return true
  return false
}
