import { expect, test } from 'vitest'
import { escapeText } from '../../../../sandbox/slack/people/escape-text.ts'
import { createState } from '../../../../sandbox/slack/state.ts'
import { workspace } from '../fixture.ts'

const state = createState(workspace, Date.now)

test.each([
  ['handover @bob', 'handover <@U0BOB|bob>'],
  ['ask @dbas now', 'ask <!subteam^S0DBAS|@dbas> now'],
  ['see #incident', 'see <#C0INC|incident>'],
  ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ['see https://example.com/a?b=1', 'see <https://example.com/a?b=1>'],
  ['mail bob@example.com, ask @nobody', 'mail bob@example.com, ask @nobody'],
])('a command "%s" is sent as "%s"', (typed, sent) => {
  expect(escapeText(state, typed, 'command')).toBe(sent)
})

test('a message mentions people by id alone', () => {
  expect(escapeText(state, '@salvor handover @bob', 'message')).toBe('<@U0SALVOR> handover <@U0BOB>')
})
