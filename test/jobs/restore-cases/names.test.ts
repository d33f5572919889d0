import { afterEach, expect, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

test.each([
  ['c13c: what an address takes for its own', '& = ? $ / % # @ :'],
  ['what is an escape in an address', '50%25 a%20b+c'],
  ['what libpq takes for a connection string', " dbname=postgres host='x'"],
  ['quotes and a backslash', `'"\\"'`],
  ['other scripts', ' 주문 größe 🐘'],
])('%s', async (_, suffix) => {
  const mine = await openCase('c00', { suffix })
  played = mine
  await mine.play()
  expect(mine.failureOf('backup')).toBeNull()
  expect(mine.failureOf('restore')).toBeNull()
  expect(mine.after).toBe(mine.before)
  await mine.say('verify')
  expect(mine.failureOf('verify')).toBeNull()
})
