import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { runSql } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'
import { restore } from './steer-restores.ts'

/** The default story is recovered in recovery.test.ts; here are the others, each as the service is left by it. */
const others = [
  { story: 'half-finished-load', service: 'down' },
  { story: 'wrong-mapping', service: 'up' },
] as const

describe.each(others)('after a migration with the story $story', ({ story, service }) => {
  let night: TestNight

  beforeAll(async () => {
    night = await openNight({ story })
    await night.start('serve')
    await command(night, 'alice', 'open Orders went wrong')
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
  })
  afterAll(() => night?.close())

  const succeed = (job: string) =>
    until(`${job} to succeed`, async () => (await night.jobState(job)) === 'succeeded', 60_000)

  const askHealth = () =>
    fetch(`${night.orders.apiUrl}/healthz`).then(
      (answer) => answer.status,
      () => 0,
    )

  it(`finds the service ${service}`, async () => {
    expect(await askHealth()).toBe(service === 'up' ? 200 : 0)
  })

  it('restores once a second person approved', async () => {
    expect(await restore(night)).toMatchObject({ state: 'awaiting_approval' })
    await command(night, 'bob', `approve restore-1 ${await night.cardCode('restore-1')}`)
    await succeed('restore-1')
    const [paid] = await runSql<{ n: number }>(
      night.orders.database.appUrl,
      "SELECT count(*)::int AS n FROM orders WHERE status = 'paid'",
    )
    expect(paid?.n).toBe(night.orders.database.paidOrders)
  })

  it('verifies the content, restarts the service and has a healthy one', async () => {
    await command(night, 'alice', 'verify orders-db')
    await succeed('verify-1')
    await command(night, 'alice', 'restart orders-api')
    await succeed('restart-1')
    expect(await askHealth()).toBe(200)
    expect(night.slack.violations).toEqual([])
  })
})
