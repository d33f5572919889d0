import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts'
import { sandboxWorkspace } from '../../sandbox/workspace.ts'
import { openBrowser, openPage, type WatchedPage } from './support/open-browser.ts'

type Payload = Readonly<Record<string, unknown>> & { readonly type: string; readonly trigger_id: string }

const plain = (text: string) => ({ type: 'plain_text', text })
const button = (id: string, more: object = {}) => ({ type: 'button', action_id: id, text: plain(id), ...more })
const confirm = { title: plain('Stop it?'), text: plain('For real.'), confirm: plain('Stop'), deny: plain('Back') }
const menu = ['alpha', 'beta'].map((value) => ({ text: plain(value), value }))
const message = [
  { type: 'actions', elements: [button('Ask'), button('Slow'), button('Gone'), button('Sure', { confirm })] },
  { type: 'actions', elements: [{ type: 'static_select', action_id: 'menu', options: menu }] },
]
const modal = {
  ...{ type: 'modal', callback_id: 'ask', title: plain('Reject'), submit: plain('Reject'), close: plain('Back') },
  blocks: [
    {
      ...{ type: 'input', block_id: 'reason', label: plain('Why?') },
      element: { type: 'plain_text_input', action_id: 'text', multiline: true },
    },
    {
      ...{ type: 'input', block_id: 'choice', label: plain('Which?'), optional: true },
      element: { type: 'radio_buttons', action_id: 'one', options: menu },
    },
  ],
}

let slack: LocalSlack
let browser: Browser
let watched: WatchedPage
const heard: Payload[] = []
const app = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}') as Payload
  heard.push(payload)
  const pressed = (payload.actions as { action_id: string }[] | undefined)?.[0]?.action_id
  if (pressed === 'Slow') await delay(1000)
  if (pressed === 'Ask') await call('views.open', { trigger_id: payload.trigger_id, view: modal })
  const refused = payload.type === 'view_submission' && JSON.stringify(payload.view).includes('"because"')
  const errors = { response_action: 'errors', errors: { reason: 'Say more than that.' } }
  response.writeHead(pressed === 'Gone' ? 500 : 200, { 'content-type': 'application/json' })
  response.end(refused ? JSON.stringify(errors) : '')
})

async function call(method: string, args: object) {
  const headers = { authorization: 'Bearer xoxb-local', 'content-type': 'application/json' }
  return (await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body: JSON.stringify(args) })).json()
}

