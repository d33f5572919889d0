import { describe, expect, test } from 'vitest'
import { policyFor } from '../../src/plan/policy.ts'
import { exampleText, exampleWith, parseText } from './plan-text.ts'

/** The example with a policy of the database alone. */
const withOwn = (policy: string) =>
  exampleWith('    kind: postgres\n', `    kind: postgres\n    approvals: { destructive: ${policy} }\n`)

function complaintOf(text: string): string {
  try {
    parseText(text)
    return ''
  } catch (error) {
    return `${(error as Error).message}\n${(error as { hint?: string }).hint ?? ''}`
  }
}

describe('the policy of one system', () => {
  const plan = parseText(
    withOwn('{ from: [sysadmin], count: 2, secondFactor: totp, escalateTo: [dba], escalateAfter: 10m }'),
  )

  test('counts instead of that of the plan, for this system and this risk alone', () => {
    expect(policyFor(plan, 'orders-db', 'destructive')).toEqual({
      ...{ from: ['sysadmin'], count: 2, notRequester: true, approveWithinMs: 1_800_000, runWithinMs: 900_000 },
      ...{ escalateTo: ['dba'], escalateAfterMs: 600_000, secondFactor: 'totp' },
      ...{ emergencyFrom: [], emergencyAfterMs: null },
    })
    const general = policyFor(parseText(exampleText), 'orders-db', 'destructive')
    expect(policyFor(plan, 'orders-api', 'destructive')).toEqual(general)
    expect(policyFor(plan, null, 'destructive')).toEqual(general)
    expect(policyFor(plan, 'orders-db', 'reversible').count).toBe(0)
  })

  test('that names nobody is decided by the owner', () => {
    expect(policyFor(parseText(withOwn('{ count: 1 }')), 'orders-db', 'destructive').from).toEqual(['dba'])
  })

  test.each([
    ['less than one approval', '{ count: 0 }', /a destructive step needs an approval/],
    ['approving oneself', '{ notRequester: false }', /nobody approves their own/],
    ['an unknown role', '{ from: [dbas] }', /no role "dbas"[\s\S]*Did you mean "dba"/],
    ['an unknown role to turn to', '{ escalateTo: [dbs], escalateAfter: 5m }', /no role "dbs"/],
    ['nobody to turn to', '{ escalateAfter: 5m }', /nobody is named to turn to/],
    ['no time to turn to others', '{ escalateTo: [dba] }', /not said after how long/],
    ['turning to others too late', '{ escalateTo: [dba], escalateAfter: 30m }', /the 30m to approve are over/],
    ['another second factor', '{ secondFactor: sms }', /secondFactor|totp/],
    ['an unknown key', '{ escalate: [dba] }', /unknown key "escalate"[\s\S]*Did you mean "escalateTo"/],
  ])('is refused for %s', (_, policy, said) => {
    expect(complaintOf(withOwn(policy))).toMatch(said)
    if (!policy.includes('escalate: ')) expect(complaintOf(withOwn(policy))).toMatch(/line \d+|:\d+:\d+/)
  })
})

describe('an emergency', () => {
  const withEmergency = (emergency: string) =>
    exampleText.replace(/approvals:\n/, `approvals:\n  emergency: ${emergency}\n`)

  test('is off unless it is written, and only for what destroys', () => {
    expect(policyFor(parseText(exampleText), 'orders-db', 'destructive')).toMatchObject({ emergencyAfterMs: null })
    const plan = parseText(withEmergency('{ from: [dba], after: 15m }'))
    const allowed = { emergencyFrom: ['dba'], emergencyAfterMs: 900_000 }
    expect(policyFor(plan, 'orders-db', 'destructive')).toMatchObject(allowed)
    expect(policyFor(plan, 'orders-db', 'reversible')).toMatchObject({ emergencyFrom: [], emergencyAfterMs: null })
  })

  test.each([
    ['nobody', '{ from: [], after: 15m }', /./],
    ['an unknown role', '{ from: [dbas], after: 15m }', /no role "dbas"/],
    ['no time', '{ from: [dba] }', /after/],
    ['a time that never comes', '{ from: [dba], after: 45m }', /the 30m to approve are over/],
  ])('is refused for %s', (_, emergency, said) => {
    expect(complaintOf(withEmergency(emergency))).toMatch(said)
  })

  test('is refused where one system gives less time to approve than it waits', () => {
    const shorter = '    kind: postgres\n    approvals: { destructive: { from: [dba], approveWithin: 10m } }\n'
    const text = withEmergency('{ from: [dba], after: 15m }').replace('    kind: postgres\n', shorter)
    expect(complaintOf(text)).toMatch(/the 10m to approve are over/)
  })
})

describe('a policy for reversible steps', () => {
  const own = (policy: string) =>
    exampleWith('    kind: postgres\n', `    kind: postgres\n    approvals: { reversible: ${policy} }\n`)
  const whole = (policy: string) => exampleWith('  reversible:  { count: 0 }', `  reversible:  ${policy}`)

  test.each([
    ['of one person', own('{ count: 1 }'), { from: ['dba'], count: 1 }],
    ['of two', own('{ from: [sysadmin], count: 2 }'), { from: ['sysadmin'], count: 2 }],
    ['that says no number', own('{ from: [sysadmin] }'), { from: ['sysadmin'], count: 1 }],
    ['for all systems', whole('{ count: 1, secondFactor: totp }'), { count: 1, secondFactor: 'totp' }],
  ])('is taken: %s', (_what, text, policy) => {
    expect(policyFor(parseText(text), 'orders-db', 'reversible')).toMatchObject(policy)
  })

  test('asks nobody where none is written, or where it says so', () => {
    expect(policyFor(parseText(exampleText), 'orders-db', 'reversible').count).toBe(0)
    expect(complaintOf(own('{ count: 0 }'))).toBe('')
  })

  test.each([
    ['from', own('{ count: 0, from: [sysadmin] }')],
    ['escalateTo', own('{ count: 0, escalateTo: [dba], escalateAfter: 5m }')],
    ['secondFactor', whole('{ count: 0, secondFactor: totp }')],
  ])('that asks nobody and says more is refused, because %s would not be kept', (key, text) => {
    expect(complaintOf(text)).toContain(`nobody is asked and ${key} would not be kept`)
  })
})

test('a second factor of an acceptance test that nobody signs off is refused', () => {
  const suite = (more: string) =>
    `${exampleText.replace(/^uat:[\s\S]*?(?=^\w)/m, `uat: { order-entry: { testers: [business], cases: [one], ${more} } }\n`)}`
  expect(complaintOf(suite('secondFactor: totp'))).toMatch(/nobody signs off/)
  expect(complaintOf(suite('secondFactor: totp, signOff: [business]'))).not.toMatch(/nobody signs off/)
})
