import type { EventMap } from '../../domain/events.ts'
import type { EngineDeps } from '../deps.ts'
import { makeMove } from '../once.ts'

/**
 * Puts on record whom no message reached of those that a job asks, so that whoever asked for it is told by name. The
 * same people are recorded once a job: each of its cases finds them out anew.
 */
export async function recordUnreached(deps: EngineDeps, job: string, of: EventMap['people_unreached']): Promise<void> {
  await makeMove(deps, null, async (tx) => {
    const view = await tx.lockJob(job)
    if (!view) return null
    const who = [...of.people.map(({ person, why }) => `${person} ${why}`), ...of.roles].toSorted()
    const request = `unreached ${job} ${JSON.stringify(who)}`
    if (await tx.claimRequest(request)) return null
    await tx.append(view.job.incident, { type: 'people_unreached', job, actor: 'salvor', data: of })
    await tx.answerRequest(request, null)
    return null
  })
}
