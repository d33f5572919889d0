import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { askCode } from '../../src/terminal/ask-code.ts'

/** A keyboard that remembers whether the terminal would show what is typed. */
function makeKeyboard(isTTY = true) {
  const keys = new EventEmitter()
  const raw: boolean[] = []
  const flow: string[] = []
  const input = Object.assign(keys, {
    isTTY,
    setRawMode: (on: boolean) => void raw.push(on),
    resume: () => void flow.push('resume'),
    pause: () => void flow.push('pause'),
  })
  return { input: input as never, type: (text: string) => void keys.emit('data', Buffer.from(text)), raw, flow, keys }
}

test.each([
  ['123456\r', '123456'],
  ['123 456\n', '123456'],
  ['12a3\u007f\u007f23456\r', '123456'],
  ['\r', null],
  ['123\u0003', null],
  ['\u0004', null],
])('what is typed as %j is read as %j and never shown', async (typed, expected) => {
  const { input, type, raw, flow, keys } = makeKeyboard()
  const shown: string[] = []
  const asked = askCode('Code: ', input, (text) => void shown.push(text))
  for (const key of typed) type(key)
  expect(await asked).toBe(expected)
  expect(shown.join('')).toBe('Code: \n')
  expect(raw).toEqual([true, false])
  expect(flow).toEqual(['resume', 'pause'])
  expect(keys.listenerCount('data')).toBe(0)
})

test('where no terminal is there nobody is asked', async () => {
  const { input } = makeKeyboard(false)
  expect(await askCode('Code: ', input, () => expect.fail())).toBeNull()
})
