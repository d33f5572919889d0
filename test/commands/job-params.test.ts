import { expect, test } from 'vitest'
import { commandRegister } from '../../commands/index.ts'
import { jobRegister } from '../../jobs/index.ts'
import { startTalk } from '../support/fakes/say.ts'

const asking = commandRegister.filter((command) => jobRegister.find(command.name) && command.name !== 'undo')

test('every kind of job that people ask for has its command', () => {
  const named = ['backup', 'baseline', 'restore', 'verify', 'freeze', 'thaw', 'restart', 'config', 'test']
  expect(asking.map(({ name }) => name).sort()).toEqual(named.sort())
})

const examples = asking.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const))

test.each(examples)('%s: the params of «%s» are those that its kind takes', async (name, example) => {
  const talk = startTalk({ deps: { jobs: jobRegister } })
  await talk.says(['restart', 'config'].includes(name) ? 'carol' : 'alice', example)
  const [call] = talk.engine.calls
  if (call?.move !== 'requestJob') throw new Error(`${example} asked for no job`)
  const [, { kind, params }] = call.args
  expect(kind).toBe(name)
  expect(jobRegister.find(kind)?.params.safeParse(params).error).toBeUndefined()
})
