import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channel, openNight, type TestNight } from '../support/night.ts'
import { until } from '../support/until.ts'
import { command, hearRefusal } from './hear-refusal.ts'

describe('after a load that stopped half-way', () => {
  let night: TestNight
  const reach = (job: string, state: string) => expect.poll(() => night.jobState(job), { timeout: 50_000 }).toBe(state)

  beforeAll(async () => {
    night = await openNight({ story: 'half-finished-load' })
    await night.start('serve')
    await command(night, 'alice', 'open The load stopped half-way')
    await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
  })
  afterAll(() => night?.close())

  it('a remedy removes what is there twice, and the keys come back', async () => {
    await command(night, 'alice', 'fix orders-db remove-doubles')
    await reach('fix-1', 'awaiting_approval')
    await command(night, 'bob', `approve fix-1 ${await night.cardCode('fix-1')}`)
    await reach('fix-1', 'succeeded')
    await night.slack.waitFor('the outcome', () => /fix-1: remove-doubles committed/.test(night.threadText()))
    expect(night.threadText()).toMatch(/orders: \d+ deleted/)
  })

  it('a migration that the plan does not know is named with those that it knows', async () => {
    const { answer } = await hearRefusal(night, 'alice', 'migration_unknown', () =>
      command(night, 'alice', 'rerun ordres'),
    )
    expect(answer).toMatch(/Did you mean orders/)
  })

  it('the migration runs again once bob approved, is followed by its log, and its checks prove it', async () => {
    await command(night, 'alice', 'rerun orders')
    await reach('rerun-1', 'awaiting_approval')
    await night.slack.as('bob').presses('Approve', { channel, text: /running the migration orders again/ })
    await until(
      'rerun-1 to end',
      async () => ['succeeded', 'failed'].includes((await night.jobState('rerun-1')) ?? ''),
      60_000,
    )
    const [ended] = await night.query<{ said: string; last: string }>(
      `SELECT data->'value'->>'said' AS said, data->'value'->>'last' AS last FROM salvor.events
        WHERE type = 'step_recorded' AND job = 'rerun-1' AND data->>'name' LIKE 'ended%'`,
    )
    expect(ended).toEqual({ said: 'migrate-orders ended with 0', last: expect.stringMatching(/finished/) })
    expect(await night.jobState('rerun-1'), night.threadText()).toBe('succeeded')
    await night.slack.waitFor('the outcome', () => /rerun-1: orders ran again/.test(night.threadText()))
    expect(await night.query('SELECT * FROM salvor.locks')).toEqual([])
    expect(night.slack.violations).toEqual([])
  })
})
