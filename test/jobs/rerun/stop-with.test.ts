import { expect, test } from 'vitest'
import { stopWith } from '../../../jobs/rerun/stop-with.ts'

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

test('what does not end when it is asked to is killed after its grace', async () => {
  const stop = new AbortController()
  const asked: string[] = []
  const { kill, done } = stopWith(stop.signal, async () => void asked.push('asked'), 30)
  stop.abort(new Error('stop'))
  await aborted(kill)
  expect(asked).toEqual(['asked'])
  done()
})

test('what ends by itself is neither asked nor killed', async () => {
  const stop = new AbortController()
  const asked: string[] = []
  const { kill, done } = stopWith(stop.signal, async () => void asked.push('asked'), 10)
  done()
  stop.abort()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([asked, kill.aborted]).toEqual([[], false])
})

test('what was stopped before it began is killed at once', () => {
  const stop = AbortSignal.abort(new Error('stop'))
  expect(stopWith(stop, async () => {}).kill.aborted).toBe(true)
})
