import type { App } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../sandbox/slack/index.ts'
import { type RunningApp, readError, startHttpApp, startWorkspace } from './fixture.ts'

let clock: number
let slack: LocalSlack
let running: RunningApp
let triggers: string[]
let client: App['client']
beforeEach(async () => {
  clock = Date.now()
  triggers = []
  slack = await startWorkspace({ now: () => clock })
  running = await startHttpApp(slack, (app) =>
    app.command('/recover', async ({ ack, command }) => {
      triggers.push(command.trigger_id)
      await ack()
    }),
  )
  client = running.app.client
  await slack.as('alice').says('/recover status', { channel: 'incident' })
})
afterEach(async () => {
  await running.stop()
  await slack.close()
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const view = { type: 'modal' as const, title: plain('Why?'), blocks: [{ type: 'divider' as const }] }

test('a trigger id opens a modal once', async () => {
  const trigger_id = triggers[0] ?? ''
  expect(await readError(client.views.open({ trigger_id, view }))).toBe('ok')
  expect(await readError(client.views.open({ trigger_id, view }))).toBe('exchanged_trigger_id')
  expect(slack.as('alice').modal()?.view.title).toEqual(plain('Why?'))
  expect(slack.violations.map((one) => one.error)).toEqual(['exchanged_trigger_id'])
})

test('a trigger id lives three seconds', async () => {
  clock += 3001
  expect(await readError(client.views.open({ trigger_id: triggers[0] ?? '', view }))).toBe('expired_trigger_id')
})

test('a made-up trigger id is refused', async () => {
  expect(await readError(client.views.open({ trigger_id: '1.2.x', view }))).toBe('invalid_trigger_id')
})

test('a modal with too long a title, or an input without a submit button, is refused', async () => {
  const trigger_id = triggers[0] ?? ''
  const tooLong = { ...view, title: plain('x'.repeat(25)) }
  expect(await readError(client.views.open({ trigger_id, view: tooLong }))).toBe('invalid_arguments')
  expect(slack.violations[0]?.detail).toContain('must be less than 25 characters [json-pointer:/view/title/text]')
})

test('a stale hash does not overwrite a view', async () => {
  const opened = await client.views.open({ trigger_id: triggers[0] ?? '', view })
  const view_id = String(opened.view?.id)
  const hash = String(opened.view?.hash)
  expect(await readError(client.views.update({ view_id, hash, view }))).toBe('ok')
  expect(await readError(client.views.update({ view_id, hash, view }))).toBe('hash_conflict')
})

test('a response_url dies after half an hour', async () => {
  const urls: string[] = []
  running.app.command('/late', async ({ ack, command }) => {
    urls.push(command.response_url)
    await ack()
  })
  await slack.as('alice').says('/late', { channel: 'incident' })
  clock += 30 * 60_000 + 1
  const response = await fetch(urls[0] ?? '', { method: 'POST', body: '{"text":"x"}' })
  expect(await response.json()).toMatchObject({ error: 'expired_url' })
})
