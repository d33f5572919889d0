import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalStates } from '../../../src/domain/approval.ts'
import type { CardButton } from '../../../src/domain/card.ts'
import { buildApprovalCard } from '../../../src/domain/cards/approval-card.ts'
import { buildJobCard } from '../../../src/domain/cards/job-card.ts'
import { buildManualCard, buildRunCard } from '../../../src/domain/cards/run-card.ts'
import { isResting, jobStates } from '../../../src/domain/job.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { mayMoveRun, runStates, runStepStates } from '../../../src/domain/run.ts'
import { stepStates } from '../../../src/domain/step.ts'
import { findCurrentStep, findOpenApproval, type JobView } from '../../../src/domain/view.ts'
import { makeApproval, makeJob, makeStep } from '../../slack/support/world.ts'
import { fakeRunStep, fakeRunView } from '../../support/fakes/views.ts'

const now = new Date('2026-03-01T03:00:00.000Z')
const kind = { headline: 'orders-db', lines: [] }
const maybe = <T>(value: T) => fc.option(fc.constant(value), { nil: null })

/** Any job that a store could hold, and some that it could not. */
const someJob: fc.Arbitrary<JobView> = fc
  .record({
    state: fc.constantFrom(...jobStates),
    stopRequestedAt: maybe(now.toISOString()),
    cleanUpRequestedBy: maybe('alice'),
    leftBehind: fc.subarray([leftBehind('side_database', { name: 'orders_side_1' })]),
    outcome: maybe({ cleanedUp: true }),
    steps: fc.array(fc.constantFrom(...stepStates), { maxLength: 4 }),
    approvals: fc.array(fc.constantFrom(...approvalStates), { maxLength: 2 }),
  })
  .map(({ steps, approvals, ...job }) => ({
    job: makeJob({ ...job, stopRequestedBy: job.stopRequestedAt && 'carol' }),
    steps: steps.map((state, index) => makeStep({ name: `s${index}`, state })),
    approvals: approvals.map((state, index) => makeApproval({ id: `a${index}`, state })),
    accepted: [],
    asks: [],
  }))

/** What the engine would say to the button's command, by the rules of its moves. */
function mayPress(view: JobView, { command }: CardButton): boolean {
  const { job } = view
  const step = findCurrentStep(view)
  const goesOn = ['failed', 'stopped', 'needs_person'].includes(job.state) && job.outcome === null
  switch (command.split(' ')[0]) {
    case 'stop':
      return isResting(job.state)
        ? job.leftBehind.length > 0 && job.cleanUpRequestedBy === null
        : job.stopRequestedAt === null
    case 'retry':
      // An approval is one of a step, so there is a step to ask again for.
      if (job.state === 'awaiting_approval') return findOpenApproval(view) === undefined
      return goesOn && step !== undefined && step.state !== 'needs_person'
    case 'resume':
      return goesOn
    case 'undo':
      return job.state === 'succeeded'
    default:
      return false
  }
}

let cases = 0

describe('no card has a live button that must be dead', () => {
  it('of a job, in whatever state', () => {
    fc.assert(
      fc.property(someJob, fc.boolean(), (view, undo) => {
        cases += 1
        const card = buildJobCard(view, kind, now, { worker: null, awaited: [], undo })
        for (const button of card.buttons)
          expect([button.command, mayPress(view, button)]).toEqual([button.command, true])
        if (undo === false) expect(card.buttons.map(({ verb }) => verb)).not.toContain('Undo')
      }),
      { numRuns: 3000 },
    )
  })

  it('of an approval, before and after its time', () => {
    const windows = fc.integer({ min: -3_600_000, max: 3_600_000 })
    fc.assert(
      fc.property(fc.constantFrom(...approvalStates), windows, (state, leftMs) => {
        cases += 1
        const approveBy = new Date(now.getTime() + leftMs).toISOString()
        const card = buildApprovalCard(makeApproval({ state, approveBy }), makeJob(), ['bob'], now)
        expect(card.buttons.length > 0).toBe(state === 'asked' && leftMs > 0)
      }),
      { numRuns: 1000 },
    )
  })

  it('of a run and its manual steps', () => {
    const someStep = fc.record({ state: fc.constantFrom(...runStepStates), jobState: fc.constantFrom(...jobStates) })
    const someRun = fc.record({ state: fc.constantFrom(...runStates), stopRequestedAt: maybe(now.toISOString()) })
    fc.assert(
      fc.property(someRun, fc.array(someStep, { minLength: 1, maxLength: 5 }), (run, all) => {
        cases += 1
        const steps = all.map(({ state, jobState }, index) =>
          fakeRunStep({ position: index + 1, state, jobState: state === 'started' ? jobState : null }),
        )
        const view = fakeRunView({ ...run, stopRequestedBy: run.stopRequestedAt && 'carol' }, steps)
        for (const { command } of buildRunCard(view, { people: {} }).buttons) {
          const [verb] = command.split(' ')
          expect(mayMoveRun(run.state, verb === 'stop' ? 'stopped' : 'running')).toBe(true)
          if (verb === 'stop') expect(run.stopRequestedAt).toBeNull()
        }
        for (const { position, state } of steps) {
          const isLive = buildManualCard(view, position, []).buttons.length > 0
          expect(isLive).toBe(state === 'asked' && run.state === 'running')
        }
      }),
      { numRuns: 2000 },
    )
    process.stdout.write(`${cases} cards were drawn and their buttons tried\n`)
  })
})
