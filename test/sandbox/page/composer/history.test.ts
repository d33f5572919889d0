import { expect, test } from 'vitest'
import { type History, recall, remember } from '../../../../sandbox/page/composer/history.ts'

const said = ['one', 'two', 'three'].reduce<History>(remember, { lines: [], back: 0 })

test('arrows go back to the first line and forth to nothing', () => {
  const seen: string[] = []
  let history = said
  for (const older of [true, true, true, true, false, false, false, false]) {
    const step = recall(history, older)
    history = step.history
    seen.push(step.text)
  }
  expect(seen).toEqual(['three', 'two', 'one', 'one', 'two', 'three', '', ''])
})

test('what is said again stands once, at the end', () => {
  expect(remember(said, 'one').lines).toEqual(['two', 'three', 'one'])
})

test('only the newest lines are kept', () => {
  const many = Array.from({ length: 80 }, (_, index) => `line ${index}`).reduce<History>(remember, said)
  expect(many.lines).toHaveLength(50)
  expect(many.lines.at(-1)).toBe('line 79')
})
