import { describe, expect, test } from 'vitest'
import { commandRegister } from '../../commands/index.ts'
import { recoveryPlanSchema } from '../../src/domain/recovery-plan.ts'
import { parseWords } from '../../src/engine/say/parse-words.ts'
import { parsePlanText } from '../../src/plan/parse-plan.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { readText } from '../support/sources.ts'

const approvals = readText('docs/approvals.md')
const pages = { 'docs/approvals.md': approvals, 'docs/incidents.md': readText('docs/incidents.md') }

describe('the page about approvals', () => {
  test('names every key of a policy and no other', () => {
    const keys = [...approvals.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])
    const policy = recoveryPlanSchema.shape.approvals.unwrap().shape.destructive.unwrap()
    expect(keys).toEqual(Object.keys(policy.shape))
  })

  test('shows a plan that can be read', () => {
    const shown = /```yaml\n([\s\S]+?)```/.exec(approvals)?.[1] ?? ''
    const text = shown.replace(
      '  orders-db:\n',
      '  orders-db:\n    kind: postgres\n    owner: dba\n    url: postgres://localhost/orders\n',
    )
    const roles = 'version: 1\ntitle: T\nroles: { dba: { users: [U0BOB, U0DANA] }, manager: { users: [U0ERIN] } }\n'
    const { systems } = parsePlanText({ text: roles + text, path: 'salvor.yaml' })
    expect(systems['orders-db']?.approvals.destructive).toMatchObject({ count: 2, escalateTo: ['manager'] })
  })
})

test.each(Object.entries(pages))('%s shows commands that work', (_, page) => {
  const shown = [...page.matchAll(/\n\n```\n([^`]+?)```/g)].flatMap((match) => (match[1] ?? '').trim().split('\n'))
  expect(shown.length).toBeGreaterThan(3)
  for (const words of shown) expect(parseWords(words, commandRegister, fakePlan(), new Date()).words).toBe(words)
})
