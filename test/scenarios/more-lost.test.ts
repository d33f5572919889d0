import { afterAll, beforeAll, expect, it } from 'vitest'
import { placeOrders } from '../../sandbox/scenario/place-orders.ts'
import { channel, openNight, type TestNight, textOf } from '../support/night.ts'
import { runSql } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { command } from './hear-refusal.ts'
import { restore } from './steer-restores.ts'

let night: TestNight

beforeAll(async () => {
  night = await openNight({ scale: 0.002 })
  await night.start('serve')
  await command(night, 'alice', 'open Orders lost')
  await night.slack.waitFor('a root message', () => night.slack.messages(channel).find((one) => one.byBot))
})

afterAll(() => night.close())

function listAsked() {
  return night.query<{ code: string; lost: string }>(
    `SELECT data->>'code' AS code, data->'subject'->>'lost' AS lost FROM salvor.events WHERE type = 'approval_asked' ORDER BY no`,
  )
}

async function findCard(code: string) {
  const card = await night.slack.waitFor(`the card ${code}`, () =>
    night.slack.thread(channel, night.rootTs()).find((one) => textOf(one).includes(code) && /Approve/.test(one.text)),
  )
  return textOf(card)
}

it('asks again when more was written to live than the card showed, and live stays open', async () => {
  const { job, state } = await restore(night)
  expect(state).toBe('awaiting_approval')
  const [first] = await listAsked()
  await findCard(first?.code ?? '')
  await placeOrders(night.orders.database.appUrl, 5)
  await command(night, 'bob', `approve ${job} ${first?.code}`)
  const second = await until('a second card', async () => (await listAsked())[1], 30_000)
  expect(await night.jobState(job)).toBe('awaiting_approval')
  // The backup lacks the 12 orders of before and these 5.
  expect(first?.lost).toMatch(/order_items: 24 new/)
  expect(second.lost).toMatch(/order_items: 34 new/)
  expect(await findCard(second.code)).toContain('order_items: 34 new')
  const stale = await night.query(`SELECT FROM salvor.events WHERE type = 'approval_used'`)
  expect(stale).toEqual([])
  await placeOrders(night.orders.database.appUrl, 1)
  const live = await runSql<{ n: number }>(night.orders.database.appUrl, 'SELECT 1 AS n')
  expect(live).toEqual([{ n: 1 }])
  expect(await night.databases()).toEqual([night.database, `${night.database}_side_1`])
})

it('takes no button of the card that was overtaken', async () => {
  const [first] = await listAsked()
  const before = night.slack.ephemerals('dana').length
  await command(night, 'dana', `approve restore-1 ${first?.code}`)
  const answer = await night.slack.waitFor('the refusal', () => night.slack.ephemerals('dana')[before])
  expect(answer.text).toMatch(/not the newest/)
  const buttons = () => night.slack.as('dana').buttons({ text: new RegExp(`${first?.code}`) })
  await night.slack.waitFor('every copy of it to be settled', () => !buttons().some((one) => /^Approve/.test(one)))
})

it('switches once what is there now was approved, and loses exactly what was shown', async () => {
  await until(
    'a card that shows all',
    async () => {
      const asked = await listAsked()
      const newest = asked.at(-1)
      if (/order_items: 36 new/.test(newest?.lost ?? '')) return true
      await command(night, 'bob', `approve restore-1 ${newest?.code}`)
      return until('another card', async () => (await listAsked()).length > asked.length, 15_000).then(() => false)
    },
    60_000,
  )
  const newest = (await listAsked()).at(-1)
  await command(night, 'bob', `approve restore-1 ${newest?.code}`)
  await until('the switch', async () => (await night.jobState('restore-1')) === 'succeeded', 60_000)
  const used = await night.query(`SELECT FROM salvor.events WHERE type = 'approval_used'`)
  expect(used).toHaveLength(1)
  const [step] = await night.query<{ lost: Record<string, number> }>(
    `SELECT output->'lost' AS lost FROM salvor.steps WHERE id = 'restore-1/switch'`,
  )
  expect(step?.lost).toMatchObject({ 'public.order_items': 36 })
  expect(night.slack.violations).toEqual([])
})
