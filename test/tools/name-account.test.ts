import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import { nameAccount } from '../../src/tools/name-account.ts'

test('an account has the name that the machine knows it by, and none where it knows none', async () => {
  const { uid, username } = userInfo()
  expect(await nameAccount(uid)).toBe(username)
  expect(await nameAccount(0)).toBe('root')
  expect(await nameAccount(3_999_999_999)).toBeNull()
  // As a name it would be looked up as one; only numbers are accounts here.
  expect(await nameAccount(Number.NaN)).toBeNull()
})