beforeAll(async () => {
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
  const requestUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`
  slack = await startLocalSlack({
    ...{ botToken: 'xoxb-local', signingSecret: 'local', workspace: sandboxWorkspace, requestUrl },
  })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await slack?.close()
  app.close()
})

beforeEach(async () => {
  slack.reset()
  heard.length = 0
  await watched?.page.context().close()
  await call('chat.postMessage', { channel: 'C0INC', text: 'press', blocks: message })
  watched = await openPage(browser, `${slack.pageUrl}/?person=U0BOB&channel=C0INC`)
  await press('Ask').waitFor()
})

const press = (name: string) => watched.page.getByRole('button', { name, exact: true })

it('a modal takes the focus, keeps what was typed through an error, and closes once it is taken', async () => {
  const { page } = watched
  await press('Ask').click()
  const dialog = page.getByRole('dialog', { name: 'Reject' })
  const reason = dialog.getByLabel('Why?')
  await reason.waitFor()
  expect(await reason.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true)
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.getByText('Please complete this required field.').waitFor()
  expect(heard.filter(({ type }) => type === 'view_submission')).toEqual([])
  await reason.fill('because')
  await dialog.getByLabel('beta').check()
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.getByText('Say more than that.').waitFor()
  expect([await reason.inputValue(), await dialog.getByLabel('beta').isChecked()]).toEqual(['because', true])
  await reason.fill('wrong backup')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.waitFor({ state: 'detached' })
  const sent = heard.filter(({ type }) => type === 'view_submission').at(-1)
  expect(sent).toMatchObject({
    view: {
      state: {
        values: {
          reason: { text: { value: 'wrong backup' } },
          choice: { one: { selected_option: { value: 'beta' } } },
        },
      },
    },
  })
  expect(watched.troubles).toEqual([])
})

it('Escape closes a modal, and the focus returns to the button that had opened it', async () => {
  const { page } = watched
  await press('Ask').click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Ask')
  expect(watched.troubles).toEqual([])
})

it('a button waits visibly for the answer and cannot be pressed again meanwhile', async () => {
  await press('Slow').click()
  expect(await press('Slow').getAttribute('aria-busy')).toBe('true')
  await press('Slow').click({ force: true })
  await expect.poll(() => press('Slow').getAttribute('aria-busy'), { timeout: 5000 }).toBe(null)
  expect(heard).toHaveLength(1)
})

it('what the app did not take is said below the button', async () => {
  await press('Gone').click()
  await watched.page
    .getByRole('main')
    .getByText(/did not take it/)
    .waitFor()
})

it('a question that is answered with Back sends nothing, and with yes presses', async () => {
  const { page } = watched
  await press('Sure').click()
  await page.getByRole('dialog', { name: 'Stop it?' }).getByRole('button', { name: 'Back' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(heard).toEqual([])
  await press('Sure').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => heard.length).toBe(1)
})

it('a chosen option reaches the app with the fields that Slack gives it', async () => {
  await watched.page.getByLabel('Select an option').selectOption('beta')
  await expect.poll(() => heard.length).toBe(1)
  expect(heard[0]).toMatchObject({ actions: [{ action_id: 'menu', selected_option: { value: 'beta' } }] })
})

it('a file that is attached goes with the message, and one that is put away does not', async () => {
  const { page } = watched
  const picked = (name: string) => ({ name, mimeType: 'application/sql', buffer: Buffer.from(`-- ${name}\n`) })
  await page
    .getByLabel('Files to attach')
    .first()
    .setInputFiles([picked('hotfix.sql'), picked('other.sql')])
  await page.getByRole('button', { name: 'Do not attach other.sql' }).click()
  const box = page.getByRole('main').getByRole('textbox').first()
  await box.fill('look at this')
  await box.press('Enter')
  const said = await slack.waitFor('the message', () =>
    slack.messages('C0INC').find(({ text }) => text === 'look at this'),
  )
  expect(slack.files().filter(({ id }) => said.files.includes(id))).toMatchObject([{ name: 'hotfix.sql' }])
  expect(slack.files().at(-1)?.content.toString()).toBe('-- hotfix.sql\n')
  await page.getByText('hotfix.sql').last().waitFor()
  expect(watched.troubles).toEqual([])
})

it('another page in the same browser can neither read nor speak, though it knows the port, the token and the key', async () => {
  const evil = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>elsewhere</title>')
  })
  await new Promise<void>((done) => evil.listen(0, '127.0.0.1', done))
  const context = watched.page.context()
  const other = await context.newPage()
  await other.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
  const before = slack.messages('C0INC').length
  const seen = await other.evaluate(
    async ({ pageUrl, apiUrl }) => {
      const say = JSON.stringify({ person: 'U0BOB', channel: 'C0INC', text: 'approve it' })
      const post = { channel: 'C0INC', text: 'approve it', token: 'xoxb-local' }
      const form = new URLSearchParams(post).toString()
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      const tries = [
        fetch(`${pageUrl}/page/say`, { method: 'POST', mode: 'no-cors', body: say }),
        fetch(`${pageUrl}/page/say`, { method: 'POST', body: say, headers: { 'content-type': 'application/json' } }),
        fetch(`${pageUrl}/page/state?person=U0BOB`, { credentials: 'include' }),
        fetch(`${apiUrl}chat.postMessage`, { method: 'POST', mode: 'no-cors', body: form, headers: type }),
      ]
      const answers = await Promise.allSettled(tries)
      return answers.map((one) => (one.status === 'fulfilled' ? one.value.status : 'refused'))
    },
    { pageUrl: slack.pageUrl, apiUrl: slack.apiUrl },
  )
  // An answer that a page may not read has the status 0.
  expect(seen).toEqual([0, 'refused', 'refused', 0])
  expect(slack.messages('C0INC')).toHaveLength(before)
  await new Promise((done) => evil.close(done))
})
