import type { Person } from '../../domain/person.ts'
import type { RecoveryPlan } from '../../domain/recovery-plan.ts'

type People = Pick<RecoveryPlan, 'people'>

/**
 * Is somebody the one whom the journal calls `id`? Names come and go with the plan, so every plan that counts is
 * asked: whoever was a Slack id when they asked and has a name now is still the same, and the other way round.
 */
export function isSamePerson(person: Person, id: string, plans: readonly People[]): boolean {
  if (id === person.id || id === person.slack) return true
  return plans.some(({ people }) => {
    const named = Object.hasOwn(people, id) ? people[id] : undefined
    if (named?.slack !== undefined && named.slack === person.slack) return true
    if (named?.os !== undefined && named.os === person.os) return true
    const own = Object.hasOwn(people, person.id) ? people[person.id] : undefined
    return own?.slack === id
  })
}
