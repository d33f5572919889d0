import type { WebClient } from '@slack/web-api'
import { SalvorError } from '../domain/errors/fail.ts'
import type { Clock } from '../ports/clock.ts'
import { callSlack } from './call.ts'
import type { ResolveGroup } from './people.ts'

/** Rights follow a change of a group within a minute; Slack allows 20 questions a minute. */
const FRESH_MS = 60_000

/**
 * Members of user groups by Slack user id, asked at most once a minute for each group. Throws slack_unreachable
 * when Slack cannot say, so that callers refuse rather than trust an old list.
 */
export function createGroupResolver(client: WebClient, clock: Clock): ResolveGroup {
  const known = new Map<string, { users: string[]; at: number }>()
  return async (group) => {
    const now = clock.now().getTime()
    const cached = known.get(group)
    if (cached && now - cached.at < FRESH_MS) return cached.users
    const asked = await callSlack(() => client.usergroups.users.list({ usergroup: group }))
    if (asked.kind === 'refused' && asked.error === 'no_such_subteam') return []
    if (asked.kind !== 'ok') throw new SalvorError('slack_unreachable', {}, { cause: asked })
    const users = asked.value.users ?? []
    known.set(group, { users, at: now })
    return users
  }
}
