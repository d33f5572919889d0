import type { WebClient } from '@slack/web-api'
import { SalvorError } from '../domain/errors/fail.ts'
import { callSlack } from './call.ts'
import { NotNow } from './post.ts'

/** The conversation of the bot with one person alone, by Slack user id. Throws `slack_unreachable`. */
export type OpenDirect = (user: string) => Promise<string>

export function createDirects(client: WebClient): OpenDirect {
  return async (user) => {
    const opened = await callSlack(() => client.conversations.open({ users: user }))
    const channel = opened.kind === 'ok' ? opened.value.channel?.id : undefined
    if (!channel) throw new SalvorError('slack_unreachable', {}, { cause: opened })
    return channel
  }
}

/** The same for what is told from the journal: throws NotNow while Slack cannot; undefined for those who take none. */
export async function reachDirectly(client: WebClient, user: string): Promise<string | undefined> {
  const opened = await callSlack(() => client.conversations.open({ users: user }))
  if (opened.kind === 'limited') throw new NotNow('rate limited', opened.retryAfterMs)
  if (opened.kind === 'lost') throw new NotNow(opened.why, 1000)
  return opened.kind === 'ok' ? opened.value.channel?.id : undefined
}
