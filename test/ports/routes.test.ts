import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createHealthRoutes, serveHealth } from '../../src/health.ts'
import { createRouter, type Route, readPath } from '../../src/ports/routes.ts'
import { openWorkbench, type Workbench } from '../slack/support/workbench.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** What a client that sends whatever it likes is answered: the status of the first line. */
async function ask(port: number, target: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (part) => {
    text += String(part)
  })
  socket.on('error', () => {})
  socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])
}

const odd = [
  '//',
  '///',
  '//evil.example/healthz',
  '/\\evil',
  'http://evil.example/healthz',
  '*',
  '//%',
  `/${'a'.repeat(3000)}`,
  '/\u0001',
  '//[',
  '//:99999999',
]

/** Reads all that is sent, as the route of a pager does. */
const reading: Route = {
  path: '/read',
  method: 'POST',
  handler: async (request, response) => {
    for await (const part of request) void part
    response.writeHead(204).end()
  },
}
const routes = [...createHealthRoutes({ notReady: async () => [], metrics: async () => ({}) }), reading]

const listeners = {
  'the worker': async () => {
    const server = await serveHealth(routes, '127.0.0.1', 0)
    closing.push(async () => server.close())
    return (server.address() as { port: number }).port
  },
  'the bot in Socket Mode': async () => openBench('socket'),
  'the bot over HTTP': async () => openBench('http'),
}

async function openBench(mode: 'http' | 'socket') {
  const bench: Workbench = await openWorkbench(mode, { routes })
  closing.push(() => bench.close())
  return bench.edge().port() ?? 0
}

describe.each(Object.keys(listeners) as (keyof typeof listeners)[])('%s', (name) => {
  it('answers odd request targets with 400, and lives', async () => {
    const port = await listeners[name]()
    for (const target of odd) expect([target.slice(0, 40), await ask(port, target)]).toEqual([target.slice(0, 40), 400])
    expect(await ask(port, '/healthz')).toBe(200)
    expect(await ask(port, '/healthz?//')).toBe(200)
  })

  it('outlives a request that breaks off while it is read', async () => {
    const port = await listeners[name]()
    for (let times = 0; times < 3; times += 1) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write('POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc')
      await once(socket, 'connect')
      socket.destroy()
    }
    for (let times = 0; times < 5; times += 1) expect(await ask(port, '/healthz')).toBe(200)
  })

  it('answers every target of any characters', async () => {
    const port = await listeners[name]()
    const target = fc.string({
      unit: fc.constantFrom('/', '\\', ':', '%', '?', '#', '@', '[', ']', '.', 'a', '0'),
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(target, async (rest) => {
        expect([200, 400, 404]).toContain(await ask(port, `/${rest}`))
      }),
      { numRuns: 60 },
    )
    expect(await ask(port, '/healthz')).toBe(200)
  })
})

it('a path is read without its query, and without ever throwing', () => {
  expect(readPath('/a/b?c=/d#e')).toBe('/a/b')
  fc.assert(fc.property(fc.string(), (text) => void readPath(text)))
})

it('a handler that throws or rejects answers 500', async () => {
  const fail = () => {
    throw new Error('no')
  }
  const server = createServer(
    createRouter([
      { path: '/throws', method: 'GET', handler: fail },
      { path: '/rejects', method: 'GET', handler: async () => fail() },
    ]),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => server.close())
  const { port } = server.address() as { port: number }
  expect(await ask(port, '/throws')).toBe(500)
  expect(await ask(port, '/rejects')).toBe(500)
})
