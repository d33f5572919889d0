import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type HealthCheck, type ServiceSystem, serviceSystemSchema } from '../../../src/domain/recovery-plan.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { bootLab, type Lab, whyNoLab } from '../../support/lab.ts'
import { adminUrl } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { createArgvService } from './argv-service.ts'

const never = new AbortController().signal
const tools = createServiceTools({ run: createToolRunner(), redact: (text) => text.replaceAll('hunter2', '***') })

function service(fields: object): ServiceSystem {
  return serviceSystemSchema.parse({ kind: 'service', owner: 'ops', ...fields })
}

const why = whyNoLab()

describe.skipIf(why !== undefined)('a systemd unit', () => {
  let lab: Lab
  const path = process.env.PATH
  const unit = (name: string) => service({ unit: name })

  beforeAll(async () => {
    lab = await bootLab({
      units: {
        'demo.service': "[Service]\nExecStart=/bin/sh -c 'echo hello hunter2; exec sleep 1000'\n",
        'fail.service': "[Service]\nExecStart=/bin/sh -c 'echo port 8080 in use >&2; exit 3'\n",
        'slow.service': '[Service]\nType=notify\nTimeoutStartSec=1\nExecStart=/bin/sleep 100\n',
      },
    })
    process.env.PATH = `${lab.bin}:${path}`
  })
  afterAll(async () => {
    process.env.PATH = path
    await lab?.stop()
  })

  test('is another process after a restart', async () => {
    expect(await tools.identify(unit('demo'), 'demo', never)).toMatchObject({ text: null, active: false })
    expect(await tools.start(unit('demo'), 'demo', never)).toEqual({ exitCode: 0, said: 'systemctl ended with 0' })
    const before = await tools.identify(unit('demo'), 'demo', never)
    expect(before).toMatchObject({
      active: true,
      said: 'active (running)',
      text: expect.stringMatching(/^[0-9a-f]{32} \d+$/),
    })
    await tools.restart(unit('demo'), 'demo', never)
    const after = await tools.identify(unit('demo'), 'demo', never)
    expect(after.active && after.text !== before.text).toBe(true)
    await tools.stop(unit('demo'), 'demo', never)
    expect((await tools.identify(unit('demo'), 'demo', never)).active).toBe(false)
  })

  test('that dies at once is seen dead, whatever systemctl says', async () => {
    expect((await tools.restart(unit('fail'), 'fail', never)).exitCode).toBe(0)
    const dead = await until('a failed unit', async () => {
      const seen = await tools.identify(unit('fail'), 'fail', never)
      return seen.said.startsWith('failed') ? seen : undefined
    })
    expect(dead).toEqual({ text: null, active: false, said: 'failed (exit-code, status 3)' })
    expect(await tools.lastLines(unit('fail'), 'fail', 20, never)).toContain('port 8080 in use')
  })

  test('whose start takes too long fails', async () => {
    const end = await tools.restart(unit('slow'), 'slow', never)
    expect(end.exitCode).toBe(1)
    expect((await tools.identify(unit('slow'), 'slow', never)).said).toBe('failed (timeout)')
  })

  test('that does not exist is named', async () => {
    const asked = tools.identify(unit('nothing.service'), 'orders-api', never)
    await expect(asked).rejects.toMatchObject({ code: 'service_unit_unknown', facts: { unit: 'nothing.service' } })
  })

  test('has last lines without secrets', async () => {
    await tools.start(unit('demo'), 'demo', never)
    const lines = await until('its word', async () => {
      const seen = await tools.lastLines(unit('demo'), 'demo', 50, never)
      return seen.some((line) => line.startsWith('hello')) ? seen : undefined
    })
    expect(lines).toContain('hello ***')
  })
})

