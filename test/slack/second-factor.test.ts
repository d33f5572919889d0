import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Approval } from '../../src/domain/approval.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { approvalCode } from '../../src/domain/whole-commands.ts'
import { createCodeCheck } from '../../src/slack/check-code.ts'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { digest, makeApproval } from './support/world.ts'

let bench: Workbench
let used: string[]

/** Bob's device shows 123456 now. */
async function use(person: string, code: string) {
  used.push(`${person} ${code}`)
  if (code !== '123456') throw new SalvorError('totp_wrong', { left: 4 })
}

beforeEach(async () => {
  used = []
  bench = await openWorkbench('http', { useCode: use })
})

afterEach(() => bench.close())

const { nudge, openIncident, startJob } = tellStory(() => bench)

async function openWindow(of: Partial<Approval> = { secondFactor: 'totp' }) {
  openIncident()
  startJob()
  const approval = makeApproval(of)
  bench.world.change('restore-1', { job: { state: 'awaiting_approval' }, steps: [], approvals: [approval] })
  const { step, attempt, approveBy, subject, why } = approval
  const asked = { approval: 'a1', step, attempt, digest, code: '4f1c', approveBy, subject, why }
  bench.world.happens('approval_asked', asked, 'restore-1', 'salvor')
  nudge()
  const card = await until('a card', () => bench.slack.directMessages('bob')[0])
  if (of.secondFactor) expect(JSON.stringify(card.blocks)).toContain('one-time code')
  await bench.slack.as('bob').presses('Approve', { dm: true })
  await until('a window', () => bench.slack.as('bob').modal()?.view.submit)
  return { approval, card: JSON.stringify(card.blocks) }
}

describe('Approve of what is longer than its card', () => {
  const does = Array.from({ length: 900 }, (_, at) => `UPDATE orders SET note = '<&> ${at}' WHERE id = ${at};`)
  const subject = { ...makeApproval().subject, does }
  const shownIn = (view: unknown) =>
    JSON.stringify(view).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

  it('opens a window with all of it, whose submit decides and whose last line has the code for words', async () => {
    const { approval, card } = await openWindow({ subject })
    expect(card).not.toContain('WHERE id = 899')
    const code = approvalCode(approval)
    expect(card).not.toContain(code)
    const shown = shownIn(bench.slack.as('bob').modal()?.view.blocks)
    for (const line of does) expect(shown).toContain(line)
    expect(shown.indexOf(code)).toBeGreaterThan(shown.indexOf('WHERE id = 899'))
    expect(bench.heard).toEqual([])
    await bench.slack.as('bob').submits({})
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({
      ...{ text: 'approve restore-1', said: { via: 'modal' } },
      button: { approval: { id: 'a1', digest } },
    })
    expect(bench.slack.violations).toEqual([])
  })

  it('asks for the one-time code in the same window where one is wanted', async () => {
    await openWindow({ subject, secondFactor: 'totp' })
    expect(shownIn(bench.slack.as('bob').modal()?.view.blocks)).toContain('WHERE id = 899')
    await bench.slack.as('bob').submits({ code: '123456' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({ text: 'approve restore-1', codeChecked: true })
  })

  it('shows nothing that could be sent where a window cannot hold it', async () => {
    openIncident()
    startJob()
    const endless = { ...subject, does: [...does, ...does, ...does, ...does, ...does, ...does] }
    const approval = makeApproval({ subject: endless })
    bench.world.change('restore-1', { job: { state: 'awaiting_approval' }, steps: [], approvals: [approval] })
    const { step, attempt, approveBy, why } = approval
    const asked = { approval: 'a1', step, attempt, digest, code: '4f1c', approveBy, subject: endless, why }
    bench.world.happens('approval_asked', asked, 'restore-1', 'salvor')
    nudge()
    await until('a card', () => bench.slack.directMessages('bob')[0])
    await bench.slack.as('bob').presses('Approve', { dm: true })
    const view = await until('a window', () => {
      const open = bench.slack.as('bob').modal()?.view
      return JSON.stringify(open)?.includes('too long for a window') ? open : undefined
    })
    expect(view).not.toHaveProperty('submit')
    expect(bench.slack.violations).toEqual([])
  })
})

describe('Approve where the plan wants a second factor', () => {
  it('asks for the code in a window, and hands the words over once it was right', async () => {
    await openWindow()
    expect(bench.heard).toEqual([])
    const sent = await bench.slack.as('bob').submits({ code: '123 456' })
    expect(sent.errors).toEqual({})
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({
      ...{ text: 'approve restore-1', codeChecked: true },
      ...{ button: { approval: { id: 'a1', digest } }, said: { via: 'modal', person: { id: 'bob' } } },
    })
    expect(JSON.stringify(bench.heard)).not.toContain('123456')
    expect(bench.slack.violations).toEqual([])
  })

  it('says below the input what is wrong, and takes the next code', async () => {
    await openWindow()
    const wrong = await bench.slack.as('bob').submits({ code: '654321' })
    expect(wrong.errors.code).toMatch(/not the code that your device shows now\. .*4 more/)
    const letters = await bench.slack.as('bob').submits({ code: 'abcdef' })
    expect(letters.errors.code).toMatch(/six digits/)
    expect(bench.heard).toEqual([])
    await bench.slack.as('bob').submits({ code: '123456' })
    await until('words', () => bench.heard.length === 1)
    expect(used).toEqual(['bob 654321', 'bob 123456'])
  })
})

it('a sending that Slack delivers twice uses its code once', async () => {
  const check = createCodeCheck(use)
  const bob = { id: 'bob', slack: 'U0BOB', os: null }
  expect(await Promise.all([check(bob, '123456', 'V1'), check(bob, '123456', 'V1')])).toEqual([null, null])
  expect(used).toEqual(['bob 123456'])
  await check(bob, '123456', 'V2')
  expect(used).toHaveLength(2)
})
