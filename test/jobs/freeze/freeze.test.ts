import { describe, expect, onTestFinished, test } from 'vitest'
import { freeze } from '../../../jobs/freeze/index.ts'
import { thaw } from '../../../jobs/thaw/index.ts'
import type { RecoveryPlan } from '../../../src/domain/recovery-plan.ts'
import type { JobView } from '../../../src/domain/view.ts'
import type { StoreReader } from '../../../src/ports/reader.ts'
import { createDatabaseTools } from '../../../src/tools/databases/index.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { adminUrl, createDatabase, runSql, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { type ArgvService, createArgvService } from '../../tools/services/argv-service.ts'
import { planOf, startJob } from '../run-job.ts'

const services = createServiceTools({ run: createToolRunner(), redact: (text) => text })
const databases = createDatabaseTools()
const never = new AbortController().signal
const database = { kind: 'postgres', owner: 'ops', url: 'postgres://nowhere/orders' }
const params = { system: 'orders-db' }

/** A store that knows these freezes and nothing else. */
const storeOf = (...jobs: JobView[]): Partial<StoreReader> => ({
  listSucceededJobs: async () => [],
  viewIncident: async () => ({ incident: {} as never, jobs }),
})

async function runService(more: object = {}): Promise<ArgvService> {
  const mine = createArgvService({ needs: ['orders-db'], ...more })
  onTestFinished(mine.end)
  await services.start(mine.service, 'it', never)
  await until('it runs', async () => (await services.identify(mine.service, 'it', never)).active)
  return mine
}

const isUp = async (mine: ArgvService) => (await services.identify(mine.service, 'it', never)).active

describe('a freeze of a database with services before it', () => {
  test('stops those that run, and thaw starts exactly those again', async () => {
    const [api, idle, other] = [
      await runService(),
      createArgvService({ needs: ['orders-db'] }),
      await runService({ needs: [] }),
    ]
    const plan = planOf({ 'orders-db': database, api: api.service, idle: idle.service, other: other.service })
    const job = startJob({ kind: freeze, params, plan, tools: { services } })
    await job.run()
    expect([await isUp(api), await isUp(idle), await isUp(other)]).toEqual([false, false, true])
    expect(job.report()).toMatchObject({
      summary: 'orders-db frozen: api stopped',
      left: ['orders-db stays frozen until `thaw orders-db`'],
    })
    const back = startJob({ kind: thaw, params, plan, tools: { services }, store: storeOf(job.view()) })
    await back.run()
    expect([await isUp(api), await isUp(idle)]).toEqual([true, false])
    expect(back.report()).toMatchObject({ summary: 'orders-db open again: api started', proven: ['api runs: running'] })
  })

  test('that breaks off in the middle is still opened by thaw', async () => {
    const [one, two] = [await runService({ tier: 2 }), await runService({ tier: 1 })]
    const plan = planOf({ 'orders-db': database, one: one.service, two: { ...two.service, stop: ['no-such-program'] } })
    const job = startJob({ kind: freeze, params, plan, tools: { services } })
    await expect(job.run()).rejects.toMatchObject({ code: 'tool_missing' })
    expect(await isUp(one)).toBe(false)
    const back = startJob({ kind: thaw, params, plan, tools: { services }, store: storeOf(job.view()) })
    await back.run()
    expect(await isUp(one)).toBe(true)
    expect(back.report().summary).toBe('orders-db open again: one started, two ran already')
  })

  test('tells the migration to stop, and does not claim that it saw it stop', async () => {
    const mine = createArgvService()
    const plan = planOf(
      { 'orders-db': database, api: (await runService()).service },
      { migrations: { orders: { system: 'orders-db', stop: [mine.service.stop?.[0], 'halt'] } } },
    )
    const job = startJob({ kind: freeze, params, plan, tools: { services } })
    await job.run()
    expect(mine.calls('halt')).toBe(1)
    expect(job.report().left).toContain('migration orders was told to stop; Salvor cannot see whether it has')
  })

  test('of a migration that does not obey fails before services are touched', async () => {
    const api = await runService()
    const plan = planOf(
      { 'orders-db': database, api: api.service },
      { migrations: { orders: { system: 'orders-db', stop: ['false'] } } },
    )
    await expect(startJob({ kind: freeze, params, plan, tools: { services } }).run()).rejects.toMatchObject({
      code: 'tool_failed',
    })
    expect(await isUp(api)).toBe(true)
  })

  test('whose runner vanished is settled by looking', async () => {
    const api = await runService()
    const plan = planOf({ 'orders-db': database, api: api.service })
    const job = startJob({ kind: freeze, params, plan, tools: { services } })
    await job.run()
    job.forget('stop')
    expect(await job.isDone('stop')).toEqual({ done: 'yes', output: { services: ['api'] } })
    await services.start(api.service, 'api', never)
    await until('it runs', () => isUp(api))
    expect(await job.isDone('stop')).toEqual({ done: 'no' })
  })
})

describe('a freeze of a database without services', () => {
  const only: RecoveryPlan = planOf({ 'orders-db': database })

  test('refuses connections and ends those that are there; rows can still be counted; thaw opens it', async () => {
    const orders = await createDatabase()
    await runSql(orders.url, 'CREATE TABLE orders AS SELECT generate_series(1, 7) AS id')
    const urls = { 'orders-db': { url: orders.url, adminUrl: adminUrl() } }
    const job = startJob({ kind: freeze, params, plan: only, tools: { services, databases }, urls })
    await withClient(orders.url, async (client) => {
      await client.query('SELECT 1')
      await job.run()
      await expect(client.query('SELECT 1')).rejects.toThrow()
    })
    await expect(runSql(orders.url, 'SELECT 1')).rejects.toThrow(/not currently accepting connections/)
    const target = { system: 'orders-db', ...urls['orders-db'], session: { step: 'restore-1/look', fence: 1 } }
    const live = await databases.countLive({ target, database: orders.name, since: null, signal: never })
    expect(JSON.stringify(live)).toContain('"public.orders":7')
    expect(job.report()).toMatchObject({
      summary: 'orders-db frozen: connections held off, 1 session ended',
      proven: ['orders-db refuses connections'],
    })
    const back = startJob({
      kind: thaw,
      params,
      plan: only,
      tools: { services, databases },
      store: storeOf(job.view()),
      urls,
    })
    await back.run()
    expect(await runSql(orders.url, 'SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 7 }])
    expect(back.report().summary).toBe(`orders-db open again: ${orders.name} open for connections`)
    await orders.drop()
  })

  test('leaves one that somebody else has closed to them', async () => {
    const orders = await createDatabase()
    await runSql(adminUrl(), `ALTER DATABASE ${orders.name} WITH ALLOW_CONNECTIONS false`)
    const urls = { 'orders-db': { url: orders.url, adminUrl: adminUrl() } }
    const job = startJob({ kind: freeze, params, plan: only, tools: { services, databases }, urls })
    await job.run()
    const back = startJob({
      kind: thaw,
      params,
      plan: only,
      tools: { services, databases },
      store: storeOf(job.view()),
      urls,
    })
    await back.run()
    expect(back.report().summary).toBe('orders-db: Salvor had frozen nothing')
    await expect(runSql(orders.url, 'SELECT 1')).rejects.toThrow(/not currently accepting/)
    await orders.drop()
  })
})
