import { expect, test } from 'vitest'
import { readAloud } from '../../../../sandbox/slack/page/read-aloud.ts'
import { createState } from '../../../../sandbox/slack/state.ts'
import { workspace } from '../fixture.ts'

const state = createState(workspace, () => 0)

test.each([
  ['<@U0BOB> and <@U0SALVOR|x>', '@bob and @salvor'],
  ['<@U0GONE> in <#C0INC>', '@U0GONE in #incident'],
  ['<!subteam^S0DBAS> <!here>', '@dbas @here'],
  ['at <!date^1700000000^{date} {time}|22:13 UTC>', 'at 22:13 UTC'],
  ['<https://example.org/x|the report> &lt;done&gt; &amp;lt;', 'the report <done> &lt;'],
])('%s is read as %s', (text, words) => {
  expect(readAloud(state, text)).toBe(words)
})
