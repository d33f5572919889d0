import { expect, test } from 'vitest'
import { onlyReading } from '../../src/terminal/only-reading.ts'
import { startTalk } from '../support/fakes/say.ts'

test('a way to the store that may only read answers what is read, and begins nothing', async () => {
  const { deps, engine, moves } = startTalk({ channel: null })
  const reading = onlyReading(engine)
  const said = { requestId: 'r', person: { id: 'alice', slack: null, os: 'al' }, via: 'terminal' as const }
  for (const move of Object.keys(engine).filter((name) => name !== 'calls' && name !== 'recordRefusal')) {
    const call = reading[move as 'stop']({ ...said, channel: null, thread: null, at: '' }, 'restore-1')
    await expect(call, move).rejects.toMatchObject({ code: 'terminal_reads' })
  }
  await reading.recordRefusal({ ...said, channel: null, thread: null, at: '' }, null, {
    words: '',
    code: '',
    facts: {},
  })
  expect(moves()).toEqual([])
  expect(deps.commands.length).toBeGreaterThan(0)
})
