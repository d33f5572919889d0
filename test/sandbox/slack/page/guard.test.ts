import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeSecrets } from '../../../../sandbox/make-secrets.ts'
import type { LocalSlack } from '../../../../sandbox/slack/index.ts'
import { secrets, startWorkspace } from '../fixture.ts'

let slack: LocalSlack
beforeEach(async () => {
  slack = await startWorkspace()
})
afterEach(() => slack.close())

const json = { 'content-type': 'application/json' }
const evil = 'http://evil.example'

/** Asks as a program or a browser would, Host and all; answers the status, 101 for a socket that was opened. */
function ask(path: string, headers: Record<string, string> = {}, body?: unknown): Promise<number> {
  const { hostname, port } = new URL(slack.url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method: body ? 'POST' : 'GET', headers }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    asked.on('upgrade', (response, socket) => {
      resolve(response.statusCode ?? 0)
      socket.destroy()
    })
    asked.on('error', reject)
    asked.end(body ? JSON.stringify(body) : undefined)
  })
}

const key = () => new URL(slack.pageUrl).pathname
const say = { person: 'bob', channel: 'C0INC', text: 'approve it' }
const pagePaths = [
  '/',
  '/page/state?person=U0BOB',
  '/page/changes',
  '/page/commands',
  '/page/panel',
  '/page/files/F0X',
  '/archives/C0INC/p1700000000123456',
  '/icon.svg',
]

describe('the page', () => {
  test.each(pagePaths)('answers nothing of %s without the key of this very start', async (path) => {
    const other = await startWorkspace()
    const keys = ['', '/wrong', `${key()}x`, key().slice(0, -1), key().toUpperCase(), new URL(other.pageUrl).pathname]
    await other.close()
    for (const one of keys) expect([one, await ask(`${one}${path}`)]).toEqual([one, 403])
    expect(await ask(`${key()}${path}`)).not.toBe(403)
  })

  test('lets nobody speak without the key, though everything else is as the page sends it', async () => {
    const { host } = new URL(slack.url)
    const own = { ...json, host, origin: slack.url, 'sec-fetch-site': 'same-origin' }
    for (const one of ['', '/wrong']) expect(await ask(`${one}/page/say`, own, say)).toBe(403)
    expect(slack.messages('incident')).toEqual([])
    expect(await ask(`${key()}/page/say`, own, say)).toBe(200)
  })

  test.each([
    ['a name that was bound to loopback', { host: 'evil.example' }],
    ['another address', { host: '0.0.0.0' }],
    ['another page', { origin: evil }],
    ['another page on loopback', { origin: 'http://127.0.0.1:9' }],
    ['a frame of another page', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
  ])('refuses to act for %s, even with the key', async (_who, headers) => {
    const { host } = new URL(slack.url)
    expect(await ask(`${key()}/page/say`, { ...json, host, origin: slack.url, ...headers }, say)).toBe(403)
    expect(slack.messages('incident')).toEqual([])
  })

  test.each([
    ['a name that was bound to loopback', { host: 'evil.example' }],
    ['another page', { 'sec-fetch-site': 'cross-site' }],
  ])('shows nothing to %s, even with the key', async (_who, headers) => {
    for (const path of pagePaths) expect([path, await ask(`${key()}${path}`, headers)]).toEqual([path, 403])
  })
})

describe('where apps talk', () => {
  const bearer = { authorization: `Bearer ${secrets.botToken}` }
  const post = { channel: 'C0INC', text: 'hello' }
  const rooms = ['/api/chat.postMessage', '/upload/v1/F0X', '/respond/x', '/files-pri/T0-F0X/x.sql']

  test.each([
    ['a name that was bound to loopback', { host: 'evil.example' }],
    ['another page', { origin: evil }],
    ['this page itself', { 'sec-fetch-site': 'same-origin' }],
  ])('nothing answers %s, even with the token', async (_who, headers) => {
    for (const room of rooms)
      expect([room, await ask(room, { ...json, ...bearer, ...headers }, post)]).toEqual([room, 403])
    expect(slack.messages('incident')).toEqual([])
    expect(await ask('/api/chat.postMessage', { ...json, ...bearer }, post)).toBe(200)
  })

  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
  const openSocket = async (more: Record<string, string>) => {
    const headers = { authorization: `Bearer ${secrets.appToken}` }
    const answer = (await (
      await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers })
    ).json()) as { url: string }
    const { pathname, search } = new URL(answer.url)
    const words = { ...upgrade, 'sec-websocket-key': randomBytes(16).toString('base64'), ...more }
    return ask(`${pathname}${search}`, words)
  }

  test('no socket opens for a page or under another name, even with a ticket', async () => {
    expect(await openSocket({})).toBe(101)
    expect(await openSocket({ host: 'evil.example' })).toBe(403)
    expect(await openSocket({ origin: evil })).toBe(403)
    expect(await openSocket({ origin: slack.url })).toBe(403)
    expect(await openSocket({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  })

  test('an address that is none is refused, and the workspace goes on', async () => {
    for (const path of ['//', '/\\', '//[', '/%']) expect([path, await ask(path)]).toEqual([path, 403])
    expect(await ask(`${key()}/`)).toBe(200)
  })
})

test('each start has secrets and a key of its own', async () => {
  const [one, other] = [makeSecrets(), makeSecrets()]
  const all = [...Object.values(one), ...Object.values(other)]
  expect(new Set(all).size).toBe(6)
  for (const secret of all) expect(secret.replace(/^xo?xb-|^xapp-/, '').length).toBeGreaterThanOrEqual(32)
  expect(key().length).toBeGreaterThan(30)
})
