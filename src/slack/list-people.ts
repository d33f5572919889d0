import type { WebClient } from '@slack/web-api'
import type { Discovery } from '../domain/discovery.ts'

/** Pages of two hundred: more people than that are not written into a plan by hand. */
const PAGES = 5

/** People of the workspace who are no bots and not gone. Throws what Slack answers, such as `missing_scope`. */
export async function listPeople(client: WebClient): Promise<Discovery['people']> {
  const people: { id: string; name: string }[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const answer = await client.users.list({ limit: 200, ...(cursor ? { cursor } : {}) })
    for (const user of answer.members ?? []) {
      if (user.id === undefined || user.deleted || user.is_bot || user.id === 'USLACKBOT') continue
      people.push({ id: user.id, name: user.profile?.display_name || user.real_name || user.name || user.id })
    }
    cursor = answer.response_metadata?.next_cursor
    if (!cursor) break
  }
  return people
}
