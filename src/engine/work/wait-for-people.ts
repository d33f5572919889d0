import { isAnswered } from '../../domain/ask.ts'
import type { Step } from '../../domain/step.ts'
import type { JobView } from '../../domain/view.ts'
import { waitsFor } from '../../domain/waiting.ts'
import { makeMove } from '../once.ts'
import type { WorkDeps } from './deps.ts'

/** How the subjects of a step's questions begin: an attempt asks its own. */
export const askedBy = ({ id, attempt }: Pick<Step, 'id' | 'attempt'>) => `${id}/${attempt}.`

/** Does a step that asks people have all their answers, or is its time over? One that nobody was asked for has not. */
export function hasAnswers({ asks }: Pick<JobView, 'asks'>, step: Step): boolean {
  const mine = asks.filter(({ subject, state }) => subject.startsWith(askedBy(step)) && state !== 'withdrawn')
  return mine.length > 0 && mine.every((ask) => ask.state !== 'asked' || isAnswered(ask))
}

/** Parks a job that goes on with people's answers; the keeper asks them, since workers ask nobody. */
export async function waitForPeople(deps: WorkDeps, seen: JobView, step: Step): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(seen.job.id)
    if (view?.job.state !== 'running' || view.job.stopRequestedAt !== null || hasAnswers(view, step)) return null
    await tx.updateJob(seen.job.id, { state: 'awaiting_person', waitingFor: waitsFor('answers') })
    return null
  })
}
