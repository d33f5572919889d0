import { expect, test } from 'vitest'
import { groupMessages } from '../../../../sandbox/page/messages/group-messages.ts'
import type { PageMessage } from '../../../../sandbox/slack/page/wire.ts'

const noon = new Date('2026-03-04T12:00:00').getTime() / 1000
const ts = (seconds: number) => `${noon + seconds}.000000`
const say = (user: string, seconds: number, more: Partial<PageMessage> = {}): PageMessage => ({
  ...{ ts: ts(seconds), channel: 'C', user, byBot: false, text: 'x', edits: 0, files: [] },
  ...more,
})
const about = { now: noon * 1000 }
const continues = (messages: readonly PageMessage[]) => groupMessages(messages, [], about).map((one) => one.continues)

test('the same one within five minutes goes on without face and name', () => {
  expect(continues([say('A', 0), say('A', 60), say('B', 70), say('B', 400)])).toEqual([false, true, false, false])
})

test('a message with replies ends its group', () => {
  expect(continues([say('A', 0, { reply_count: 2 }), say('A', 5)])).toEqual([false, false])
})

test('each day begins with its name, and with a face', () => {
  const placed = groupMessages([say('A', -86_400), say('A', -86_300), say('A', 0)], [], about)
  expect(placed.map(({ day }) => day)).toEqual(['Yesterday', undefined, 'Today'])
  expect(placed.map((one) => one.continues)).toEqual([false, true, false])
})

test('a day begins with a face even seconds after the last word of the day before', () => {
  expect(continues([say('A', 12 * 3600 - 10), say('A', 12 * 3600 + 10)])).toEqual([false, false])
})

test('private ones stand at their time and end a group', () => {
  const placed = groupMessages([say('A', 0), say('A', 20)], [{ ts: ts(10), text: 'only you', blocks: [] }], about)
  expect(placed.map(({ entry }) => entry.kind)).toEqual(['message', 'ephemeral', 'message'])
  expect(placed.map((one) => one.continues)).toEqual([false, false, false])
})

test('what others said since the last look is marked once', () => {
  const messages = [say('A', 0), say('ME', 10), say('A', 20), say('A', 30)]
  const marks = (seenUpTo?: string) =>
    groupMessages(messages, [], { ...about, me: 'ME', ...(seenUpTo ? { seenUpTo } : {}) }).map((one) => one.firstNew)
  expect(marks(ts(0))).toEqual([false, false, true, false])
  expect(marks(ts(30))).toEqual([false, false, false, false])
  expect(marks()).toEqual([false, false, false, false])
})
