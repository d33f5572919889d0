import type { WebClient } from '@slack/web-api'
import type { PostedMessage } from '../ports/messages.ts'
import { callSlack } from './call.ts'

/** The web address of a posted message; null while it is unknown. */
export type AddressOf = (message: PostedMessage) => Promise<string | null>

/** Addresses are composed as Slack's permalinks are, so that one question to Slack does for all. */
export function createAddresses(client: WebClient): AddressOf {
  let workspace: string | undefined
  return async ({ channel, thread, ts }) => {
    if (ts === null || ts === '') return null
    if (workspace === undefined) {
      const asked = await callSlack(() => client.auth.test())
      if (asked.kind !== 'ok' || !asked.value.url) return null
      workspace = asked.value.url.endsWith('/') ? asked.value.url : `${asked.value.url}/`
    }
    const within = thread ? `?thread_ts=${thread}&cid=${channel}` : ''
    return `${workspace}archives/${channel}/p${ts.replace('.', '')}${within}`
  }
}
