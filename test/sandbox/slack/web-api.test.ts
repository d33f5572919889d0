import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../sandbox/slack/index.ts'
import { readError, secrets, startWorkspace } from './fixture.ts'

let slack: LocalSlack
let client: WebClient
let clock: number
beforeEach(async () => {
  clock = Date.UTC(2026, 0, 2, 3, 4, 5)
  slack = await startWorkspace({ now: () => clock })
  client = new WebClient(secrets.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
})
afterEach(() => slack.close())

const post = (text: string, more: Record<string, unknown> = {}) =>
  client.chat.postMessage({ channel: 'C0INC', text, ...more } as Parameters<typeof client.chat.postMessage>[0])

test('who the token belongs to is answered; a wrong or missing token is refused', async () => {
  expect(await client.auth.test()).toMatchObject({ user_id: 'U0SALVOR', bot_id: 'B0SALVOR', team_id: 'T0LOCAL' })
  const stranger = new WebClient('xoxb-other', { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } })
  expect(await readError(stranger.auth.test())).toBe('invalid_auth')
  expect(slack.violations.map((one) => one.error)).toEqual(['invalid_auth'])
})

test.each([
  ['a channel without the bot', { channel: 'C0OTHER', text: 'x' }, 'not_in_channel'],
  ['a private channel without the bot', { channel: 'C0SECRET', text: 'x' }, 'channel_not_found'],
  ['an unknown channel', { channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
  ['an unknown thread', { channel: 'C0INC', text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  ['two kinds of text', { channel: 'C0INC', text: 'x', markdown_text: 'x' }, 'markdown_text_conflict'],
  ['no words and no blocks', { channel: 'C0INC' }, 'no_text'],
])('posting to %s is refused', async (_, args, error) => {
  expect(await readError(client.chat.postMessage(args as never))).toBe(error)
  expect(slack.violations).toMatchObject([{ kind: 'refused', method: 'chat.postMessage', error }])
})

test('a person is reached by user id, and only they are notified', async () => {
  const posted = await client.chat.postMessage({ channel: 'U0BOB', text: 'Approve?' })
  expect(posted.channel).toBe('D0BOB')
  expect(slack.directMessages('bob').map((one) => one.text)).toEqual(['Approve?'])
  expect(slack.notifications('bob').map((one) => one.why)).toEqual(['direct message'])
  expect(slack.notifications('alice')).toEqual([])
})

test('a user group that is mentioned is notified, an edit notifies nobody', async () => {
  const posted = await post('<!subteam^S0DBAS> approve')
  await client.chat.update({ channel: 'C0INC', ts: String(posted.ts), text: '<@U0ALICE> done' })
  expect(slack.notifications('bob')).toHaveLength(1)
  expect(slack.notifications('alice')).toHaveLength(0)
})

test('only own messages can be updated, with at most 4,000 characters', async () => {
  const spoken = await slack.as('alice').says('mine', { channel: 'incident' })
  const update = (ts: string, text: string) => readError(client.chat.update({ channel: 'C0INC', ts, text }))
  expect(await update(String(spoken.ts), 'stolen')).toBe('cant_update_message')
  const own = String((await post('own')).ts)
  expect(await update(own, 'x'.repeat(4001))).toBe('msg_too_long')
  expect(await update(own, 'x'.repeat(4000))).toBe('ok')
  expect(await update('1.000001', 'x')).toBe('message_not_found')
  expect(slack.messages('incident').map((one) => one.text.length)).toEqual([4, 4000])
})

test('updating the text alone keeps the blocks, an empty list removes them', async () => {
  const blocks = [{ type: 'divider' }]
  const { ts } = await post('card', { blocks })
  await client.chat.update({ channel: 'C0INC', ts: String(ts), text: 'other' })
  expect(slack.messages('incident')[0]?.blocks).toHaveLength(1)
  await client.chat.update({ channel: 'C0INC', ts: String(ts), text: 'other', blocks: [] })
  expect(slack.messages('incident')[0]?.blocks).toEqual([])
})

test('blocks without a fallback text are a violation, though Slack takes them', async () => {
  const blocks = [{ type: 'divider' }]
  expect(await readError(client.chat.postMessage({ channel: 'C0INC', blocks } as never))).toBe('ok')
  expect(slack.violations).toMatchObject([{ kind: 'rule', error: 'missing_text_in_message' }])
})

test('metadata comes back only on demand, and is flat', async () => {
  const metadata = { event_type: 'salvor_card', event_payload: { job: 'restore-1', position: 7 } }
  const root = String((await post('root', { metadata })).ts)
  await post('reply', { thread_ts: root })
  const plain = await client.conversations.replies({ channel: 'C0INC', ts: root })
  expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'salvor_card' })
  const full = await client.conversations.replies({ channel: 'C0INC', ts: root, include_all_metadata: true })
  expect(full.messages?.map((one) => one.metadata?.event_payload)).toEqual([metadata.event_payload, undefined])
  const nested = { event_type: 'x', event_payload: { a: { b: 1 } } }
  expect(await readError(post('x', { metadata: nested }))).toBe('invalid_metadata_schema')
})

test('history is newest first, without replies, in pages', async () => {
  for (const text of ['one', 'two', 'three']) await post(text)
  const root = slack.messages('incident')[0]?.ts ?? ''
  await post('reply', { thread_ts: root })
  const first = await client.conversations.history({ channel: 'C0INC', limit: 2 })
  expect(first.messages?.map((one) => one.text)).toEqual(['three', 'two'])
  const cursor = first.response_metadata?.next_cursor ?? ''
  const second = await client.conversations.history({ channel: 'C0INC', limit: 2, cursor })
  expect(second.messages?.map((one) => one.text)).toEqual(['one'])
  expect(second.has_more).toBe(false)
})

test('posting faster than once a second is answered 429 with Retry-After, and counts by channel', async () => {
  const results = []
  for (let index = 0; index < 6; index += 1) results.push(await readError(post(`message ${index}`)))
  expect(results.slice(0, 5)).toEqual(Array(5).fill('ok'))
  expect(results[5]).toMatch(/rate-limit .* retry this request in 1 seconds/)
  expect(slack.violations).toMatchObject([{ kind: 'rate_limited', method: 'chat.postMessage' }])
  expect(await readError(client.chat.postMessage({ channel: 'U0BOB', text: 'other channel' }))).toBe('ok')
  clock += 1000
  expect(await readError(post('a second later'))).toBe('ok')
})

test('an injected 429 carries its Retry-After and is no violation', async () => {
  slack.faults.rateLimit('chat.update', 7, 1)
  const headers = { authorization: `Bearer ${secrets.botToken}`, 'content-type': 'application/json' }
  const response = await fetch(`${slack.apiUrl}chat.update`, { method: 'POST', headers, body: '{}' })
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
  expect(slack.violations).toEqual([])
})

test('looking for somebody who is not there is no violation, a wrong method is', async () => {
  expect(await readError(client.users.info({ user: 'U0NONE' }))).toBe('user_not_found')
  expect(slack.violations).toEqual([])
  expect(await readError(client.apiCall('chat.shout', {}))).toBe('unknown_method')
  expect(slack.violations).toHaveLength(1)
})

test('groups, members and permalinks can be read', async () => {
  const groups = await client.usergroups.list({ include_users: true })
  expect(groups.usergroups?.[0]).toMatchObject({ id: 'S0DBAS', users: ['U0BOB', 'U0DANA'] })
  const members = await client.conversations.members({ channel: 'C0INC' })
  expect(members.members).toContain('U0SALVOR')
  const { ts } = await post('root')
  const link = await client.chat.getPermalink({ channel: 'C0INC', message_ts: String(ts) })
  expect(link.permalink).toContain('/archives/C0INC/p')
})

test('a file is shared some time after its upload was completed', async () => {
  slack.faults.delayFileShare(2_000)
  const root = String((await post('root')).ts)
  const report = { filename: 'incident-7.md', content: '# Report', title: 'Report' }
  const done = await client.filesUploadV2({ channel_id: 'C0INC', thread_ts: root, ...report })
  const id = String((done.files[0] as { files: { id: string }[] }).files[0]?.id)
  expect((await client.files.info({ file: id })).file?.shares).toEqual({})
  await slack.waitFor('the share', () => slack.thread('incident', root).length === 2)
  const shared = (await client.files.info({ file: id })).file?.shares?.public?.C0INC
  expect(shared?.[0]?.thread_ts).toBe(root)
  expect(slack.files()[0]?.content.toString()).toBe('# Report')
  expect(slack.violations).toEqual([])
})

test('a file shared in a direct message is listed as private', async () => {
  slack.faults.delayFileShare(0)
  await client.conversations.open({ users: 'U0BOB' })
  const done = await client.filesUploadV2({ channel_id: 'D0BOB', filename: 'a.txt', content: 'x' })
  const id = String((done.files[0] as { files: { id: string }[] }).files[0]?.id)
  await slack.waitFor('the share', () => slack.directMessages('bob').length === 1)
  expect(Object.keys((await client.files.info({ file: id })).file?.shares ?? {})).toEqual(['private'])
})

test('a reaction twice is refused, a pin too', async () => {
  const timestamp = String((await post('root')).ts)
  const reaction = { channel: 'C0INC', timestamp, name: 'eyes' }
  expect(await readError(client.reactions.add(reaction))).toBe('ok')
  expect(await readError(client.reactions.add(reaction))).toBe('already_reacted')
  expect(await readError(client.pins.add({ channel: 'C0INC', timestamp }))).toBe('ok')
  await slack.as('bob').reacts('eyes', { channel: 'incident', ts: timestamp })
  const listed = await client.reactions.get({ channel: 'C0INC', timestamp })
  expect(listed.message?.reactions?.[0]).toMatchObject({ name: 'eyes', count: 2 })
})

test('during an outage nobody gets through, afterwards everybody does', async () => {
  slack.faults.outage(true)
  expect(await readError(post('lost'))).not.toBe('ok')
  await expect(slack.as('alice').says('/recover status', { channel: 'incident' })).rejects.toThrow(/Slack is down/)
  slack.faults.outage(false)
  expect(await readError(post('back'))).toBe('ok')
  expect(slack.messages('incident').map((one) => one.text)).toEqual(['back'])
  expect(slack.violations).toEqual([])
})

test('a server error does nothing, and hits as often as asked', async () => {
  slack.faults.serverError('*', 503, 1)
  expect(await readError(post('lost'))).not.toBe('ok')
  expect(await readError(post('kept'))).toBe('ok')
  expect(slack.messages('incident')).toHaveLength(1)
})

test('a method outside the scopes of the manifest is refused, and says which scope it needs', async () => {
  const narrow = await startWorkspace({ scopes: ['chat:write', 'channels:history'] })
  const own = new WebClient(secrets.botToken, { slackApiUrl: narrow.apiUrl, retryConfig: { retries: 0 } })
  const root = await own.chat.postMessage({ channel: 'C0INC', text: 'root' })
  const direct = await own.chat.postMessage({ channel: 'U0BOB', text: 'direct' })
  const read = (channel: string, ts: unknown) => readError(own.conversations.replies({ channel, ts: String(ts) }))
  expect(await read('C0INC', root.ts)).toBe('ok')
  expect(await read('D0BOB', direct.ts)).toBe('missing_scope')
  expect(narrow.violations).toMatchObject([{ error: 'missing_scope', detail: '"im:history"' }])
  await narrow.close()
})

test('what was called can be read back with its objects', async () => {
  await post('card', { blocks: [{ type: 'divider' }] })
  expect(slack.calls.at(-1)).toMatchObject({
    method: 'chat.postMessage',
    ok: true,
    args: { blocks: [{ type: 'divider' }] },
  })
  expect(JSON.stringify(slack.calls)).not.toContain(secrets.botToken)
})

test('blocks of a type that has not been rolled out are refused as often as asked, without blame', async () => {
  const blocks = [{ type: 'divider' }]
  slack.faults.pretendInvalidBlocks('divider', 1)
  expect(await readError(post('first', { blocks }))).toBe('invalid_blocks')
  expect(await readError(post('second', { blocks }))).toBe('ok')
  expect(slack.violations).toEqual([])
})
