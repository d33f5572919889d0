import { expect, test } from 'vitest'
import { startTalk } from '../support/fakes/say.ts'
import { fakeJobView } from '../support/fakes/views.ts'

const jobs = [fakeJobView({ id: 'restore-1' })]

test('a code of a card is passed on, and a code of a device is refused and not kept', async () => {
  const talk = startTalk({ jobs })
  await talk.says('bob', 'approve restore-1 9we4tf')
  expect(talk.engine.calls.at(-1)).toMatchObject({ move: 'approve', args: [{}, { job: 'restore-1', code: '9WE4TF' }] })
  const answer = await talk.says('bob', 'approve restore-1 --code 123 456')
  expect(answer).toMatchObject({ kind: 'private', refused: 'approval_code_shown' })
  expect(talk.moves()).toEqual(['approve', 'recordRefusal'])
  expect(JSON.stringify(talk.engine.calls)).not.toMatch(/123|456/)
})

test('nobody can type that their code was checked', async () => {
  const talk = startTalk({ jobs })
  for (const words of ['approve restore-1 --factor checked', 'approve restore-1 factor=checked']) {
    expect(await talk.says('bob', words)).toMatchObject({ refused: 'command_usage' })
  }
  await talk.says('bob', 'approve restore-1', { factor: 'checked' })
  expect(talk.engine.calls.at(-1)?.args[1]).toEqual({ job: 'restore-1', factor: 'checked' })
})
