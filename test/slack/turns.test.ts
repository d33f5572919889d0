import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns } from '../../src/slack/turns.ts'

describe('turns', () => {
  it('let four begin at once, and the next when one has ended', async () => {
    const takeTurn = createTurns()
    const begun: number[] = []
    const ends: (() => void)[] = []
    for (let n = 1; n <= 9; n++) {
      void takeTurn().then((end) => {
        begun.push(n)
        ends.push(end)
      })
    }
    await nextTurn()
    await nextTurn()
    expect(begun).toEqual([1, 2, 3, 4])
    ends[1]?.()
    ends[1]?.()
    await nextTurn()
    await nextTurn()
    expect(begun).toEqual([1, 2, 3, 4, 5])
  })

  it('begin not before the sockets were looked at again', async () => {
    const order: string[] = []
    const begun = createTurns()().then(() => order.push('work'))
    setImmediate(() => order.push('socket'))
    await Promise.resolve()
    expect(order).toEqual([])
    await begun
    expect(order).toContain('work')
  })

  it('go on when those who have theirs wait for somebody', async () => {
    const takeTurn = createTurns()
    for (let n = 0; n < 4; n++) void takeTurn()
    const fifth = takeTurn().then(() => 'begun')
    expect(await Promise.race([fifth, delay(5_000, 'stuck', { ref: false })])).toBe('begun')
  })
})
