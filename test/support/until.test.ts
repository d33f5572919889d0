import { expect, test } from 'vitest'
import { until } from './until.ts'

test('waiting ends with the first truthy answer', async () => {
  let calls = 0
  expect(await until('three calls', () => (++calls === 3 ? `call ${calls}` : undefined), 1_000, 1)).toBe('call 3')
})

test('a wait that times out says what was awaited and what was seen last', async () => {
  await expect(until('a free lock', () => false, 30, 5)).rejects.toThrow(
    'Waited 120 ms for: a free lock. Last seen: false',
  )
})

test('an error while looking counts as not yet and is named at the end', async () => {
  const probe = () => {
    throw new Error('connection refused')
  }
  await expect(until('a server', probe, 30, 5)).rejects.toThrow('Last seen: error: connection refused')
})
