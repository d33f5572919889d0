import { lookAtPager } from './look-at-pager.ts'
import { bad, badBy, good, type ReadinessProbe, type ReadinessReach, type Seen, warn } from './reach.ts'

/** Roles have people, every destructive step can be approved whoever asks, groups resolve, and people can be reached. */
export const lookAtPeople: ReadinessProbe = async (reach) => {
  return [
    ...(await lookAtGroups(reach)),
    ...(await lookAtRoles(reach)),
    ...(await lookAtQuorums(reach)),
    ...(await lookAtTesters(reach)),
    ...(await lookAtChannel(reach)),
    ...(await lookAtAnchors(reach)),
    ...(await lookAtPractice(reach)),
    ...lookAtPager(reach),
  ]
}

async function lookAtGroups({ plan, membersOf }: ReadinessReach): Promise<Seen[]> {
  const groups = new Set(Object.values(plan.roles).flatMap((role) => role.groups))
  return Promise.all(
    [...groups].map(async (group) => {
      try {
        return good(`group ${group}`, `${(await membersOf(group)).length} people`)
      } catch (thrown) {
        const said = thrown instanceof Error ? thrown.message : String(thrown)
        return bad(
          `group ${group}`,
          `cannot be resolved: ${said}`,
          'Until it can be, it grants nobody anything. Check its id and the scope usergroups:read.',
        )
      }
    }),
  )
}

async function lookAtRoles({ plan, peopleOf }: ReadinessReach): Promise<Seen[]> {
  const owners = new Set(Object.values(plan.systems).map(({ owner }) => owner))
  const seen = await Promise.all(
    [...owners].map(async (role) => {
      const people = await peopleOf([role])
      if (people.length > 0) return good(`role ${role}`, `${people.length} people`)
      return bad(`role ${role}`, 'nobody holds it, and it owns systems', 'Add people to it in the plan.')
    }),
  )
  return seen
}

/** Whoever of the owners asks, enough others must be left to approve. */
async function lookAtQuorums(reach: ReadinessReach): Promise<Seen[]> {
  const { plan, peopleOf, policyFor } = reach
  const policies = Object.entries(plan.systems).flatMap(([system, { owner }]) =>
    (['destructive', 'reversible'] as const)
      .map((risk) => ({ system, owner, risk, policy: policyFor(plan, system, risk) }))
      .filter(({ policy }) => policy.count > 0),
  )
  return Promise.all(
    policies.map(async ({ system, owner, risk, policy }) => {
      const [approvers, owners] = await Promise.all([peopleOf(policy.from), peopleOf([owner])])
      const left = owners.map((one) => approvers.filter((other) => !policy.notRequester || other !== one).length)
      const fewest = Math.min(approvers.length, ...left)
      const subject = risk === 'destructive' ? `approvals of ${system}` : `approvals of reversible steps of ${system}`
      const seen = `${policy.count} of ${policy.from.join(', ')} needed, ${fewest} left whoever asks`
      if (fewest < policy.count)
        return bad(subject, seen, 'Add people to the role, or nobody can approve on the night.')
      if (fewest === policy.count) return warn(subject, seen, 'If one of them sleeps, everything waits. Add somebody.')
      return good(subject, seen)
    }),
  )
}

async function lookAtTesters({ plan, peopleOf }: ReadinessReach): Promise<Seen[]> {
  return Promise.all(
    Object.entries(plan.uat).map(async ([name, { testers, needed }]) => {
      const count = (await peopleOf(testers)).length
      if (count >= needed) return good(`testers of ${name}`, `${count} people, ${needed} needed`)
      return bad(`testers of ${name}`, `${count} people, ${needed} needed`, 'Add people to the role in the plan.')
    }),
  )
}

async function lookAtChannel({ plan, channelMembers, peopleOf }: ReadinessReach): Promise<Seen[]> {
  if (plan.channel === undefined)
    return [
      warn('channel', 'the plan names no channel', 'Add `channel`, so that incidents opened elsewhere have a thread.'),
    ]
  try {
    const members = await channelMembers(plan.channel)
    if (members === null) return []
    const people = await peopleOf(Object.keys(plan.roles))
    const ids = people.map((person) => plan.people[person]?.slack ?? person)
    const away = ids.filter((id) => !members.includes(id))
    if (away.length === 0) return [good(`channel ${plan.channel}`, `all ${ids.length} people with a role are in it`)]
    return [warn(`channel ${plan.channel}`, `${away.join(', ')} cannot see it`, 'Invite them before the migration.')]
  } catch (thrown) {
    return [badBy(`channel ${plan.channel}`, thrown)]
  }
}

/** Whoever is in the channel of anchors can be asked later what was there; Slack answers about those the bot is in. */
async function lookAtAnchors({ plan: { anchor }, channelMembers }: ReadinessReach): Promise<Seen[]> {
  if (anchor?.channel === undefined) return []
  const what = `anchors in ${anchor.channel}`
  try {
    const members = await channelMembers(anchor.channel)
    return members === null ? [] : [good(what, `${members.length} members see them`)]
  } catch (thrown) {
    return [badBy(what, thrown)]
  }
}

async function lookAtPractice({ plan, peopleOf, policyFor, practised }: ReadinessReach): Promise<Seen[]> {
  const roles = Object.entries(plan.systems).flatMap(([name, { owner }]) => [
    owner,
    ...policyFor(plan, name, 'destructive').from,
  ])
  const [people, done] = await Promise.all([peopleOf([...new Set(roles)]), practised()])
  const never = people.filter((person) => !done.has(person))
  if (never.length === 0) return [good('practice', 'everybody has asked for or approved a restore before')]
  return [
    warn(
      'practice',
      `${never.join(', ')} never asked for or approved a restore`,
      'Let them practise: npm run sandbox.',
    ),
  ]
}
