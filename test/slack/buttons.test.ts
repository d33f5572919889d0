import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { digest, makeApproval, makeStep } from './support/world.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench('http')
})

afterEach(async () => {
  await bench.close()
})

const { nudge, openIncident, startJob, askAndWait, findReply, read } = tellStory(() => bench)

describe('buttons and modals', () => {
  it('hands each of five clicks over with what the card showed', async () => {
    await askAndWait()
    await bench.slack.as('bob').pressesRepeatedly('Approve', 5, { dm: true })
    await until('five', () => bench.heard.length === 5)
    const ids = new Set(bench.heard.map(({ said }) => said.requestId))
    expect(ids.size).toBe(5)
    expect(bench.heard[0]).toMatchObject({ text: 'approve restore-1', button: { approval: { id: 'a1', digest } } })
    expect(bench.heard[0]?.said).toMatchObject({ via: 'button', person: { id: 'bob' } })
  })

  it('asks why something is rejected, and hands the reason over', async () => {
    await askAndWait()
    await bench.slack.as('bob').presses('Reject', { channel: 'inc' })
    await until('a modal', () => bench.slack.as('bob').modal())
    await bench.slack.as('bob').submits({ reason: 'wrong\n backup' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({
      text: 'reject restore-1 --reason wrong backup',
      button: { approval: { digest } },
    })
    expect(bench.heard[0]?.said).toMatchObject({ via: 'modal', channel: 'C0INC' })
  })

  it('says privately what to type where a window does not open in time', async () => {
    await askAndWait()
    bench.slack.faults.serverError('views.open', 500, 1)
    await bench.slack.as('bob').presses('Reject', { channel: 'inc' })
    const answer = await until('an answer', () => bench.slack.ephemerals('bob')[0])
    expect(JSON.stringify(answer)).toContain('`reject restore-1`')
  })

  it('asks what a person saw where the world cannot say whether a step happened', async () => {
    openIncident()
    startJob()
    bench.world.change('restore-1', { job: { state: 'needs_person' }, steps: [] })
    bench.world.happens(
      'job_needs_person',
      { step: 'switch', why: { code: 'transaction_open', facts: { xid: '7', job: 'restore-1' } } },
      'restore-1',
      'salvor',
    )
    nudge()
    await bench.slack.as('alice').presses('Resume', { text: /did switch happen/ })
    await until('a modal', () => bench.slack.as('alice').modal())
    await bench.slack.as('alice').submits({ settle: 'It did not happen', reason: 'looked at it' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]?.text).toBe('resume restore-1 --settle not-done --reason looked at it')
  })

  it('begins from the root message what the plan names', async () => {
    openIncident()
    await bench.slack.as('bob').presses('What failed?', { channel: 'inc' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({ text: 'logs migration', said: { via: 'button', channel: 'C0INC' } })
  })

  it('lights the card of the job as soon as its approval is granted', async () => {
    await askAndWait()
    const steps = [makeStep({ name: 'switch', state: 'waiting' })]
    const granted = makeApproval({ state: 'granted', runBy: new Date(Date.now() + 900_000).toISOString() })
    bench.world.change('restore-1', { job: { state: 'running' }, steps, approvals: [granted] })
    const data = { approval: 'a1', code: '4f1c', runBy: granted.runBy ?? '' }
    bench.world.happens('approval_granted', data, 'restore-1', 'salvor')
    nudge()
    await until('a sign', () => read(findReply('orders-db from d-0130')).includes('Working…'))
  })

  it('shows all that an approval binds, to people with a role', async () => {
    await askAndWait()
    await bench.slack.as('dana').presses('Details', { channel: 'inc' })
    const modal = await until('details', () => {
      const shown = JSON.stringify(bench.slack.as('dana').modal()?.view ?? '')
      return shown.includes(digest) && shown
    })
    expect(modal).toContain('orders → orders_old_1')
    expect(modal).toContain('seen 18 sessions')
    expect(bench.heard).toEqual([])
  })
})
