import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { createRateLimits } from '../../sandbox/slack/rate-limits.ts'
import { buildLineCard } from '../../src/domain/cards/line-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createBoard } from '../../src/slack/board.ts'
import type { Names } from '../../src/slack/names.ts'
import { createMemoryMessages } from './support/memory-messages.ts'

const voice = { person: (id: string) => id, timezone: 'UTC' }
const names: Names = { voiceFor: async () => voice, privately: () => voice }

/** A board over a Slack that limits as the real one, in a time of its own. */
async function makeBoard(keys: readonly string[]) {
  let now = 1_000_000
  const shown: { key: string; at: number; text: string }[] = []
  const limits = createRateLimits(() => now)
  const refusals: number[] = []
  const update = async ({ ts, text }: { ts: string; text: string }) => {
    const seconds = limits.take('chat.update', { perMinute: 50, burst: 10 })
    if (seconds !== undefined) {
      refusals.push(seconds)
      throw new WebAPIRateLimitedError(seconds)
    }
    shown.push({ key: ts, at: now, text })
    return { ok: true }
  }
  const messages = createMemoryMessages(() => [])
  for (const key of keys) {
    const fixed = { incident: 1, channel: 'C', thread: null, job: key, notifies: false, intendedAt: '' }
    await messages.intend({ key, ...fixed })
    await messages.recordPosted(key, key, '')
  }
  const client = { chat: { update } } as unknown as WebClient
  const clock = { now: () => new Date(now) }
  const anew: string[] = []
  const postAnew = async ({ key }: { readonly key: string }) => {
    anew.push(key)
    await messages.recordPosted(key, `${key}-2`, '')
  }
  const board = createBoard({ client, messages, names, postAnew, clock, log: silentLog })
  // A board begins with nothing to spend; this one has been up for a minute.
  now += 60_000
  const touch = (key: string, urgent: boolean, text = `${key} at ${now}`) =>
    board.touch(key, async () => ({ card: buildLineCard(text), notify: [] }), urgent)
  /** Lets time pass as the publisher does: `each` is called every 250 ms. */
  const pass = async (ms: number, each: () => void) => {
    for (const end = now + ms; now < end; now += 250) {
      each()
      while ((await board.runOnce()) === 0) {}
    }
  }
  return { board, touch, pass, shown, refusals, messages, anew, now: () => now }
}

describe('the board of live cards', () => {
  it.each([1, 2, 3])('keeps %i running cards younger than 5 s for ten minutes, and is never limited', async (count) => {
    const keys = Array.from({ length: count }, (_, index) => `job:${index}`)
    const one = await makeBoard(keys)
    await one.pass(600_000, () => {
      const every = Math.max(2500, count * 1500)
      for (const key of keys) if (one.now() - one.board.drawnAt(key) >= every) one.touch(key, false)
    })
    expect(one.refusals).toEqual([])
    for (const key of keys) {
      const times = one.shown.filter((entry) => entry.key === key).map(({ at }) => at)
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
      expect(Math.max(...gaps)).toBeLessThan(5000)
    }
  })

  it('shows a change of state before cards that only tick', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const one = await makeBoard([...keys, 'urgent'])
    await one.pass(5000, () => {
      for (const key of keys) one.touch(key, false)
    })
    const from = one.now()
    one.touch('urgent', true)
    await one.pass(250, () => {})
    expect(one.shown.find(({ key }) => key === 'urgent')?.at).toBe(from)
  })

  it('shows only the newest state of a card, and nothing that is shown already', async () => {
    const one = await makeBoard(['a'])
    for (const text of ['one', 'two', 'three']) one.touch('a', true, text)
    await one.pass(1000, () => {})
    one.touch('a', true, 'three')
    await one.pass(1000, () => {})
    expect(one.shown.map(({ text }) => text)).toEqual(['three'])
  })

  it('lets a card that cannot be drawn not stand in the way of others', async () => {
    const one = await makeBoard(['a', 'b'])
    one.board.touch('a', () => Promise.reject(new TypeError('no card')), true)
    one.touch('b', true)
    await expect(one.board.runOnce()).rejects.toThrow('no card')
    expect(await one.board.runOnce()).toBe(0)
    expect(one.shown.map(({ key }) => key)).toEqual(['b'])
  })

  it('never edits again what can no longer be edited', async () => {
    const one = await makeBoard(['a'])
    await one.messages.recordRefused('a')
    one.touch('a', true)
    await one.pass(1000, () => {})
    expect(one.shown).toEqual([])
  })
})
