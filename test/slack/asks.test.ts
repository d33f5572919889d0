import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { makeApproval, plan } from './support/world.ts'

let bench: Workbench

beforeEach(async () => {
  const roles = {
    ...plan.roles,
    sysadmin: { users: ['U0DANA'], groups: [] },
    dba: { users: ['alice', 'bob'], groups: [] },
  }
  bench = await openWorkbench('http', { plan: () => ({ ...plan, roles }) })
})

afterEach(() => bench.close())

const { thread, read, findReply, nudge, openIncident, startJob, askApproval } = tellStory(() => bench)

const data = { approval: 'a1', code: '4f1c', action: 'the switch of orders-db', approveBy: '2026-03-01T03:37:00.000Z' }

async function askBob() {
  openIncident()
  startJob()
  askApproval()
  await until('a direct message', () => bench.slack.directMessages('bob')[0])
}

describe('an approval that nobody decides', () => {
  it('rings once more for those who may decide', async () => {
    await askBob()
    const before = bench.slack.notifications('bob').length
    bench.world.happens('approval_reminded', data, 'restore-1', 'salvor')
    nudge()
    await until('the reminder', () => findReply('Still waits: approve the switch of orders-db'))
    expect(bench.slack.notifications('bob')).toHaveLength(before + 1)
    expect(bench.slack.notifications('dana')).toEqual([])
  })

  it('asks those whom it turns to directly, with a card that says why', async () => {
    await askBob()
    const approval = makeApproval({ escalateTo: ['sysadmin'], escalatedAt: new Date().toISOString() })
    bench.world.change('restore-1', { approvals: [approval] })
    bench.world.happens('approval_escalated', { ...data, to: ['sysadmin'] }, 'restore-1', 'salvor')
    nudge()
    const card = await until('a card for dana', () => bench.slack.directMessages('dana')[0])
    expect(read(card)).toMatch(/Nobody of dba decided by .*: sysadmin may decide as well/)
    await until('a word in the thread', () => findReply('Nobody decided yet, so sysadmin may as well'))
    expect(bench.slack.directMessages('bob')).toHaveLength(1)
    await until('an edited card', () => findReply(/sysadmin may decide as well/))
  })

  it('says nothing once it is decided, nor where the thread has rung often enough', async () => {
    await askBob()
    bench.world.change('restore-1', { approvals: [makeApproval({ state: 'granted' })] })
    bench.world.happens('approval_reminded', data, 'restore-1', 'salvor')
    nudge()
    await until('a settled card', () => findReply('Approved'))
    askApproval('a2')
    await until('the second card', () => thread().filter((one) => /Approve the switch/.test(read(one))).length > 0)
    bench.world.happens('approval_reminded', { ...data, approval: 'a2' }, 'restore-1', 'salvor')
    bench.world.happens('note_added', { text: 'the end of this story', lesson: false })
    nudge()
    await until('the last line', () => findReply('the end of this story'))
    expect(findReply('Still waits')).toBeUndefined()
  })
})

it('tells whoever takes over where everything stands, directly', async () => {
  await askBob()
  bench.world.happens(
    'approval_decided',
    { approval: 'a1', decision: 'reject', reason: 'wrong backup', code: '4f1c' },
    'restore-1',
    'bob',
  )
  bench.world.incident = { ...bench.world.incident, lead: 'U0DANA' }
  bench.world.happens('incident_handed_over', { from: 'alice', to: 'U0DANA' })
  nudge()
  const card = read(await until('a card for dana', () => bench.slack.directMessages('dana')[0]))
  expect(card).toMatch(/You lead #7 Orders lost now/)
  expect(card).toMatch(/until now <@U0ALICE>|until now @alice/)
  expect(card).toMatch(/restore-1/)
  expect(card).toMatch(/rejected restore-1: wrong backup/)
  await until('a word in the thread', () => findReply(/leads now, handed over by/))
  expect(bench.slack.violations).toEqual([])
})
