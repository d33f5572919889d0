import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Right } from '../../../src/engine/define-command.ts'
import { checkRight, holdsRight } from '../../../src/engine/say/check-right.ts'
import type { RoleBook } from '../../../src/ports/plans.ts'
import { fakePlan } from '../../support/fakes/plan.ts'

const plan = fakePlan()
const alice = { id: 'alice', slack: null, os: null }
const someRoles = fc.subarray(['dba', 'sysadmin'])
const someRight: fc.Arbitrary<Right> = fc.oneof(
  fc.constant<Right>({ kind: 'any_role' }),
  someRoles.map((roles): Right => ({ kind: 'roles', roles })),
)

function bookOf(held: readonly string[], broken: readonly string[]): RoleBook {
  return {
    holds: async (_person, role) => {
      if (broken.includes(role)) throw new Error('group unknown')
      return held.includes(role)
    },
    peopleOf: async () => [],
  }
}

test('a right is granted exactly when a wanted role is held, and never by a role that cannot be looked up', async () => {
  await fc.assert(
    fc.asyncProperty(someRight, someRoles, someRoles, async (right, held, broken) => {
      const wanted = right.kind === 'roles' ? right.roles : Object.keys(plan.roles)
      const may = wanted.some((role) => held.includes(role) && !broken.includes(role))
      const book = bookOf(held, broken)
      expect(await holdsRight(book, plan, alice, right).catch(() => false)).toBe(may)
      const checked = checkRight(book, plan, alice, right, 'act').then(
        () => true,
        () => false,
      )
      expect(await checked).toBe(may)
    }),
  )
})

test('where nobody can be named the refusal names the role', async () => {
  const right: Right = { kind: 'roles', roles: ['dba'] }
  const refusal = checkRight(bookOf(['sysadmin'], []), plan, alice, right, 'restore orders-db')
  await expect(refusal).rejects.toMatchObject({ code: 'role_missing', hint: 'somebody with the role dba can.' })
})

test('the asker is not among those who could', async () => {
  const book = { ...bookOf([], []), peopleOf: async () => ['alice', 'bob'] }
  const refusal = checkRight(book, plan, alice, { kind: 'any_role' }, 'act')
  await expect(refusal).rejects.toMatchObject({ facts: { others: '⟦person:bob⟧' } })
})
