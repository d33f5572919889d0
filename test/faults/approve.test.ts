import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { placeOrders } from '../../sandbox/scenario/place-orders.ts'
import { channel, textOf } from '../support/night.ts'
import { until } from '../support/until.ts'
import {
  approveAs,
  askForRestore,
  awaitCard,
  damage,
  type FaultNight,
  nextRestore,
  onCard,
  seeThrough,
  useFaultNight,
} from './support/fault-night.ts'
import { expectLiveUntouched, expectOneTruth } from './support/one-truth.ts'

describe('an approval is used once, and for what was shown', { timeout: 300_000 }, () => {
  const tonight = useFaultNight()

  const start = async (night: FaultNight) => {
    const job = await nextRestore(night)
    const asked = { job, ...(await damage(night)) }
    await askForRestore(night, job)
    return { job, asked, card: await awaitCard(night, job) }
  }

  const count = async (night: FaultNight, sql: string, job: string) =>
    (await night.query<{ n: number }>(`SELECT count(*)::int AS n FROM salvor.${sql}`, [job]))[0]?.n

  it('five presses at once, each delivered twice, have one effect', async () => {
    const night = tonight()
    const { job, asked, card } = await start(night)
    night.slack.faults.duplicateDeliveries(true)
    await night.slack.as('bob').pressesRepeatedly('Approve', 5, { channel, text: onCard(card.code) })
    expect(await seeThrough(night, job)).toBe('succeeded')
    night.slack.faults.duplicateDeliveries(false)
    await expectOneTruth(night, asked)
    expect(await count(night, `events WHERE job = $1 AND type = 'approval_decided'`, job)).toBe(1)
    expect(await count(night, `events WHERE job = $1 AND type = 'approval_used'`, job)).toBe(1)
    expect(
      await count(night, `events WHERE job = $1 AND type = 'step_started' AND data->>'step' = 'switch'`, job),
    ).toBe(1)
  })

  it('two approvers at the same moment have one effect', async () => {
    const night = tonight()
    const { job, asked, card } = await start(night)
    await Promise.all([approveAs(night, 'bob', card.code), approveAs(night, 'dana', card.code)])
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
    expect(await count(night, `events WHERE job = $1 AND type = 'approval_used'`, job)).toBe(1)
  })

  it('rows written between the card and the approval: live stays, and a new card shows the new loss', async () => {
    const night = tonight()
    const { job, asked, card } = await start(night)
    await placeOrders(night.orders.database.appUrl, 5)
    await approveAs(night, 'bob', card.code)
    const next = await awaitCard(night, job, card.id)
    await expectLiveUntouched(night, asked)
    expect(sayLoss(night, next.code)).toMatch(/orders: 8 new/)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('rows written after the last look, before writers are held off: it refuses, opens again and asks anew', async () => {
    const night = tonight()
    const { job, asked, card } = await start(night)
    const reached = night.target.hold(/ALLOW_CONNECTIONS false$/, new RegExp(`^salvor:${job}/switch:`))
    await approveAs(night, 'bob', card.code)
    const held = await reached
    await placeOrders(night.orders.database.appUrl, 5)
    held.release()
    const next = await awaitCard(night, job, card.id)
    await expectLiveUntouched(night, asked)
    expect(sayLoss(night, next.code)).toMatch(/orders: 8 new/)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await expectOneTruth(night, asked)
  })

  it('who lost the role since the card was shown is refused; another one approves', async () => {
    const night = tonight()
    const { job, asked, card } = await start(night)
    const { planPath } = night.orders
    const plan = readFileSync(planPath, 'utf8')
    const inForce = async () =>
      (await night.query<{ digest: string }>('SELECT digest FROM salvor.plans ORDER BY in_force_since DESC LIMIT 1'))[0]
        ?.digest
    const change = async (text: string) => {
      const old = await inForce()
      writeFileSync(planPath, text)
      await until('the changed plan in force', async () => (await inForce()) !== old)
    }
    await change(plan.replace(/(dba: \{ users: \[ ?alice, )bob, /, '$1'))
    await approveAs(night, 'bob', card.code)
    await night.slack.waitFor('the refusal of Bob', () =>
      night.slack.ephemerals('bob').find((one) => /dana|U0DANA/i.test(JSON.stringify(one))),
    )
    expect(await night.jobState(job)).toBe('awaiting_approval')
    await expectLiveUntouched(night, asked)
    await approveAs(night, 'dana', card.code)
    expect(await seeThrough(night, job)).toBe('succeeded')
    await change(plan)
    await expectOneTruth(night, asked)
  })
})

/** What the card with this code says. */
function sayLoss(night: FaultNight, code: string): string {
  const cards = night.slack.thread(channel, night.rootTs()).map(textOf)
  return cards.findLast((text) => onCard(code).test(text)) ?? ''
}
