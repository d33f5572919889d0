import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { restart } from '../../../jobs/restart/index.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { bootLab, type Lab, whyNoLab } from '../../support/lab.ts'
import { until } from '../../support/until.ts'
import { type ArgvService, createArgvService } from '../../tools/services/argv-service.ts'
import { planOf, startJob } from '../run-job.ts'

const services = createServiceTools({ run: createToolRunner(), redact: (text) => text.replaceAll('hunter2', '***') })
const never = new AbortController().signal

async function startMine(more: object = {}): Promise<ArgvService> {
  const mine = createArgvService(more)
  onTestFinished(mine.end)
  await services.start(mine.service, 'orders-api', never)
  await until('it runs', async () => (await services.identify(mine.service, 'orders-api', never)).active)
  return mine
}

const jobFor = (service: object) =>
  startJob({
    kind: restart,
    params: { service: 'orders-api' },
    plan: planOf({ 'orders-api': service }),
    tools: { services },
  })

async function listen(answer: () => number): Promise<string> {
  const server = createServer((_, response) => {
    response.statusCode = answer()
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
}

describe('a restart', () => {
  test('is proven by a new process that stays, and by the health check', async () => {
    const mine = await startMine({ health: { http: await listen(() => 200), within: '2s' } })
    const before = mine.pid()
    const job = jobFor(mine.service)
    await job.run()
    expect(mine.pid()).not.toBe(before)
    expect(job.report()).toMatchObject({
      summary: `orders-api healthy: new process ${mine.pid()}, /healthz 200`,
      left: [],
      recovers: true,
    })
    expect(restart.card(job.view()).lines).toEqual([
      `Before: running, process ${before}`,
      `Now: new process ${mine.pid()}`,
    ])
  })

  test('of a service that dies fails with its last words, and a Retry restarts it', async () => {
    const mine = await startMine()
    mine.behave('dies')
    const job = jobFor(mine.service)
    await expect(job.run()).rejects.toMatchObject({
      code: 'service_died',
      message: expect.stringMatching(
        /^orders-api died after \d+ s; the start command had said ctl\.cjs ended with 0; now it is not running/,
      ),
      excerpt: expect.stringContaining('port 8080 in use'),
    })
    mine.behave('well')
    await job.run()
    expect(mine.calls('restart')).toBe(2)
    expect(job.report().summary).toBe(`orders-api running, attempt 2: new process ${mine.pid()}`)
  })

  test('that the command only claims is refused: it is the same process', async () => {
    const mine = await startMine()
    mine.behave('lazy')
    await expect(jobFor(mine.service).run()).rejects.toMatchObject({ code: 'service_same_process' })
  })

  test('of an unhealthy service fails with what was seen, and a Retry asks again without another restart', async () => {
    let status = 503
    const mine = await startMine({ health: { http: await listen(() => status), within: '300ms' } })
    const job = jobFor(mine.service)
    await expect(job.run()).rejects.toThrow('did not pass within 300ms: /healthz 503')
    status = 200
    await job.run()
    expect(mine.calls('restart')).toBe(1)
  })

  test('of a service that is replaced while its health is asked is not proven', async () => {
    const mine = await startMine()
    const health = {
      http: await listen(() => {
        process.kill(mine.pid(), 'SIGKILL')
        return 200
      }),
      within: '2s',
    }
    await expect(jobFor({ ...mine.service, health }).run()).rejects.toMatchObject({ code: 'service_unhealthy' })
  })

  test('whose command fails says so', async () => {
    const mine = await startMine()
    const job = jobFor({ ...mine.service, restart: ['false'] })
    await expect(job.run()).rejects.toThrow('orders-api was not restarted: false ended with 1.')
  })

  test('without a way to tell processes apart says what is not proven', async () => {
    const job = jobFor({ kind: 'service', owner: 'ops', restart: ['true'], health: { argv: ['true'], within: '1s' } })
    await job.run()
    expect(job.report()).toMatchObject({
      summary: 'orders-api healthy: true ended with 0',
      left: [expect.stringMatching(/not proven that it is a new process/)],
    })
  })
})

describe('a restart whose runner vanished', () => {
  test('before the record was not done', async () => {
    const mine = await startMine()
    expect(await jobFor(mine.service).isDone('restart')).toEqual({ done: 'no' })
  })

  test('after the effect was done: another process runs', async () => {
    const mine = await startMine()
    const job = jobFor(mine.service)
    await job.run()
    job.forget('restart')
    expect(await job.isDone('restart')).toMatchObject({ done: 'yes', output: { identity: String(mine.pid()) } })
  })

  test('between record and effect was not done: the same process runs', async () => {
    const mine = await startMine()
    mine.behave('lazy')
    const job = jobFor({ ...mine.service, restart: ['false'] })
    await job.run().catch(() => {})
    const again = startJob({
      kind: restart,
      params: { service: 'orders-api' },
      plan: planOf({ 'orders-api': mine.service }),
      tools: { services },
      steps: job.view().steps.map((step) => ({ ...step, attempt: 1 })),
    })
    expect(await again.isDone('restart')).toEqual({ done: 'no' })
  }, 120_000)

  test('cannot be settled where the plan has no identity', async () => {
    const job = jobFor({ kind: 'service', owner: 'ops', restart: ['true'] })
    await job.run()
    job.forget('restart')
    expect(await job.isDone('restart')).toMatchObject({ done: 'unknown', why: { code: 'service_untold' } })
  })
})

describe.skipIf(whyNoLab() !== undefined)('a restart of a systemd unit', () => {
  let lab: Lab
  const path = process.env.PATH
  beforeAll(async () => {
    lab = await bootLab({
      units: {
        'demo.service': '[Service]\nExecStart=/bin/sleep 1000\n',
        'dies.service': "[Service]\nExecStart=/bin/sh -c 'echo port 8080 in use for hunter2 >&2; exit 1'\n",
        'loops.service': "[Service]\nRestart=always\nRestartSec=100ms\nExecStart=/bin/sh -c 'sleep 0.3; exit 1'\n",
        'slow.service': '[Service]\nType=notify\nTimeoutStartSec=1\nExecStart=/bin/sleep 100\n',
      },
    })
    process.env.PATH = `${lab.bin}:${path}`
  })
  afterAll(async () => {
    process.env.PATH = path
    await lab?.stop()
  })
  const unit = (name: string) => jobFor({ kind: 'service', owner: 'ops', unit: name, settle: '700ms' })

  test('that runs is proven by its new main process', async () => {
    const job = unit('demo')
    await job.run()
    expect(job.report().summary).toMatch(/^orders-api running: new process \d+$/)
  })

  test('that dies at once fails although systemctl said 0', async () => {
    await expect(unit('dies').run()).rejects.toMatchObject({
      code: 'service_died',
      message: expect.stringContaining('systemctl ended with 0; now it is failed (exit-code, status 1)'),
      excerpt: expect.stringContaining('port 8080 in use for ***'),
    })
  })

  test('that is started again and again is not taken for alive', async () => {
    await expect(unit('loops').run()).rejects.toMatchObject({ code: 'service_died' })
  })

  test('whose start takes too long fails', async () => {
    await expect(unit('slow').run()).rejects.toMatchObject({ code: 'service_not_restarted' })
  })

  test('that does not exist is refused before anything is done', async () => {
    await expect(unit('nothing').run()).rejects.toMatchObject({ code: 'service_unit_unknown' })
  })
})
