import { describe, expect, it } from 'vitest'
import { ask } from '../../../jobs/uat/steps/ask.ts'
import { recoveryPlanSchema } from '../../../src/domain/recovery-plan.ts'
import { demoPlan } from '../../support/engine-world.ts'

const HOUR_MS = 3_600_000
const text = recoveryPlanSchema.parse({
  ...{ version: 1, title: 'A plan', roles: { testers: { users: ['bob'] } } },
  systems: { demo: { kind: 'service', owner: 'testers', restart: ['true'] } },
  uat: { entry: { testers: ['testers'], cases: [{ name: 'Old orders', covers: ['demo'] }] } },
})
const plan = { ...demoPlan, ...text }
const job = { id: 'uat-1', requestedAt: '2026-03-01T10:00:00.000Z' }

function askAt(due: string | undefined, now: string) {
  const params = due === undefined ? { suite: 'entry' } : { suite: 'entry', due: `2026-03-01T${due}:00.000Z` }
  return ask.asks?.({ job, params, plan, now: new Date(`2026-03-01T${now}:00.000Z`) })[0]
}

describe('testers have', () => {
  it.each([
    { what: 'the time until it is due', due: '12:00', now: '10:30', hours: 1.5 },
    { what: 'as long as the first time, once that is past', due: '12:00', now: '12:01', hours: 2 },
    { what: 'a day, where it was past from the beginning', due: '09:00', now: '12:00', hours: 24 },
    { what: 'a day, where nobody said until when', due: undefined, now: '12:00', hours: 24 },
  ])('$what', ({ due, now, hours }) => {
    expect(askAt(due, now)?.answerWithinMs).toBe(hours * HOUR_MS)
  })

  it('reminders that end before the test does, and a case that says what it covers', () => {
    const one = askAt(undefined, '12:00')
    expect((one?.reminders ?? 0) * (one?.remindEveryMs ?? 0)).toBeLessThan(24 * HOUR_MS)
    expect(one?.question).toEqual({
      code: 'case',
      facts: { job: 'uat-1', suite: 'entry', no: 1, name: 'Old orders', covers: 'demo' },
    })
  })
})
