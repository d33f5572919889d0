import { type Anchor, type Head, isAnchorDue } from '../domain/anchor.ts'
import { buildAnchorCard } from '../domain/cards/anchor-card.ts'
import { durationMs, type RecoveryPlan } from '../domain/recovery-plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MessageStore, PostedMessage } from '../ports/messages.ts'
import type { Poster } from './post.ts'

/** All anchors of a journal in a channel begin so; the number of the event follows. */
export const anchorKey = (channel: string, incident: number) => `anchor:${channel}:${incident}:`

/**
 * Posts the heads of journals to the channel of the plan's `anchor`: of each journal that grew, as often as the plan
 * says and once its incident is closed. What was posted, and when, is remembered by the store, so a restart repeats
 * nothing; the same head is one message for ever. Throws NotNow while Slack cannot take one.
 */
export function createAnchorPublisher(of: {
  /** All journals, that of what belongs to no incident too. */
  readonly listHeads: () => Promise<readonly Head[]>
  readonly hashOf: (incident: number, no: number) => Promise<string | undefined>
  readonly messages: MessageStore
  readonly poster: Poster
  readonly plan: () => RecoveryPlan
  readonly clock: Clock
  readonly log: Log
}): () => Promise<void> {
  const { messages } = of
  /** Journals that have not grown since they were looked at: nothing is asked about them. */
  const settled = new Map<string, number>()

  const post = (channel: string, anchor: Anchor) =>
    of.poster.post({
      key: `${anchorKey(channel, anchor.incident)}${anchor.no}`,
      ...{ incident: anchor.incident, channel, thread: null, job: null, notify: [] },
      card: buildAnchorCard(anchor),
    })

  /** What was begun and perhaps never came: under the same key it is looked for first. */
  const finish = async (channel: string, { key, incident }: PostedMessage): Promise<void> => {
    const no = numberIn(key)
    const hash = await of.hashOf(incident, no)
    if (hash !== undefined) await post(channel, { incident, no, hash })
    else await messages.recordRefused(key)
  }

  return async () => {
    const { anchor } = of.plan()
    if (anchor?.channel === undefined) return
    const { channel, every } = anchor
    for (const { incident, no, hash, closedAt } of await of.listHeads()) {
      const prefix = anchorKey(channel, incident)
      if (settled.get(prefix) === no) continue
      const begun = (await messages.list(incident, prefix)).find(({ state }) => state === 'intended')
      if (begun) await finish(channel, begun)
      const last = (await messages.list(incident, prefix)).findLast(({ state }) => state !== 'intended')
      const kept = last && { no: numberIn(last.key), at: last.intendedAt }
      if (kept && no < kept.no)
        of.log.error({ incident, no, anchored: kept.no }, 'a journal is shorter than its anchor')
      if (isAnchorDue({ no, closedAt }, kept, durationMs(every), of.clock.now())) {
        await post(channel, { incident, no, hash })
        settled.set(prefix, no)
      } else if (kept === undefined || no <= kept.no) settled.set(prefix, no)
    }
  }
}

/** The number of the event, out of such a key. */
export function numberIn(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1))
}
