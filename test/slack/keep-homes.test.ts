import type { WebClient } from '@slack/web-api'
import { WebAPIRateLimitedError } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HomeState } from '../../src/domain/cards/home-card.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createHomes, type Homes } from '../../src/slack/home.ts'
import { homeState } from '../support/card-samples/home.ts'
import { voice } from '../support/card-samples/world.ts'
import { createMemoryMessages } from './support/memory-messages.ts'

const MINUTE = 60_000
const nothing = { approvals: [], manuals: [], cases: [], questions: [], incidents: [] }

let state: HomeState
let published: { user: string; at: number; blocks: string }[]
let fails: (() => void) | null
let homes: Homes

beforeEach(() => {
  vi.useFakeTimers()
  state = homeState()
  published = []
  fails = null
  const publish = async ({ user_id, view }: { user_id: string; view: { blocks: unknown } }) => {
    published.push({ user: user_id, at: Date.now(), blocks: JSON.stringify(view.blocks) })
    fails?.()
    return { ok: true }
  }
  homes = createHomes({
    client: { views: { publish } } as unknown as WebClient,
    readHome: async () => state,
    identify: (user) => ({ id: user, slack: user, os: null }),
    membersOf: async () => [],
    messages: createMemoryMessages(() => []),
    addressOf: async () => null,
    names: { voiceFor: async () => voice, privately: () => voice },
    clock: { now: () => new Date() },
    log: silentLog,
  })
  homes.start()
})

afterEach(async () => {
  vi.useRealTimers()
  await homes.stop()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('Homes', () => {
  it('are published for nobody who did not open theirs', async () => {
    homes.nudge()
    await pass(MINUTE)
    expect(published).toEqual([])
  })

  it('are published at once when they are opened, and not again while nothing changes', async () => {
    homes.open('U0BOB')
    await pass(500)
    expect(published).toHaveLength(1)
    homes.nudge()
    await pass(9 * MINUTE)
    expect(published.length).toBeLessThanOrEqual(10)
    expect(new Set(published.map(({ blocks }) => blocks)).size).toBe(published.length)
  })

  it('follow every change, but at most once in two seconds', async () => {
    homes.open('U0BOB')
    for (let turn = 0; turn < 40; turn += 1) {
      state = homeState({ systems: [{ system: `system-${turn}`, may: ['restore'], mayNot: [], others: [] }] })
      homes.nudge()
      await pass(100)
    }
    await pass(2500)
    expect(published.length).toBeGreaterThan(1)
    for (const [index, { at }] of published.entries())
      if (index > 0) expect(at - (published[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(2000)
    expect(published.at(-1)?.blocks).toContain('system-39')
  })

  it('are looked at again without an event: time ends, jobs go on', async () => {
    homes.open('U0BOB')
    await pass(500)
    state = homeState({ ...nothing })
    await pass(11_000)
    expect(published.at(-1)?.blocks).toContain('Nothing waits for you')
  })

  it('are left alone once nobody looks, except for what waits', async () => {
    homes.open('U0BOB')
    await pass(11 * MINUTE)
    const before = published.length
    state = homeState({ systems: [] })
    homes.nudge()
    await pass(MINUTE)
    expect(published).toHaveLength(before)
    state = homeState({ ...nothing })
    homes.nudge()
    await pass(MINUTE)
    expect(published).toHaveLength(before + 1)
    expect(published.at(-1)?.blocks).toContain('Nothing waits for you')
  })

  it('lose what waited when the person loses the role, though nobody looks', async () => {
    homes.open('U0BOB')
    await pass(11 * MINUTE)
    state = homeState({ ...nothing, roles: [] })
    homes.nudge()
    await pass(MINUTE)
    expect(published.at(-1)?.blocks).toContain('You have no role here')
  })

  it('are published anew when opened again, whatever they showed before', async () => {
    homes.open('U0BOB')
    await pass(5000)
    const before = published.length
    homes.open('U0BOB')
    await pass(3000)
    expect(published).toHaveLength(before + 1)
  })

  it('wait as long as Slack asks for, and then show the newest state', async () => {
    fails = () => {
      throw new WebAPIRateLimitedError(30)
    }
    homes.open('U0BOB')
    await pass(1000)
    fails = null
    await pass(20_000)
    expect(published).toHaveLength(1)
    await pass(15_000)
    expect(published.length).toBeGreaterThan(1)
  })

  it('come back after a lost answer', async () => {
    fails = () => {
      throw new Error('socket hang up')
    }
    homes.open('U0BOB')
    await pass(1000)
    fails = null
    await pass(5000)
    expect(published).toHaveLength(2)
  })

  it('show an answer until the Home is opened again or five minutes are over', async () => {
    homes.open('U0BOB')
    await pass(3000)
    homes.tell('U0BOB', { headline: 'Already decided', rows: [], buttons: [], fallback: '' })
    await pass(3000)
    expect(published.at(-1)?.blocks).toContain('Already decided')
    await pass(6 * MINUTE)
    expect(published.at(-1)?.blocks).not.toContain('Already decided')
  })
})
