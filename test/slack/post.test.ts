import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import { clientOptions } from '../../src/slack/clients.ts'
import { createNames } from '../../src/slack/names.ts'
import { createPoster, NotNow } from '../../src/slack/post.ts'
import { createFileSharing } from '../../src/slack/share-file.ts'
import { createGroupResolver } from '../../src/slack/user-groups.ts'
import { createMemoryMessages } from './support/memory-messages.ts'
import { workspace } from './support/workbench.ts'
import { plan } from './support/world.ts'

const clock = { now: () => new Date() }
const messages = () => createMemoryMessages(() => [])
let slack: LocalSlack
let client: WebClient

beforeEach(async () => {
  slack = await startLocalSlack({ botToken: 'xoxb-local', signingSecret: 's', workspace })
  client = new WebClient('xoxb-local', clientOptions(slack.apiUrl, silentLog))
})

afterEach(() => slack.close())

function makePoster(store = messages()) {
  return createPoster({
    client,
    messages: store,
    names: createNames(client, () => plan),
    clock,
    log: silentLog,
    settleMs: 50,
  })
}

const post = (key: string, text = 'hello', channel = 'C0INC') => ({
  ...{ key, incident: 7, channel, thread: null, job: null },
  ...{ card: buildLineCard(text), notify: [] },
})

describe('posting', () => {
  it('posts the same key once', async () => {
    const poster = makePoster()
    const [first, second] = [await poster.post(post('k')), await poster.post(post('k'))]
    expect(second.ts).toBe(first.ts)
    expect(slack.messages('inc')).toHaveLength(1)
  })

  it('finds a post whose answer was lost, even after the process that posted it is gone', async () => {
    const store = messages()
    slack.faults.dropAnswer('chat.postMessage', 1)
    await expect(makePoster(store).post(post('k'))).rejects.toThrow(NotNow)
    expect(await makePoster(store).post(post('k'))).toMatchObject({ state: 'posted', ts: slack.messages('inc')[0]?.ts })
    expect(slack.messages('inc')).toHaveLength(1)
  })

  it('posts again what never arrived', async () => {
    const store = messages()
    slack.faults.serverError('chat.postMessage', 503, 1)
    await expect(makePoster(store).post(post('k'))).rejects.toThrow(NotNow)
    await makePoster(store).post(post('k'))
    expect(slack.messages('inc')).toHaveLength(1)
  })

  it('does not post while it cannot look for what was lost', async () => {
    const store = messages()
    slack.faults.dropAnswer('chat.postMessage', 1)
    slack.faults.serverError('conversations.history', 500, 1)
    await expect(makePoster(store).post(post('k'))).rejects.toThrow(NotNow)
    await expect(makePoster(store).post(post('k'))).rejects.toThrow('cannot look')
    await makePoster(store).post(post('k'))
    expect(slack.messages('inc')).toHaveLength(1)
  })

  it('waits for an invitation where it is no member', async () => {
    await expect(makePoster().post(post('k', 'x', 'C0OTHER'))).rejects.toMatchObject({ ms: 20_000 })
  })

  it('stays below the rate that Slack allows', async () => {
    const poster = makePoster()
    for (let index = 0; index < 6; index += 1) await poster.post(post(`k${index}`))
    expect(slack.violations).toEqual([])
  })
})

describe('sharing a file', () => {
  const share = (sharedWithinMs: number) => {
    const sleep = async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 50)))
      return true
    }
    return createFileSharing({ client, poster: makePoster(), log: silentLog, sleep, sharedWithinMs })
  }
  const where = { key: 'file', incident: 7, channel: 'C0INC', thread: null, job: null }

  it('falls back to text where Slack never shares it', async () => {
    slack.faults.delayFileShare(Number.POSITIVE_INFINITY)
    await share(2000)(where, { name: 'incident-7.md', text: '# Report\nlost <nothing>' })
    expect(JSON.stringify(slack.messages('inc')[0]?.blocks)).toContain('# Report\\nlost &lt;nothing&gt;')
  })

  it('says nothing more where Slack shares it', async () => {
    await share(20_000)(where, { name: 'incident-7.md', text: '# Report' })
    expect(slack.messages('inc')).toHaveLength(1)
    expect(slack.files()[0]?.content.toString()).toBe('# Report')
  })
})

describe('user groups', () => {
  it('are asked once a minute, and fail where Slack cannot say', async () => {
    let now = 0
    const resolve = createGroupResolver(client, { now: () => new Date(now) })
    expect(await resolve('S0DBAS')).toEqual(['U0DANA'])
    now = 59_000
    expect(await resolve('S0DBAS')).toEqual(['U0DANA'])
    expect(slack.calls).toHaveLength(1)
    now = 60_000
    slack.faults.serverError('usergroups.users.list', 500, 1)
    await expect(resolve('S0DBAS')).rejects.toThrow('Slack does not answer')
  })

  it('that do not exist have nobody', async () => {
    expect(await createGroupResolver(client, clock)('S0GONE')).toEqual([])
  })
})
