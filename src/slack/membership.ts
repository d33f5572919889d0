import type { WebClient } from '@slack/web-api'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Clock } from '../ports/clock.ts'
import type { StoreReader } from '../ports/reader.ts'
import { callSlack } from './call.ts'

/** A bot that is thrown out is noticed within a minute; one that was just invited at once. */
const MEMBER_FOR_MS = 60_000

/** Throws `not_a_member` where the bot could not speak in the channel, so that nothing starts unseen. */
export type RequireMember = (channel: string) => Promise<void>

/** Members of a channel by Slack user id. Throws `slack_unreachable` when Slack does not say. */
export type ChannelMembers = (channel: string) => Promise<readonly string[]>

export function createChannelMembers(client: WebClient): ChannelMembers {
  return async (channel) => {
    const members: string[] = []
    let cursor = ''
    do {
      const page = { channel, limit: 200, ...(cursor ? { cursor } : {}) }
      const asked = await callSlack(() => client.conversations.members(page))
      if (asked.kind !== 'ok') throw new SalvorError('slack_unreachable', {}, { cause: asked })
      members.push(...(asked.value.members ?? []))
      cursor = asked.value.response_metadata?.next_cursor ?? ''
    } while (cursor !== '')
    return members
  }
}

/** The same, asked for at most once a minute and channel. A question that failed is asked again. */
export function rememberMembers(ask: ChannelMembers, clock: Clock): ChannelMembers {
  const known = new Map<string, { members: readonly string[]; at: number }>()
  return async (channel) => {
    const now = clock.now().getTime()
    const found = known.get(channel)
    if (found && now - found.at < MEMBER_FOR_MS) return found.members
    const members = await ask(channel)
    known.set(channel, { members, at: now })
    return members
  }
}

/** Asks Slack, and remembers a yes for a minute. While Slack cannot say, a channel with an open incident counts. */
export function createMembership(client: WebClient, reader: StoreReader, clock: Clock): RequireMember {
  const memberSince = new Map<string, number>()
  return async (channel) => {
    const now = clock.now().getTime()
    if (now - (memberSince.get(channel) ?? Number.NEGATIVE_INFINITY) < MEMBER_FOR_MS) return
    const asked = await callSlack(() => client.conversations.info({ channel }))
    if (asked.kind === 'ok') {
      const found = asked.value.channel
      if (!found?.is_member && !found?.is_im) throw new SalvorError('not_a_member')
      memberSince.set(channel, now)
      return
    }
    if (asked.kind === 'refused') throw new SalvorError('not_a_member')
    // A recovery in progress goes on without Slack's word; a new one waits until it can be seen.
    if (!(await reader.findIncidentInChannel(channel))) throw new SalvorError('slack_unreachable', {}, { cause: asked })
  }
}
