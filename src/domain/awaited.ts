import { isBarred, listDeciders } from './approval.ts'
import { listAnswerers } from './ask.ts'
import type { RecoveryPlan } from './recovery-plan.ts'
import { hasJudged, listWaitingCases } from './uat.ts'
import { findOpenApproval, type JobView } from './view.ts'

/** The people who hold roles, as far as they can be named: for who is told, never for who may. */
export type PeopleOf = (roles: readonly string[]) => Promise<readonly string[]>

/**
 * The people whom a job waits for: those who may decide its approval and have not, or whose word its cases still need.
 * Nobody while it waits for none; nor is anybody named who cannot be looked up now.
 */
export async function listAwaited(
  view: JobView,
  { people }: Pick<RecoveryPlan, 'people'>,
  peopleOf: PeopleOf,
): Promise<readonly string[]> {
  const open = findOpenApproval(view)
  if (open?.state === 'asked') {
    const holders = await peopleOf(listDeciders(open))
    const decided = open.decisions.map(({ person }) => person)
    return holders.filter((one) => !decided.includes(one) && !isBarred(open, one))
  }
  const waiting = listWaitingCases(view)
  const roles = [...new Set(waiting.flatMap(listAnswerers))]
  const holders = roles.length === 0 ? [] : await peopleOf(roles)
  return holders.filter((one) => waiting.some((ask) => !hasJudged(ask, people, one)))
}
