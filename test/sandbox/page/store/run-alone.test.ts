import { expect, test } from 'vitest'
import { runAlone } from '../../../../sandbox/page/store/run-alone.ts'

test('runs never overlap, and a call during one asks for exactly one more', async () => {
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const run = runAlone(async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running -= 1
  })
  const first = run()
  const later = [run(), run(), run()]
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await first
  await expect.poll(() => ends.length).toBe(2)
  ends[1]?.()
  await Promise.all(later)
  expect([ends.length, most]).toEqual([2, 1])
})

test('a run that fails does not keep the next from starting', async () => {
  let runs = 0
  const run = runAlone(async () => {
    runs += 1
    if (runs === 1) throw new Error('gone')
  })
  const first = run()
  const second = run()
  await expect(first).rejects.toThrow('gone')
  await second
  expect(runs).toBe(2)
})
