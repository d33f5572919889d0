import type { EventType } from '../domain/events.ts'
import type { JobState } from '../domain/job.ts'
import type { PostedMessage } from '../ports/messages.ts'
import type { StoreReader } from '../ports/reader.ts'
import type { Board } from './board.ts'
import type { LiveCards } from './draw-live.ts'
import { listEffects } from './lines.ts'

/** The state in which an outcome's buttons mean something; in any other the job has gone on since. */
const states: { readonly [type in EventType]?: JobState } = {
  job_succeeded: 'succeeded',
  job_failed: 'failed',
  job_stopped: 'stopped',
  job_rejected: 'rejected',
  job_needs_person: 'needs_person',
}

/**
 * Outcome messages are posted once, and their buttons outlive what they were for: this marks them to be drawn anew,
 * without buttons where the job has gone on. Lines that are no outcome stay as they are.
 */
export function createOutcomeSettling(of: {
  readonly reader: StoreReader
  readonly live: LiveCards
  readonly board: Board
}): (message: PostedMessage) => void {
  const { reader, live, board } = of
  return ({ key, incident, job, notifies }) => {
    const no = Number(/^event:\d+:(\d+)$/.exec(key)?.[1])
    if (!Number.isInteger(no) || job === null) return
    board.touch(
      key,
      async () => {
        const [event] = await reader.listEvents(incident, no - 1, 1)
        const effect = event && listEffects(event).find((one) => one.kind === 'outcome')
        const view = effect && (await reader.viewJob(job))
        if (!view) return undefined
        const card = effect.build(view, await live.outcome(view))
        const buttons = states[event.type] === view.job.state ? card.buttons : []
        return { card: { ...card, buttons }, notify: notifies ? [view.job.requester] : [] }
      },
      true,
    )
  }
}
