import { expect, it } from 'vitest'
import { countNews } from '../../../../sandbox/page/panels/news-seen.ts'
import type { Notification } from '../../../../sandbox/slack/workspace.ts'

const note = (at: number): Notification => ({ user: 'U', channel: 'C', ts: String(at), text: '', why: 'mention', at })

it.each([
  [0, 3],
  [10, 2],
  [30, 0],
])('after looking at %i, %i of three are news', (seen, count) => {
  expect(countNews([note(10), note(20), note(30)], seen)).toBe(count)
})
