import { afterEach, expect, it, vi } from 'vitest'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import { keepOrder } from '../../../src/engine/work/keep-order.ts'
import { silentLog } from '../../../src/ports/log.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { WorkerBook } from '../../../src/ports/workers.ts'

afterEach(() => vi.useRealTimers())

it('draws the look of the sweep forward to the next that is due, and keeps no second clock', async () => {
  vi.useFakeTimers()
  const next = [300, null, 0, null]
  const looks: number[] = []
  const store = {
    lookAtDue: async () => ({ now: looks.push(Date.now()) && [], nextMs: next[looks.length - 1] ?? null }),
    listUnasked: async () => [],
    listMovingRuns: async () => [],
    listStrandedJobs: async () => [],
  } as Partial<Store> as Store
  const deps = { store, log: silentLog, clock: { now: () => new Date() } } as EngineDeps
  const began = Date.now()
  const keeper = keepOrder(deps, {} as WorkerBook)
  await vi.advanceTimersByTimeAsync(6_400)
  expect(vi.getTimerCount()).toBe(1)
  await keeper.stop()
  expect(looks.map((at) => at - began)).toEqual([2_000, 2_300, 4_300, 4_320, 6_320])
  expect(vi.getTimerCount()).toBe(0)
})
