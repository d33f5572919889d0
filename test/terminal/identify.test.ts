import { userInfo } from 'node:os'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identifySlackUser } from '../../src/slack/people.ts'
import { identifyOsUser, readOsUser } from '../../src/terminal/identify.ts'

const people = { alice: { slack: 'U0ALICE', os: 'al' }, bob: { os: 'bob' }, carol: { slack: 'U0CAROL' } }
const account = (name: string | null, uid = 1000, sudo = false) => ({ uid, name, sudo })

describe('whose account it is', () => {
  test('is the person of the plan, the same one as in Slack', () => {
    expect(identifyOsUser({ people }, account('al'))).toEqual({ id: 'alice', slack: 'U0ALICE', os: 'al' })
    expect(identifyOsUser({ people }, account('bob'))).toEqual({ id: 'bob', slack: null, os: 'bob' })
  })

  test('is the one whose approval of their own request is refused, whichever way each of them was said', () => {
    const inSlack = identifySlackUser({ people }, 'U0ALICE')
    expect(identifyOsUser({ people }, account('al')).id).toBe(inSlack.id)
  })

  test.each([
    ['root', account('root', 0), 'terminal_account'],
    ['root under another name', account('al', 0), 'terminal_account'],
    ['sudo', account('al', 1000, true), 'terminal_account'],
    ['an account that nobody maps', account('mallory'), 'terminal_unmapped'],
    ['an account with the name of a person', account('alice'), 'terminal_unmapped'],
    ['an account without a name', account(null), 'terminal_unmapped'],
    ['a person without an account', account('carol'), 'terminal_unmapped'],
  ])('is nobody’s for %s', (_what, user, code) => {
    expect(() => identifyOsUser({ people }, user)).toThrow(expect.objectContaining({ code }))
  })

  test('is nobody’s where two people share it, and the error names both', () => {
    const shared = { ...people, dana: { os: 'bob' } }
    expect(() => identifyOsUser({ people: shared }, account('bob'))).toThrow(/belongs to bob and dana/)
  })

  test('is never guessed: only the one exact name of the plan leads to a person', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('al ', 'AL', 'bob\n', '__proto__', 'constructor')), (name) => {
        fc.pre(name !== 'al' && name !== 'bob')
        expect(() => identifyOsUser({ people }, account(name))).toThrow(/does not say whose account/)
      }),
    )
  })

  test('is asked of the machine, not of the environment', () => {
    const user = readOsUser({ USER: 'al', LOGNAME: 'al', HOME: '/home/al' })
    expect(user).toEqual({ uid: process.getuid?.(), name: userInfo().username, sudo: false })
    expect(readOsUser({ SUDO_UID: '1000' }).sudo).toBe(true)
  })
})