describe('a service with argv of its own', () => {
  test('is another process after a restart, lives on, and stops', async () => {
    const mine = createArgvService()
    onTestFinished(mine.end)
    expect(await tools.identify(mine.service, 'mine', never)).toMatchObject({ active: false, text: null })
    await tools.start(mine.service, 'mine', never)
    const before = await until('it runs', async () => (await tools.identify(mine.service, 'mine', never)).text)
    await tools.restart(mine.service, 'mine', never)
    const after = await until('another runs', async () => {
      const { text } = await tools.identify(mine.service, 'mine', never)
      return text !== null && text !== before ? text : undefined
    })
    expect(Number(after)).toBeGreaterThan(0)
    expect(await tools.lastLines(mine.service, 'mine', 2, never)).toEqual([`up ${after}`])
    await tools.stop(mine.service, 'mine', never)
    expect((await tools.identify(mine.service, 'mine', never)).active).toBe(false)
  })

  test('without the command that is asked for says which', async () => {
    const stop = tools.stop(service({ restart: ['true'] }), 'orders-api', never)
    await expect(stop).rejects.toThrow('The plan does not say how to stop orders-api.')
  })

  test('that fails says how, in its own last words', async () => {
    const folder = mkdtempSync(join(inject('runFolder'), 'ctl-'))
    const ctl = join(folder, 'myctl')
    writeFileSync(ctl, `#!${process.execPath}\nprocess.stderr.write('reading\\nno hunter2 here\\n'); process.exit(4)`)
    chmodSync(ctl, 0o755)
    expect(await tools.runArgv([ctl, 'x'], never)).toEqual({ exitCode: 4, said: 'myctl ended with 4: no *** here' })
    await expect(tools.runArgv(['no-such-ctl'], never)).rejects.toMatchObject({ code: 'tool_missing' })
  })

  test('on another host is refused rather than looked for here', async () => {
    const asked = tools.restart(service({ restart: ['true'], host: 'app1' }), 'orders-api', never)
    await expect(asked).rejects.toMatchObject({ code: 'service_elsewhere' })
  })

  test('is left alone when the job is stopped', async () => {
    const abort = new AbortController()
    const running = tools.runArgv(['sleep', '60'], abort.signal)
    abort.abort(new Error('stopped'))
    await expect(running).rejects.toThrow('stopped')
  })
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function listenHttp(answer: (path: string) => number): Promise<number> {
  const server = createServer((request, response) => {
    response.statusCode = answer(request.url ?? '')
    response.end('words that nobody reads')
  })
  return listen(server)
}

describe('a health check', () => {
  const ask = (check: Partial<HealthCheck>, more: { sqlUrl?: string; onTry?: (said: string) => void } = {}) =>
    tools.checkHealth({ check: { within: '1s', ...check } as HealthCheck, signal: never, ...more })

  test('over http passes with 2xx, and says what it saw', async () => {
    const port = await listenHttp(() => 200)
    expect(await ask({ http: `http://127.0.0.1:${port}/healthz?x=1` })).toMatchObject({
      healthy: true,
      said: '/healthz 200',
    })
  })

  test('asks again until it passes', async () => {
    let asked = 0
    const port = await listenHttp(() => (++asked < 3 ? 503 : 204))
    const tries: string[] = []
    const answer = await ask({ http: `http://127.0.0.1:${port}/`, within: '5s' }, { onTry: (said) => tries.push(said) })
    expect(answer).toMatchObject({ healthy: true, said: '/ 204' })
    expect(tries).toEqual(['/ 503', '/ 503', '/ 204', '/ 204', '/ 204'])
  })

  test('ends when its time is over, also against a server that never answers', async () => {
    const port = await listen(createTcpServer(() => {}))
    const began = performance.now()
    const answer = await ask({ http: `http://127.0.0.1:${port}/`, within: '400ms' })
    expect(answer.healthy).toBe(false)
    expect(answer.said).toMatch(/no answer within/)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('over tcp passes when somebody accepts', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()))
    expect(await ask({ tcp: `127.0.0.1:${port}` })).toMatchObject({ healthy: true, said: `port ${port} accepts` })
    expect(await ask({ tcp: '127.0.0.1:1', within: '300ms' })).toMatchObject({ healthy: false, said: 'ECONNREFUSED' })
    expect(await ask({ tcp: 'nonsense', within: '100ms' })).toMatchObject({ said: '"nonsense" is not host:port' })
  })

  test.each([
    ['SELECT true', true],
    ['SELECT count(*) FROM pg_database', true],
    ['SELECT false', false],
    ['SELECT 0', false],
    ['SELECT 1 WHERE false', false],
    ['SELECT null', false],
    ['CREATE TABLE health_check_wrote (n int)', false],
    ['SELECT * FROM no_such_table', false],
  ])('by sql: %s passes: %s', async (sql, healthy) => {
    expect(await ask({ sql, within: '300ms' }, { sqlUrl: adminUrl() })).toMatchObject({ healthy })
  })

  test('by argv passes when it ends with 0', async () => {
    expect(await ask({ argv: ['true'] })).toMatchObject({ healthy: true })
    expect(await ask({ argv: ['false'], within: '300ms' })).toMatchObject({
      healthy: false,
      said: 'false ended with 1',
    })
  })

  test('stops at once when the job is stopped', async () => {
    const abort = new AbortController()
    const port = await listen(createTcpServer(() => {}))
    const check = { http: `http://127.0.0.1:${port}/`, within: '60s' }
    const asked = tools.checkHealth({ check, signal: abort.signal })
    abort.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow('stopped')
  })
})
