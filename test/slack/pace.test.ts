import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace } from '../../src/slack/pace.ts'

function startClock() {
  let ms = 0
  const pass = (by: number) => {
    ms += by
  }
  return { now: () => new Date(ms), pass, ms: () => ms }
}

describe('a pace', () => {
  it('never lets more calls through than a minute allows, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 300 }), (gaps) => {
        const clock = startClock()
        const pace = createPace(48, 6, clock)
        const calls: number[] = []
        for (const gap of gaps) {
          clock.pass(gap)
          if (pace.wait() > 0) continue
          pace.take()
          calls.push(clock.ms())
        }
        for (const from of calls) expect(calls.filter((at) => at >= from && at < from + 60_000).length).toBeLessThan(55)
      }),
      { numRuns: 50 },
    )
  })

  it('is ready after exactly the wait that it names', () => {
    const clock = startClock()
    const pace = createPace(60, 1, clock)
    pace.take()
    expect(pace.wait()).toBe(1000)
    clock.pass(1000)
    expect(pace.wait()).toBe(0)
  })

  it('is not exceeded by processes that follow each other, when each begins with nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 20 }), (lives) => {
        const clock = startClock()
        const calls: number[] = []
        for (const life of lives) {
          const pace = createPace(48, 6, clock, 0)
          const end = clock.ms() + life
          for (; clock.ms() < end; clock.pass(100)) {
            if (pace.wait() > 0) continue
            pace.take()
            calls.push(clock.ms())
          }
        }
        for (const from of calls) expect(calls.filter((at) => at >= from && at < from + 60_000).length).toBeLessThan(55)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps a reserve for more urgent calls', () => {
    const pace = createPace(60, 3, startClock())
    pace.take()
    expect(pace.wait(2)).toBeGreaterThan(0)
    expect(pace.wait()).toBe(0)
  })

  it('rests as long as Slack asked for', () => {
    const clock = startClock()
    const pace = createPace(60, 3, clock)
    pace.pause(5000)
    expect(pace.wait()).toBe(5000)
    clock.pass(5000)
    expect(pace.wait()).toBe(0)
  })
})
