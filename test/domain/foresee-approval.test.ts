import { describe, expect, it } from 'vitest'
import { buildJobCard } from '../../src/domain/cards/job-card.ts'
import { foreseeApproval } from '../../src/domain/foresee-approval.ts'
import { stepPhase } from '../../src/domain/phase.ts'
import type { Step } from '../../src/domain/step.ts'
import type { JobView } from '../../src/domain/view.ts'
import { makeApproval, makeJob, makeStep } from '../slack/support/world.ts'

const minute = (count: number) => new Date(Date.UTC(2026, 2, 1, 3, count)).toISOString()
const now = new Date(minute(1))

function viewOf(load: Partial<Step>, of: Partial<JobView> = {}): JobView {
  const steps = [
    makeStep({ ...{ id: 'restore-1/load', name: 'load', state: 'running', startedAt: minute(0) }, ...load }),
    makeStep({
      ...{ id: 'restore-1/switch', name: 'switch', title: 'switch', state: 'waiting' as const },
      ...{ needsApproval: true, approvalFrom: ['dba'] },
    }),
  ]
  return { job: makeJob({ state: 'running' }), steps, approvals: [], accepted: [], asks: [], ...of }
}

const past = { ...viewOf({ startedAt: minute(-60) }), approvals: [makeApproval({ askedAt: minute(-50) })] }
const ready = { phase: stepPhase('loading'), fraction: 0.5, rate: null, readyBetween: [minute(3), minute(4)] as const }

describe('the approval that a job will need', () => {
  it('comes as long after its beginning as the last one was asked', () => {
    expect(foreseeApproval(viewOf({}), past, now)).toEqual({ step: 'switch', from: ['dba'], at: minute(10) })
  })

  it('comes when the step at work says that it is ready, where no job like it ever came so far', () => {
    expect(foreseeApproval(viewOf({ progress: ready as never }), undefined, now)?.at).toBe(minute(4))
  })

  it('has no time where nothing tells, or where that time is over', () => {
    expect(foreseeApproval(viewOf({}), undefined, now)?.at).toBeNull()
    expect(foreseeApproval(viewOf({}), past, new Date(minute(11)))?.at).toBeNull()
  })

  it('is not foreseen once it is asked for, nor for a job that rests or needs none', () => {
    expect(foreseeApproval(viewOf({}, { approvals: [makeApproval()] }), past, now)).toBeNull()
    expect(foreseeApproval(viewOf({}, { job: makeJob({ state: 'failed' }) }), past, now)).toBeNull()
    expect(foreseeApproval(viewOf({}, { steps: [makeStep({ state: 'running' })] }), past, now)).toBeNull()
  })

  it('stands on the card of the job from the beginning', () => {
    const draw = (foreseen: ReturnType<typeof foreseeApproval>) => {
      const extra = { worker: null, awaited: [], undo: false, foreseen }
      return JSON.stringify(buildJobCard(viewOf({}), { headline: 'orders-db', lines: [] }, now, extra).rows)
    }
    expect(draw({ step: 'switch', from: ['dba'], at: minute(10) })).toContain('Approval from dba at about')
    expect(draw({ step: 'switch', from: ['dba'], at: null })).toContain('Approval from dba will be needed to switch')
    expect(draw(null)).not.toContain('Approval')
  })
})
