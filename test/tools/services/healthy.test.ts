import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type HealthCheck, serviceSystemSchema } from '../../../src/domain/recovery-plan.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { readIdentity } from '../../../src/tools/services/read-identity.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'

const never = new AbortController().signal
const tools = createServiceTools({ run: createToolRunner(), redact: (text) => text })

async function ask(answer: () => { readonly status: number; readonly body?: string }, within = '1s') {
  const server = createServer((_, response) => {
    const { status, body = '' } = answer()
    response.writeHead(status, status === 302 ? { location: '/login' } : {}).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
  return tools.checkHealth({ check: { http, within } as HealthCheck, signal: never })
}

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not healthy', async (status) => {
  expect(await ask(() => ({ status }), '300ms')).toMatchObject({ healthy: false })
})

test.each([
  '{"status":"DOWN"}',
  '{ "status": "OUT_OF_SERVICE", "components": {} }',
  '{"status":"fail"}',
  '{"Status":"Unhealthy"}',
  '{"status":"error","message":"x"}',
  '{"ok":false}',
  '{"healthy":false}',
  '{"state":"not ready"}',
])('200 that says %s is not healthy', async (body) => {
  expect(await ask(() => ({ status: 200, body }), '300ms')).toMatchObject({ healthy: false })
})

test.each([
  '{"status":"UP","db":{"status":"DOWN"}}',
  '{"status":"ok"}',
  'DOWN',
  '[1]',
  '{"status":',
  '{"status":200}',
  '',
])('200 that says %s is healthy', async (body) => {
  expect(await ask(() => ({ status: 200, body }))).toMatchObject({ healthy: true })
})

test('one good answer among bad ones is not healthy', async () => {
  let asked = 0
  expect(await ask(() => ({ status: ++asked % 3 === 0 ? 200 : 503 }), '2s')).toMatchObject({ healthy: false })
  expect(asked).toBeGreaterThan(4)
})

test('two good answers and then none is not healthy; three in a row are', async () => {
  let asked = 0
  expect(await ask(() => ({ status: ++asked <= 2 ? 200 : 503 }), '2s')).toMatchObject({ healthy: false })
  asked = 0
  expect(await ask(() => ({ status: ++asked <= 2 ? 503 : 200 }), '5s')).toMatchObject({ healthy: true })
  expect(asked).toBe(5)
})

test.each(['restart', 'stop', 'start'] as const)('a %s command that hangs has an end, with its code', async (verb) => {
  const given = { kind: 'service', owner: 'ops', commandWithin: '300ms', [verb]: ['sleep', '600'] }
  const service = serviceSystemSchema.parse(given)
  await expect(tools[verb](service, 'orders-api', never)).rejects.toMatchObject({
    code: 'service_command_hangs',
    facts: { service: 'orders-api', command: verb, seconds: 0.3 },
  })
})

test('without `commandWithin` a command has five minutes', () => {
  const service = serviceSystemSchema.parse({ kind: 'service', owner: 'ops', restart: ['true'] })
  expect(service.commandWithin).toBe('5m')
})

test.each<[string, readonly string[], readonly string[]]>([
  ['an uptime behind the pid', ['RUNNING pid 4711, uptime 0:00:05'], ['RUNNING pid 4711, uptime 0:00:07']],
  ['an uptime before the pid', ['up 5 s', '4711'], ['up 6 s', '4711']],
  ['a warning first', ['WARNING: config is deprecated', '4711'], ['4711']],
  ['a warning first that changes', ['warn: 12:01 slow', 'pid=4711'], ['warn: 12:02 slow', 'pid=4711']],
  ['json', ['{"pid": 4711, "uptime": 5}'], ['{"pid": 4711, "uptime": 6}']],
])('an identity with %s names the same process', (_of, before, after) => {
  expect(readIdentity(after)).toBe(readIdentity(before))
  expect(readIdentity(after.map((line) => line.replace('4711', '4712')))).not.toBe(readIdentity(before))
})

test('an identity that names no process is taken as it is', () => {
  expect(readIdentity(['2026-03-01T02:10 4711'])).toBe('2026-03-01T02:10 4711')
  expect(readIdentity(['container-9f2c'])).toBe('container-9f2c')
  expect(readIdentity([])).toBeNull()
})
