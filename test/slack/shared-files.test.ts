import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts'
import { silentLog } from '../../src/ports/log.ts'
import { clientOptions } from '../../src/slack/clients.ts'
import { createSharedFiles } from '../../src/slack/shared-files.ts'
import { until } from '../support/until.ts'
import { openWorkbench, workspace } from './support/workbench.ts'

const content = 'UPDATE orders SET total = 1 WHERE id = 1;\n'
const most = 1000
let slack: LocalSlack

beforeEach(async () => {
  slack = await startLocalSlack({ botToken: 'xoxb-local', signingSecret: 's', workspace })
})
afterEach(() => slack.close())

function filesOf(botToken = 'xoxb-local', rewrite: (file: object) => object = (file) => file) {
  const client = new WebClient('xoxb-local', clientOptions(slack.apiUrl, silentLog))
  const info = client.files.info.bind(client.files)
  const changed = async (of: Parameters<typeof info>[0]) => {
    const answer = await info(of)
    return { ...answer, file: rewrite(answer.file ?? {}) }
  }
  Object.assign(client.files, { info: changed })
  return createSharedFiles({ client, botToken, apiUrl: slack.apiUrl, identify: (id) => ({ id, slack: id, os: null }) })
}

async function share(
  file = { name: 'hotfix.sql', content },
  where: { channel: string; thread?: string } = { channel: 'inc' },
) {
  const { ts = '' } = await slack.as('alice').says('look at this', { ...where, file })
  const id = slack.files().at(-1)?.id ?? ''
  return { id, ts }
}

it('lists what was shared in a channel and its threads, and downloads it with the token', async () => {
  const files = filesOf()
  const root = await share()
  await share({ name: 'second.sql', content: 'SELECT 2' }, { channel: 'inc', thread: root.ts })
  const listed = await files.listIn('C0INC')
  expect(listed.map(({ name, own }) => [name, own])).toEqual([
    ['second.sql', false],
    ['hotfix.sql', false],
  ])
  expect(listed[1]).toMatchObject({ id: root.id, size: content.length, by: { id: 'U0ALICE' } })
  expect(Buffer.from(await files.read(listed[1] as never, most)).toString()).toBe(content)
})

it('knows a file only in the channel in which it was shared', async () => {
  const { id } = await share(undefined, { channel: 'other' })
  expect(await filesOf().findIn('C0OTHER', id)).toMatchObject({ id })
  expect(await filesOf().findIn('C0INC', id)).toBeUndefined()
  expect(await filesOf().findIn('C0INC', 'F0NOWHERE')).toBeUndefined()
})

it.each([
  ['the token is not taken, so that Slack shows a page to log in', () => filesOf('xoxb-other')],
  [
    'its address is of another host',
    () => filesOf('xoxb-local', (file) => ({ ...file, url_private_download: 'https://evil.example/x.sql' })),
  ],
  [
    'its address looks like one of Slack',
    () =>
      filesOf('xoxb-local', (file) => ({
        ...file,
        url_private_download: 'https://files.slack.com.evil.example/x.sql',
      })),
  ],
  ['fewer bytes come than it has', () => filesOf('xoxb-local', (file) => ({ ...file, size: content.length + 1 }))],
])('does not take a file where %s', async (_where, files) => {
  await share()
  const [file] = await filesOf().listIn('C0INC')
  await expect(files().read(file as never, most)).rejects.toMatchObject({ code: 'upload_unread' })
})

it('shows its token to nobody else, wherever Slack would send it', async () => {
  const seen: (string | undefined)[] = []
  const thief = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.end(content)
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  const elsewhere = `http://127.0.0.1:${(thief.address() as AddressInfo).port}/x.sql`
  await share()
  const [file] = await filesOf().listIn('C0INC')
  const files = filesOf('xoxb-local', (one) => ({ ...one, url_private_download: elsewhere }))
  await expect(files.read(file as never, most)).rejects.toMatchObject({ code: 'upload_unread' })
  expect(seen).toEqual([])
  await new Promise((resolve) => thief.close(resolve))
})

it('refuses what is too long, and what was deleted', async () => {
  const big = await share({ name: 'big.sql', content: 'x'.repeat(most + 1) })
  const [file] = await filesOf().listIn('C0INC')
  await expect(filesOf().read(file as never, most)).rejects.toMatchObject({ code: 'upload_big' })
  const lying = filesOf('xoxb-local', (one) => ({ ...one, size: most }))
  await expect(lying.read(file as never, most)).rejects.toMatchObject({ code: 'upload_unread' })
  slack.as('alice').deletesFile(big.id)
  await expect(filesOf().read(file as never, most)).rejects.toMatchObject({ code: 'upload_unread' })
  expect(await filesOf().listIn('C0INC')).toEqual([])
})

it.each(['http', 'socket'] as const)(
  'finds what came with a mention over %s, though the event may not say so',
  async (mode) => {
    const bench = await openWorkbench(mode)
    const file = { name: 'hotfix.sql', content }
    const root = await bench.slack.as('bob').says('it is broken', { channel: 'inc' })
    await bench.slack.as('alice').says('@salvor fix orders-db', { channel: 'inc', file, thread: root.ts ?? '' })
    await bench.slack.as('alice').says('@salvor fix orders-db', { channel: 'inc', file })
    await until('both', () => bench.heard.length === 2)
    for (const { said } of bench.heard) {
      expect(await bench.edge().files.listOwn(said)).toMatchObject([{ name: 'hotfix.sql', own: true }])
      const bare = { ...said, message: { ts: said.message?.ts ?? '', files: [] } }
      expect(await bench.edge().files.listOwn(bare)).toMatchObject([{ name: 'hotfix.sql', own: true }])
    }
    await bench.close()
  },
)
