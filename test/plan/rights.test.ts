import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listOwners } from '../../src/domain/scope.ts'
import { policyFor } from '../../src/plan/policy.ts'
import { approverNames, holdsRole } from '../../src/plan/resolve-rights.ts'
import { createRoleBook } from '../../src/plan/role-book.ts'
import { identifyPerson } from '../support/identify-person.ts'
import { exampleText, exampleWith, parseText } from './plan-text.ts'

const plan = parseText(exampleText)
const noGroups = async () => []
const brokenGroups = () => Promise.reject(new Error('ratelimited'))

describe('a person', () => {
  test('is the same by each identity', () => {
    const bySlack = identifyPerson(plan, { slack: 'U0ALICE' })
    const byOs = identifyPerson(plan, { os: 'alice' })
    expect([bySlack.id, byOs.id]).toEqual(['alice', 'alice'])
  })

  test('whom the plan does not map is their Slack id, and holds nothing', async () => {
    const stranger = identifyPerson(plan, { slack: 'U0ZED' })
    expect(stranger.id).toBe('U0ZED')
    expect(await holdsRole(plan, stranger, 'dba', noGroups)).toBe(false)
  })
})

describe('a role', () => {
  test('is held by name, by Slack id and through a group', async () => {
    const holds = (slack: string) => holdsRole(plan, identifyPerson(plan, { slack }), 'dba', async () => ['U0DANA'])
    expect(await Promise.all(['U0ALICE', 'U0BOB', 'U0DANA', 'U0CAROL'].map(holds))).toEqual([true, true, true, false])
  })

  test('is not held through a group that cannot be asked', async () => {
    const dana = identifyPerson(plan, { slack: 'U0DANA' })
    await expect(holdsRole(plan, dana, 'dba', brokenGroups)).rejects.toThrow('ratelimited')
    const bob = identifyPerson(plan, { slack: 'U0BOB' })
    expect(await holdsRole(plan, bob, 'dba', brokenGroups)).toBe(true)
  })

  test('is decided by the plan in force: who was taken out holds it no more', async () => {
    const alice = identifyPerson(plan, { slack: 'U0ALICE' })
    const later = parseText(exampleWith('alice: { slack: U0ALICE, os: alice }', 'alice: { slack: U0OTHER, os: alice }'))
    expect(await holdsRole(later, alice, 'dba', noGroups)).toBe(false)
    const book = createRoleBook({ plans: { inForce: async () => later }, groups: noGroups })
    expect(await book.holds(alice, 'dba')).toBe(false)
  })

  test('that no plan has, or that an object happens to have, is held by nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString')), async (role) => {
        fc.pre(!['dba', 'sysadmin', 'business'].includes(role))
        expect(await holdsRole(plan, { id: 'alice', slack: 'U0ALICE' }, role, async () => ['U0ALICE'])).toBe(false)
      }),
    )
  })

  test('never comes from an id alone that is neither in people nor a Slack identity', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom('U0BOB', 'constructor')), async (id) => {
        fc.pre(id !== 'alice')
        expect(await holdsRole(plan, { id, slack: null }, 'dba', async () => [id])).toBe(false)
      }),
    )
  })

  test('names those who hold it, also when a group cannot be asked', async () => {
    expect(await approverNames(plan, ['dba'], brokenGroups)).toEqual(['alice', 'U0BOB'])
    expect(await approverNames(plan, ['dba'], async () => ['U0ALICE', 'U0DANA'])).toEqual(['alice', 'U0BOB', 'U0DANA'])
  })
})

describe('the policy', () => {
  const bare = parseText(exampleText.replace(/approvals:\n(?: {2}.*\n)+/, ''))

  test('asks one other person of the owner role where the plan says nothing', () => {
    expect(policyFor(bare, 'orders-api', 'destructive')).toEqual({
      from: ['sysadmin'],
      count: 1,
      notRequester: true,
      approveWithinMs: 30 * 60_000,
      runWithinMs: 15 * 60_000,
      escalateTo: [],
      escalateAfterMs: null,
      secondFactor: null,
      emergencyFrom: [],
      emergencyAfterMs: null,
    })
    expect(policyFor(bare, 'orders-db', 'reversible').count).toBe(0)
    expect(policyFor(bare, null, 'destructive').from).toEqual(['dba', 'sysadmin'])
  })

  test('is what the plan says', () => {
    expect(policyFor(plan, 'orders-api', 'destructive').from).toEqual(['dba'])
    expect(policyFor(plan, 'orders-api', 'read').count).toBe(0)
  })

  test('of a system that is not in the plan lets nobody approve', () => {
    expect(listOwners(plan, 'constructor')).toEqual([])
  })
})
