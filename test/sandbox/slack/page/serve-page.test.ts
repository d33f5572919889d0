import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../../sandbox/slack/index.ts'
import type { Answer, PageState } from '../../../../sandbox/slack/page/wire.ts'
import { readSources } from '../../../support/sources.ts'
import { secrets, startWorkspace } from '../fixture.ts'

let slack: LocalSlack
beforeEach(async () => {
  slack = await startWorkspace()
})
afterEach(() => slack.close())

const say = { person: 'alice', channel: 'C0INC', text: 'hello' }
const json = { 'content-type': 'application/json' }

/** fetch() sets Host itself, so a rebound name needs the plain client. */
function ask(path: string, headers: Record<string, string>, body?: unknown): Promise<number> {
  const { hostname, port } = new URL(slack.url)
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path: `${new URL(slack.pageUrl).pathname}${path}`, method: body ? 'POST' : 'GET', headers },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    asked.on('error', reject)
    asked.end(body ? JSON.stringify(body) : undefined)
  })
}

test('the page and everything it names is served, and nothing from the disk', async () => {
  const answer = await fetch(slack.pageUrl)
  const html = await answer.text()
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'")
  const named = [...html.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(named.map((path) => path.split('.').at(-1)).toSorted()).toEqual(['css', 'js', 'svg'])
  for (const path of named) expect((await fetch(`${slack.pageUrl}${path}`)).status, path).toBe(200)
  for (const path of ['/main.tsx', '/app.tsx', '/assets/..%2fmain.tsx', '/page/..%2fstart.ts'])
    expect((await fetch(`${slack.pageUrl}${path}`)).status, path).toBe(404)
})

test('a foreign host name is refused, so that no page can rebind its name to loopback', async () => {
  expect(await ask('/page/state', { host: 'evil.example' })).toBe(403)
  expect(await ask('/page/state', { host: 'localhost:4999' })).toBe(200)
})

test('only the page itself may act', async () => {
  const { host } = new URL(slack.url)
  expect(await ask('/page/say', { ...json, host, origin: 'http://evil.example' }, say)).toBe(403)
  expect(await ask('/page/say', { ...json, host }, say)).toBe(403)
  expect(await ask('/page/say', { host, origin: slack.url, 'content-type': 'text/plain' }, say)).toBe(415)
  expect(slack.messages('incident')).toEqual([])
  expect(await ask('/page/say', { ...json, host, origin: slack.url }, say)).toBe(200)
  expect(slack.messages('incident').map((one) => one.text)).toEqual(['hello'])
})

test('a person sees what concerns them, and not the private ones of others', async () => {
  await slack.as('alice').says('@bob look', { channel: 'incident' })
  const headers = { ...json, authorization: `Bearer ${secrets.botToken}` }
  const body = JSON.stringify({ channel: 'C0INC', user: 'U0BOB', text: 'only bob' })
  await fetch(`${slack.apiUrl}chat.postEphemeral`, { method: 'POST', headers, body })
  const stateOf = async (person: string) => (await fetch(`${slack.pageUrl}/page/state?person=${person}`)).json()
  expect(await stateOf('U0BOB')).toMatchObject({
    person: 'U0BOB',
    ephemerals: [{ text: 'only bob' }],
    notifications: [{ why: 'mention' }],
  })
  expect(await stateOf('U0ALICE')).toMatchObject({ ephemerals: [], notifications: [] })
})

test('changes are told as they happen', async () => {
  const stop = new AbortController()
  const response = await fetch(`${slack.pageUrl}/page/changes`, { signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('hello')
  await slack.as('alice').says('anything', { channel: 'incident' })
  expect((await reader?.read())?.value).toContain('change')
  stop.abort()
})

test('what is built loads nothing from elsewhere and needs no inline script', async () => {
  const html = await (await fetch(slack.pageUrl)).text()
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|<style|(src|href)="https?:/)
  for (const [, path] of html.matchAll(/href="\.(\/[^"]+\.css)"/g)) {
    const css = await (await fetch(`${slack.pageUrl}${path}`)).text()
    expect(css).not.toMatch(/@import|url\(["']?https?:/)
  }
})

test('the page never turns text into markup', () => {
  const sources = readSources().filter(({ path }) => path.startsWith('sandbox/page/'))
  expect(sources.length).toBeGreaterThan(20)
  const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|dangerouslySet/
  expect(sources.filter(({ text }) => markup.test(text)).map(({ path }) => path)).toEqual([])
})

test('a permalink leads to its thread on the page', async () => {
  const root = new URL(slack.pageUrl).pathname
  const where = async (path: string) =>
    (await fetch(`${slack.pageUrl}${path}`, { redirect: 'manual' })).headers.get('location')
  expect(await where('/archives/C0INC/p1700000000123456')).toBe(`${root}/#/C0INC/1700000000.123456`)
  expect(await where('/archives/C0INC/p1700000000123456?thread_ts=1600000000.000001')).toBe(
    `${root}/#/C0INC/1600000000.000001`,
  )
})

test('whoever takes the place of another one talks with the app as that one', async () => {
  expect((await readState('person=U0ALICE')).channels.map(({ id }) => id)).toContain('D0ALICE')
  const { person, channel } = await readState('person=U0BOB&channel=D0ALICE')
  expect([person, channel]).toEqual(['U0BOB', 'D0BOB'])
})

test('notifications are told as people read them, with the thread they stand in', async () => {
  const { ts: root } = await slack.as('alice').says('it is broken', { channel: 'incident' })
  await slack.as('alice').says('@bob look at #incident & <that>', { channel: 'incident', thread: root ?? '' })
  const { notifications } = await readState('person=U0BOB')
  expect(notifications).toMatchObject([{ text: '@bob look at #incident & <that>', threadTs: root }])
})

test('news of a channel are what others said outside of threads', async () => {
  const { ts } = await slack.as('alice').says('first', { channel: 'incident' })
  await slack.as('dana').says('in a thread', { channel: 'incident', thread: ts ?? '' })
  const newest = async (person: string) =>
    (await readState(`person=${person}`)).channels.find(({ id }) => id === 'C0INC')?.newestMessage
  expect(await newest('U0BOB')).toBe(ts)
  expect(await newest('U0ALICE')).toBe('')
})

test('a reaction that is given again is taken back', async () => {
  const { ts } = await slack.as('alice').says('look', { channel: 'incident' })
  const react = () => act('react', { person: 'bob', channel: 'C0INC', ts, emoji: 'eyes' })
  await react()
  expect((await readState('')).messages[0]?.reactions).toMatchObject([{ name: 'eyes', users: ['U0BOB'] }])
  await react()
  expect((await readState('')).messages[0]).not.toHaveProperty('reactions')
})

test('a workspace without commands and panel says so', async () => {
  expect(await (await fetch(`${slack.pageUrl}/page/commands`)).json()).toEqual([])
  expect((await fetch(`${slack.pageUrl}/page/panel`)).status).toBe(204)
  expect(await act('panel', { action: 'reset', story: 'one' })).toMatchObject({ ok: false })
})

test('commands and panel of whoever started the workspace are told, and a reset gets through', async () => {
  await slack.close()
  const commands = [{ name: 'status', usage: 'status', summary: 'Where things stand.', examples: ['status'] }]
  const panel = { patient: null, checklist: [], stories: [], busy: '' }
  const resets: unknown[] = []
  slack = await startWorkspace({
    page: {
      commands,
      panel: {
        describe: async () => panel,
        async act(_action, body) {
          if (body.story !== 'one') throw new Error('there is no such story')
          resets.push(body.story)
        },
      },
    },
  })
  expect(await (await fetch(`${slack.pageUrl}/page/commands`)).json()).toEqual(commands)
  expect(await (await fetch(`${slack.pageUrl}/page/panel`)).json()).toEqual(panel)
  expect(await act('panel', { action: 'reset', story: 'one' })).toEqual({ ok: true })
  expect(await act('panel', { action: 'reset', story: 'two' })).toEqual({ ok: false, error: 'there is no such story' })
  expect(resets).toEqual(['one'])
})

async function readState(query: string): Promise<PageState> {
  return (await fetch(`${slack.pageUrl}/page/state?${query}`)).json() as Promise<PageState>
}

async function act(action: string, body: unknown): Promise<Answer> {
  const headers = { ...json, origin: slack.url }
  const response = await fetch(`${slack.pageUrl}/page/${action}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return response.json() as Promise<Answer>
}
