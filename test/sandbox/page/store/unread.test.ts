import { expect, test } from 'vitest'
import { countUnread, findWaiting, hasNewsElsewhere, markSeen } from '../../../../sandbox/page/store/unread.ts'
import type { PageState } from '../../../../sandbox/slack/page/wire.ts'

const conversation = { withBot: true, topic: '', direct: false }
const note = (channel: string, ts: string) =>
  ({ user: 'A', channel, ts, text: 'x', why: 'mention', at: 0 }) as const satisfies PageState['notifications'][number]
const state = {
  person: 'A',
  channel: 'C1',
  users: [
    { id: 'A', name: 'alice', realName: 'Alice' },
    { id: 'B', name: 'bob', realName: 'Bob' },
  ],
  newest: { A: '5', B: '4' },
  channels: [
    { ...conversation, id: 'C1', name: 'one', newest: '3', newestMessage: '6' },
    { ...conversation, id: 'C2', name: 'two', newest: '5', newestMessage: '5' },
    { ...conversation, id: 'C3', name: 'three', newest: '', newestMessage: '2' },
  ],
  notifications: [note('C1', '3'), note('C2', '4'), note('C2', '5')],
} as unknown as PageState

test('badges count notifications since the last look, and other news only makes bold', () => {
  expect([...countUnread(state, { 'A/C2': '4' })]).toEqual([
    ['C1', { badge: 1, fresh: true }],
    ['C2', { badge: 1, fresh: true }],
    ['C3', { badge: 0, fresh: true }],
  ])
  expect(countUnread(state, { 'A/C3': '2' }).get('C3')).toEqual({ badge: 0, fresh: false })
})

test('looking at a conversation marks it for the one who looks, and nothing else', () => {
  const seen = markSeen(state, { 'B/C1': '1' })
  expect(seen).toEqual({ 'B/C1': '1', 'A/': '5', 'A/C1': '6' })
  expect(countUnread(state, seen).get('C2')?.badge).toBe(2)
  expect(markSeen(state, seen)).toBe(seen)
})

test('others wait from their first notification until somebody takes their place', () => {
  expect([...findWaiting(state, {})]).toEqual(['B'])
  expect([...findWaiting(state, { 'B/': '4' })]).toEqual([])
})

test('there is news elsewhere while somebody waits or another conversation has a badge', () => {
  expect(hasNewsElsewhere(state, { 'A/C2': '5' })).toBe(true)
  expect(hasNewsElsewhere(state, { 'A/C2': '4', 'B/': '4' })).toBe(true)
  expect(hasNewsElsewhere(state, { 'A/C2': '5', 'B/': '4' })).toBe(false)
})
