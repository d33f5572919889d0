import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunStepView } from '../../src/domain/run.ts'
import { fakeRunStep, fakeRunView } from '../support/fakes/views.ts'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench('http')
})

afterEach(async () => {
  await bench.close()
})

const { root, thread, read, findReply, nudge, openIncident, startJob } = tellStory(() => bench)

const manual = { position: 2, verb: 'manual', about: 'call the vendor', owner: 'dba', job: null } as const

function setRun(steps: RunStepView[], changes = {}): void {
  bench.world.runs.set('run-1', fakeRunView(changes, steps))
}

function startRun(): void {
  setRun([fakeRunStep(), fakeRunStep({ ...manual, state: 'waiting', after: [1] })])
  bench.world.happens('run_started', {
    ...{ run: 'run-1', procedure: 'full-recovery', title: 'Bring orders back', words: 'run full-recovery' },
    ...{ from: null, planDigest: 'p', steps: [] },
  })
  nudge()
}

function askPerson(): void {
  setRun([fakeRunStep({ jobState: 'succeeded' }), fakeRunStep({ ...manual, state: 'asked', after: [1] })])
  bench.world.happens('run_step_asked', { run: 'run-1', step: 2, title: 'call the vendor', owner: 'dba' })
  nudge()
}

describe('a run in Slack', () => {
  it('has one card, which is edited when its jobs move, and a place on the root', async () => {
    openIncident()
    startRun()
    startJob()
    await until('a card', () => findReply('run-1 · Bring orders back'))
    expect(read(findReply('▶ run-1'))).toMatch(/● 1 restore orders-db · restore-1 running/)
    await until('the run on the root', () => read(root()).includes('Bring orders back'))
    setRun([fakeRunStep({ jobState: 'failed' }), fakeRunStep({ ...manual, state: 'waiting', after: [1] })], {
      state: 'failed',
    })
    const failure = { code: 'tool_failed', facts: { tool: 'pg_restore', code: 1, seen: 'no space left on device' } }
    bench.world.happens('job_failed', { step: 'load', failure }, 'restore-1', 'salvor')
    nudge()
    await until('an edited card', () => read(findReply('❌ run-1 · Bring')).includes('step 1 did not succeed'))
    expect(read(findReply('❌ run-1 · Bring'))).toMatch(/○ 2 call the vendor · blocked by 1/)
    expect(thread().filter((one) => one.text.startsWith('run-1 · Bring'))).toHaveLength(1)
    expect(bench.slack.violations).toEqual([])
  })

  it('calls the people of a manual step, takes their evidence, and leaves no button behind', async () => {
    openIncident()
    startRun()
    askPerson()
    await until('a call', () => bench.slack.notifications('bob').length === 1)
    expect(bench.slack.notifications('bob')[0]?.text).toMatch(
      /^<@U0ALICE> <@U0BOB> .*Do: call the vendor \(run-1, step 2\)/,
    )
    await bench.slack.as('bob').presses('Done', { channel: 'inc' })
    await until('a form', () => bench.slack.as('bob').modal())
    await bench.slack.as('bob').submits({ reason: 'they confirmed' })
    await until('words', () => bench.heard.length === 1)
    expect(bench.heard[0]).toMatchObject({ text: 'done run-1 2 --reason they confirmed', said: { via: 'modal' } })
    const done = { state: 'done', doneBy: 'bob', evidence: 'they confirmed' } as const
    setRun([fakeRunStep({ jobState: 'succeeded' }), fakeRunStep({ ...manual, ...done, after: [1] })])
    bench.world.happens('run_step_done', {
      ...{ run: 'run-1', step: 2, title: 'call the vendor', by: 'bob', evidence: 'they confirmed' },
    })
    nudge()
    await until('a settled card', () => read(findReply(/✅ run-1, step 2/)).includes('they confirmed'))
    expect(bench.slack.as('bob').buttons().join()).not.toContain('Done')
    expect(bench.slack.notifications('bob')).toHaveLength(1)
  })

  it('takes the button of a manual step away when the run is stopped, also over a restart', async () => {
    openIncident()
    startRun()
    askPerson()
    await until('a button', () => bench.slack.as('bob').buttons().join().includes('Done'))
    await bench.stopBot()
    setRun([fakeRunStep({ jobState: 'succeeded' }), fakeRunStep({ ...manual, state: 'asked', after: [1] })], {
      state: 'stopped',
    })
    bench.world.happens('run_stopped', { run: 'run-1', by: 'alice' })
    // As if the bot had told this event and died before it edited the cards.
    await bench.messages.advance(7, bench.world.events.length)
    await bench.startBot()
    await until('no button', () => !bench.slack.as('bob').buttons().join().includes('Done'))
    await until('the way on', () => bench.slack.as('alice').buttons().join().includes('Resume run-1'))
  })

  it('calls the owners of a step that begins, but not who started the run', async () => {
    openIncident()
    startRun()
    startJob()
    bench.world.happens(
      'run_step_started',
      { run: 'run-1', step: 1, title: 'restore orders-db', job: 'restore-1', owner: ['dba'] },
      'restore-1',
      'salvor',
    )
    nudge()
    await until('a call', () => bench.slack.notifications('bob').length === 1)
    expect(bench.slack.notifications('bob')[0]?.text).toMatch(/run-1, step 1: restore-1 begins/)
    expect(bench.slack.notifications('alice')).toEqual([])
  })

  it('calls those who may go on where whoever started the run may not', async () => {
    openIncident()
    startRun()
    const failure = { code: 'role_missing', facts: {} }
    setRun([fakeRunStep({ state: 'refused', job: null, failure })], { state: 'failed' })
    const refused = { run: 'run-1', step: 1, title: 'restore orders-db', failure, owner: ['dba'] }
    bench.world.happens('run_step_refused', refused, null, 'salvor')
    nudge()
    await until('a call', () => bench.slack.notifications('bob').length === 1)
    expect(bench.slack.notifications('bob')[0]?.text).toMatch(/Take it over: `resume run-1`/)
    expect(bench.slack.notifications('alice')).toEqual([])
  })

  it('rings for whoever started it when it is done', async () => {
    openIncident()
    startRun()
    setRun([fakeRunStep({ jobState: 'succeeded' })], { state: 'succeeded' })
    bench.world.happens('run_succeeded', { run: 'run-1', title: 'Bring orders back', done: 1, skipped: 0 })
    nudge()
    await until('a ring', () => bench.slack.notifications('alice').length === 1)
    expect(bench.slack.notifications('alice')[0]?.text).toContain(
      '✅ run-1 done · Bring orders back: 1 of 1 steps done',
    )
  })
})
