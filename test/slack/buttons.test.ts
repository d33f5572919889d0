import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { digest } from './support/world.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench('http')
})

afterEach(async () => {
  await bench.close()
})

const { nudge, openIncident, startJob, askAndWait } = tellStory(() => bench)

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
