import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSlack } from '../../../../sandbox/slack/index.ts'
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
    const asked = request({ hostname, port, path, method: body ? 'POST' : 'GET', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(body ? JSON.stringify(body) : undefined)
  })
}

test('the page and everything it names is served, and nothing else from the disk', async () => {
  const html = await (await fetch(slack.url)).text()
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(2)
  for (const path of [...named, '/page/dom.js', '/page/text.js']) {
    expect((await fetch(`${slack.url}${path}`)).status).toBe(200)
  }
  expect((await fetch(`${slack.url}/page/serve-page.ts`)).status).toBe(404)
  expect((await fetch(`${slack.url}/page/..%2fstart.ts`)).status).toBe(404)
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
  const stateOf = async (person: string) => (await fetch(`${slack.url}/page/state?person=${person}`)).json()
  expect(await stateOf('U0BOB')).toMatchObject({
    person: 'U0BOB',
    ephemerals: [{ text: 'only bob' }],
    notifications: [{ why: 'mention' }],
  })
  expect(await stateOf('U0ALICE')).toMatchObject({ ephemerals: [], notifications: [] })
})

test('changes are told as they happen', async () => {
  const stop = new AbortController()
  const response = await fetch(`${slack.url}/page/changes`, { signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('hello')
  await slack.as('alice').says('anything', { channel: 'incident' })
  expect((await reader?.read())?.value).toContain('change')
  stop.abort()
})

test('the page never turns text into markup, and loads nothing from elsewhere', async () => {
  const folder = new URL('../../../../sandbox/slack/page/', import.meta.url)
  for (const name of (await readdir(folder)).filter((one) => /\.(js|html|css)$/.test(one))) {
    const source = await readFile(new URL(name, folder), 'utf8')
    expect(source, name).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/)
    expect(source, name).not.toMatch(/(src|href)="https?:|@import|url\(/)
  }
})
