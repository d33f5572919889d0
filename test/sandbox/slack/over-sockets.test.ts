import { afterEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../sandbox/slack/index.ts'
import { type RunningApp, secrets, startSocketApp, startWorkspace } from './fixture.ts'

const running: (LocalSlack | RunningApp)[] = []
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await ('stop' in one ? one.stop() : one.close())
})

async function start(listeners: Parameters<typeof startSocketApp>[1]) {
  const slack = await startWorkspace({ appToken: secrets.appToken })
  running.push(slack)
  const socketApp = await startSocketApp(slack, listeners)
  running.push(socketApp)
  return { slack, client: socketApp.app.client }
}

test('commands, mentions and clicks arrive over a socket and are acknowledged there', async () => {
  const seen: string[] = []
  const { slack, client } = await start((app) => {
    app.command('/recover', async ({ ack, command }) => {
      seen.push(`command ${command.text}`)
      await ack(`did you mean ${command.text}?`)
    })
    app.event('app_mention', async ({ event }) => void seen.push(`mention ${event.text}`))
    app.action('stop', async ({ ack, action }) => {
      seen.push(`click ${'value' in action ? action.value : ''}`)
      await ack()
    })
  })
  const alice = slack.as('alice')
  const spoken = await alice.says('/recover status', { channel: 'incident' })
  expect(spoken.ephemerals.map((one) => one.text)).toEqual(['did you mean status?'])
  await alice.says('@salvor help', { channel: 'incident' })
  const text = { type: 'plain_text' as const, text: 'Stop' }
  const button = { type: 'button' as const, action_id: 'stop', value: 'restore-1', text }
  await client.chat.postMessage({ channel: 'C0INC', text: 'card', blocks: [{ type: 'actions', elements: [button] }] })
  await alice.presses('Stop')
  expect(seen).toEqual(['command status', 'mention <@U0SALVOR> help', 'click restore-1'])
  expect(slack.violations).toEqual([])
})

test('a refreshed socket comes back by itself, with a new ticket', async () => {
  const { slack } = await start((app) => app.command('/recover', async ({ ack }) => ack()))
  slack.faults.disconnectSockets('refresh_requested')
  await slack.waitFor('the socket to go', () => slack.socketCount() === 0)
  await slack.waitFor('a new socket', () => slack.socketCount() === 1, 12_000)
  expect((await slack.as('alice').says('/recover status', { channel: 'incident' })).status).toBe(200)
})

test('one of two sockets can be sent away, and the other one takes every command', async () => {
  const { slack } = await start((app) => app.command('/recover', async ({ ack }) => ack()))
  running.push(await startSocketApp(slack, (app) => app.command('/recover', async ({ ack }) => ack())))
  await slack.waitFor('two sockets', () => slack.socketCount() === 2)
  slack.faults.disconnectSockets('refresh_requested', 1)
  for (let turn = 0; turn < 4; turn += 1) {
    expect((await slack.as('alice').says('/recover status', { channel: 'incident' })).status).toBe(200)
  }
  expect(slack.violations).toEqual([])
})

test('without a socket a command fails with dispatch_failed', async () => {
  const slack = await startWorkspace({ appToken: secrets.appToken })
  running.push(slack)
  const spoken = await slack.as('alice').says('/recover status', { channel: 'incident' })
  expect(spoken.notice).toBe('dispatch_failed')
  expect(slack.violations[0]).toMatchObject({ kind: 'not_acknowledged', error: 'dispatch_failed' })
})

test('a ticket opens one socket only', async () => {
  const slack = await startWorkspace({ appToken: secrets.appToken })
  running.push(slack)
  const headers = { authorization: `Bearer ${secrets.appToken}` }
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers })
  const { url } = (await opened.json()) as { url: string }
  const first = new WebSocket(url)
  const hello = await new Promise<string>((resolve) => {
    first.addEventListener('message', (event) => resolve(String(event.data)), { once: true })
  })
  expect(JSON.parse(hello)).toMatchObject({ type: 'hello', num_connections: 1 })
  const second = new WebSocket(url)
  await new Promise((resolve) => second.addEventListener('error', resolve, { once: true }))
  expect(slack.socketCount()).toBe(1)
  first.close()
  await slack.waitFor('the end', () => slack.socketCount() === 0)
})

test('a bot token cannot open a socket', async () => {
  const slack = await startWorkspace({ appToken: secrets.appToken })
  running.push(slack)
  const headers = { authorization: `Bearer ${secrets.botToken}` }
  const refused = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers })
  expect(await refused.json()).toMatchObject({ ok: false, error: 'not_allowed_token_type' })
})
