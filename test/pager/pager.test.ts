import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { type Acknowledgement, createAcknowledgeRoute } from '../../src/pager/acknowledge-route.ts'
import { createPager } from '../../src/pager/send-page.ts'
import { isSigned, sign } from '../../src/pager/signature.ts'
import type { Page } from '../../src/ports/pager.ts'
import { createRouter } from '../../src/ports/routes.ts'

const key = 'a key of at least 24 letters'
const id = 'b0ee6f33-2d0f-4a21-b8d1-6ab40b2f3d52'
const page: Page = {
  ...{ id, type: 'approval_unanswered', incident: 7, severity: 1, job: 'restore-1', kind: 'restore', roles: ['dba'] },
  ...{ askedAt: '2026-11-30T12:00:00.000Z', approveBy: '2026-11-30T12:30:00.000Z' },
}
const now = () => new Date()
const pager = createPager({ expand: (text) => text, redact: (text) => text.replaceAll(key, '***'), now })

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler as never)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

it('posts the page as JSON, signed over id, time and body', async () => {
  const got: { method: string; signed: boolean; body: unknown; id: unknown }[] = []
  const url = await serve(async (request, response) => {
    const body = await readAll(request)
    const { method = '', headers } = request
    got.push({ method, signed: isSigned(key, headers, body, now()), body: JSON.parse(body), id: headers['webhook-id'] })
    response.end()
  })
  expect(await pager.send(page, { url, key })).toBeNull()
  expect(got).toEqual([{ method: 'POST', signed: true, body: page, id }])
})

it('names what kept a page from being taken, and follows nobody elsewhere', async () => {
  const elsewhere: string[] = []
  const other = await serve((request, response) => {
    elsewhere.push(request.url ?? '')
    response.end()
  })
  const moved = await serve((_, response) => response.writeHead(307, { location: other }).end())
  const full = await serve((_, response) => response.writeHead(503).end())
  expect(await pager.send(page, { url: moved, key })).toEqual({ code: 'page_refused', facts: { status: 307 } })
  expect(await pager.send(page, { url: full, key })).toEqual({ code: 'page_refused', facts: { status: 503 } })
  expect(await pager.send(page, { url: 'http://127.0.0.1:1', key })).toMatchObject({ code: 'page_unreachable' })
  expect(JSON.stringify(await pager.send(page, { url: `no address ${key}`, key }))).not.toContain(key)
  expect(elsewhere).toEqual([])
  const poor = createPager({
    expand: () => {
      throw new SalvorError('plan_variable', { path: 'salvor.yaml', line: 1, column: 1, name: 'PAGER_KEY' })
    },
    redact: (text) => text,
    now,
  })
  expect(await poor.send(page, { url: full, key })).toEqual({ code: 'page_unset', facts: { name: 'PAGER_KEY' } })
})

it('takes an acknowledgement only from whoever has the key', async () => {
  const taken: Acknowledgement[] = []
  let held: string | null = key
  const route = createAcknowledgeRoute({
    key: async () => held,
    now,
    async acknowledge(one) {
      taken.push(one)
      return one.page === id
    },
  })
  const url = `${await serve(createRouter([route]))}/pager/acknowledge`
  const post = async (of: object, headers: Record<string, string> | null = null) => {
    const body = JSON.stringify(of)
    const given = headers ?? { ...sign(key, 'ack-1', body, now()) }
    return (await fetch(url, { method: 'POST', body, headers: given })).status
  }
  const good = { type: 'acknowledged', page: id, by: 'Bob Lee' }
  expect(await post(good)).toBe(204)
  expect(taken).toEqual([{ page: id, by: 'Bob Lee' }])
  expect(await post(good, {})).toBe(401)
  expect(await post(good, { ...sign('a key that somebody made up', 'ack-1', JSON.stringify(good), now()) })).toBe(401)
  expect(await post(good, { ...sign(key, 'ack-1', JSON.stringify(good), new Date(0)) })).toBe(401)
  expect(await post({ ...good, type: 'approve' })).toBe(400)
  expect(await post({ ...good, by: ' ' })).toBe(400)
  expect(await post({ ...good, page: 'restore-1' })).toBe(400)
  expect(await post({ ...good, page: 'c0ee6f33-2d0f-4a21-b8d1-6ab40b2f3d52' })).toBe(404)
  expect(await post({ ...good, by: 'x'.repeat(5_000) })).toBe(413)
  expect((await fetch(url)).status).toBe(405)
  expect(taken).toHaveLength(2)
  held = null
  expect(await post(good)).toBe(503)
})

it('a body without end is left at its limit, one that never comes holds nobody up, and foreign signatures are none', async () => {
  const taken: Acknowledgement[] = []
  const acknowledge = async (one: Acknowledgement) => taken.push(one) > 0
  const route = createAcknowledgeRoute({ key: async () => key, now, acknowledge })
  const url = `${await serve(createRouter([route]))}/pager/acknowledge`
  // Chunked, so no length is told beforehand.
  let sent = 0
  const endless = new ReadableStream({
    pull(to) {
      sent += 1
      to.enqueue(new Uint8Array(64 * 1024))
    },
  })
  const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit
  const status = await fetch(url, init).then(
    (answered) => answered.status,
    () => 413,
  )
  expect(status).toBe(413)
  expect(sent).toBeLessThan(1_000)
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) })
  const waiting = new AbortController()
  const never = fetch(url, { ...init, body: silent, signal: waiting.signal }).catch(() => 'left')
  const body = JSON.stringify({ type: 'acknowledged', page: id, by: 'Bob Lee' })
  const post = (headers: Record<string, string>) => fetch(url, { method: 'POST', body, headers })
  expect((await post({ ...sign(key, 'ack-1', body, now()) })).status).toBe(204)
  // Many signatures, none of them good, beside one that is not one's own.
  const { 'webhook-signature': own, ...rest } = sign('another key of at least 24', 'ack-1', body, now())
  expect((await post({ ...rest, 'webhook-signature': Array(19).fill(own).join(' ') })).status).toBe(401)
  expect(taken).toHaveLength(1)
  waiting.abort()
  expect(await never).toBe('left')
})
