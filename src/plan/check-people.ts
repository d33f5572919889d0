import type { PlanText } from '../domain/recovery-plan.ts'
import { type PlanPath, type Problem, suggest } from './problem.ts'

const slackUser = /^[UW][A-Z0-9]{2,20}$/
const slackGroup = /^S[A-Z0-9]{2,20}$/

/** Who is who must be without doubt: four eyes are counted by these identities. */
export function checkPeople(plan: PlanText): Problem[] {
  const people = Object.keys(plan.people)
  const user = (path: PlanPath, word: string): Problem[] =>
    people.includes(word) || slackUser.test(word)
      ? []
      : [{ path, problem: `"${word}" is neither one of people nor a Slack user id`, fix: suggest(word, people) }]
  return [
    ...Object.entries(plan.roles).flatMap(([role, { users, groups }]) => [
      ...users.flatMap((word, index) => user(['roles', role, 'users', index], word)),
      ...groups.flatMap((group, index) =>
        slackGroup.test(group)
          ? []
          : [{ path: ['roles', role, 'groups', index], problem: `"${group}" is no Slack user group`, fix: groupFix }],
      ),
    ]),
    ...plan.stakeholders.flatMap((word, index) => user(['stakeholders', index], word)),
    ...Object.entries(plan.people).flatMap(([name, { slack, os }]) => [
      ...(slack === undefined || slackUser.test(slack)
        ? []
        : [
            {
              path: ['people', name, 'slack'],
              problem: `"${slack}" is no Slack user id`,
              fix: 'It looks like U0ALICE.',
            },
          ]),
      ...(os === 'root'
        ? [
            {
              path: ['people', name, 'os'],
              problem: 'root is nobody',
              fix: 'Map an account that one person uses alone.',
            },
          ]
        : []),
    ]),
    ...checkUnique(plan, 'slack'),
    ...checkUnique(plan, 'os'),
  ]
}

const groupFix = 'A group id looks like S0DBAS; names and @handles can be changed by anybody.'

function checkUnique(plan: PlanText, of: 'slack' | 'os'): Problem[] {
  const seen = new Map<string, string>()
  return Object.entries(plan.people).flatMap(([name, identity]) => {
    const word = identity[of]
    if (word === undefined) return []
    const other = seen.get(word)
    seen.set(word, name)
    if (other === undefined) return []
    const problem = `${name} and ${other} have the same ${of} identity`
    return [{ path: ['people', name, of], problem, fix: 'One identity belongs to one person.' }]
  })
}
