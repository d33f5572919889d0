import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTableReader } from '../../../sandbox/patient/read-tables.ts'
import { placeOrders } from '../../../sandbox/scenario/index.ts'
import type { PatientState } from '../../../sandbox/slack/page/wire.ts'
import { channel, openNight, type TestNight } from '../../support/night.ts'
import { adminUrl, runSql } from '../../support/postgres.ts'

describe('the patient of a night', () => {
  let night: TestNight

  beforeAll(async () => {
    night = await openNight({ watched: true })
    await night.start('serve')
  })

  afterAll(() => night.close())

  const look = async (): Promise<PatientState> => {
    if (!night.patient) throw new Error('nobody watches this night')
    return night.patient.look()
  }
  const healthOf = (state: PatientState) =>
    Object.fromEntries(
      [...state.tables, ...state.services, ...state.files].map(({ name, health }) => [name, health] as const),
    )

  it('is ill after the migration: rows are missing, a column is another one, the service is down', async () => {
    const state = await look()
    expect(healthOf(state)).toMatchObject({
      orders: 'bad',
      customers: 'bad',
      products: 'good',
      'orders-api': 'bad',
      'orders-api.yaml': 'bad',
    })
    expect(state.tables.find(({ name }) => name === 'orders')?.note).toMatch(/rows missing/)
    expect(state.files[0]?.diff).toMatch(/^\+/m)
  })

  it('is not read anew by those who ask again at once', async () => {
    const [one, other] = await Promise.all([look(), look()])
    expect(other).toBe(one)
  })

  it('is unknown while the database lets nobody in, and nothing throws', async () => {
    const name = night.database
    await runSql(adminUrl(), `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`)
    await expect.poll(async () => healthOf(await look()).orders, { timeout: 10_000 }).toBe('unknown')
    await runSql(adminUrl(), `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS true`)
    await expect.poll(async () => healthOf(await look()).orders, { timeout: 10_000 }).toBe('bad')
  })

  it('is busy while it is restored, does not stand in the way of the switch, and is well afterwards', async () => {
    const { slack } = night
    await slack.as('alice').says('/recover open Orders lost after cut-over --severity 1', { channel })
    await slack.waitFor('a root message', () => slack.messages(channel).find((one) => one.byBot))
    await slack.as('alice').says('/recover restore orders-db', { channel })
    const card = () => slack.thread(channel, night.rootTs()).find((one) => /Approve/.test(one.text))
    await slack.waitFor('an approval card', card, 60_000)
    const waiting = await look()
    expect(waiting.tables.find(({ name }) => name === 'orders')).toMatchObject({ health: 'busy' })
    // Without a pause, which is more than all windows together ask, and all through the switch.
    const reader = createTableReader(night.orders.database.url)
    let watching = true
    const watch = (async () => {
      let refused = 0
      while (watching) await reader.read().catch(() => refused++)
      return refused
    })()
    await slack.as('bob').presses('Approve', { channel })
    await expect.poll(() => night.jobState('restore-1'), { timeout: 60_000 }).toBe('succeeded')
    watching = false
    await watch
    await expect
      .poll(async () => new Set((await look()).tables.map(({ health }) => health)), { timeout: 10_000 })
      .toEqual(new Set(['good']))
  })

  it('is as well with orders that came since', async () => {
    await placeOrders(night.orders.database.appUrl, 5)
    const orders = async () => (await look()).tables.find(({ name }) => name === 'orders')
    await expect.poll(async () => (await orders())?.note, { timeout: 10_000 }).toBe('5 rows came since')
    expect((await orders())?.health).toBe('good')
  })

  it('leaves no session behind', async () => {
    await look()
    const open = () =>
      runSql<{ n: number }>(
        adminUrl(),
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'sandbox-patient' AND datname = $1",
        [night.database],
      )
    await expect.poll(open).toEqual([{ n: 0 }])
  })
})
