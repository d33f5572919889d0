import type { Person } from '../domain/person.ts'
import type { RoleBook } from '../ports/plans.ts'

/**
 * Does the person hold one of these roles at this moment? One that is held is enough; while none is, a role that cannot
 * be looked up throws what kept it from being known, so that nobody is refused by a guess, nor let in by one.
 */
export async function holdsAny(
  book: Pick<RoleBook, 'holds'>,
  person: Pick<Person, 'id' | 'slack'>,
  roles: readonly string[],
): Promise<boolean> {
  const answers = await Promise.allSettled(roles.map((role) => book.holds(person, role)))
  if (answers.some((answer) => answer.status === 'fulfilled' && answer.value)) return true
  const broken = answers.find((answer) => answer.status === 'rejected')
  if (broken) throw broken.reason
  return false
}
