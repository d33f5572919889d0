import { afterEach, expect, test } from 'vitest'
import { openCase, type PlayedCase } from '../../support/restore-cases/play-case.ts'

let played: PlayedCase | undefined
afterEach(async () => {
  await played?.close()
  played = undefined
})

test.each(['c19b', 'c19c'])(
  '%s: checks of the side copy are asked under the settings that it will have',
  async (id) => {
    played = await openCase(id)
    await played.play()
    expect(played.failureOf('restore')).toBeNull()
    expect(await played.dump()).toBe(played.before)
  },
)

test('c19b: and one that finds too few there is no green', async () => {
  played = await openCase('c19b')
  await played.run('damage')
  await played.say('backup')
  await played.say('restore')
  expect(played.failureOf('restore')).toMatchObject({ code: 'content_differs' })
})
