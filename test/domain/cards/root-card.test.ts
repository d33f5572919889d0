import { describe, expect, it } from 'vitest'
import { buildRootCard } from '../../../src/domain/cards/root-card.ts'
import { buildStatusCard } from '../../../src/domain/cards/status-card.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { makeApproval, makeIncident, makeJob } from '../../slack/support/world.ts'
import { caseAsk, caseView } from '../../support/card-samples/cases.ts'

const now = new Date('2026-03-01T02:58:00Z')
const view = (job: Partial<JobView['job']>): JobView => ({
  job: makeJob(job),
  steps: [],
  approvals: [makeApproval()],
  accepted: [],
  asks: [],
})
const draw = (incident: Partial<Incident>, jobs: JobView[] = []) =>
  buildRootCard({ incident: makeIncident(incident), jobs }, now, {
    awaitedByJob: { 'restore-1': ['bob'] },
    headlinesByJob: { 'restore-1': 'orders-db from d-0130' },
  })
const words = (...of: Parameters<typeof draw>) => JSON.stringify(draw(...of))

describe('the root message', () => {
  it('shows number, title, severity and state in its first line', () => {
    expect(draw({}).headline).toBe('#7 Orders lost · SEV1 · open')
  })

  it('shows the time left until the deadline, and then how far over it is', () => {
    expect(words({ deadline: '2026-03-01T06:00:00Z' })).toContain('3 h 02 left')
    expect(words({ deadline: '2026-03-01T02:48:00Z' })).toContain('⚠ 10 min over the deadline')
  })

  it('says for whom it waits, what is at work, or that nothing is', () => {
    expect(draw({}).fallback).toContain('Nothing runs yet')
    expect(words({}, [view({})])).toContain('At work: restore-1')
    expect(words({}, [view({ state: 'awaiting_approval' })])).toContain('Waiting for ⟦person:bob⟧ to approve restore-1')
    expect(words({}, [view({ state: 'failed' })])).toContain('⟦person:alice⟧ to look at restore-1')
  })

  it('waits for nobody over a failure that a later job answered, and says which did', () => {
    const card = buildRootCard({ incident: makeIncident(), jobs: [view({ state: 'failed' })] }, now, {
      ...{ awaitedByJob: {}, headlinesByJob: {}, overtaken: new Map([['restore-1', 'restore-2']]) },
    })
    expect(JSON.stringify(card)).not.toContain('to look at')
    expect(JSON.stringify(card.rows)).toContain('restore-1 · failed, answered by restore-2')
  })

  it('says who is to try the cases of a job, and until when', () => {
    const job = { ...caseView.job, state: 'awaiting_person' as const }
    const asks = [caseAsk({ roles: ['business'] }), caseAsk({ id: 'ask-2' })]
    const tested = { ...caseView, job, asks }
    const root = JSON.stringify(
      buildRootCard({ incident: makeIncident(), jobs: [tested] }, now, {
        awaitedByJob: { 'uat-1': ['dave', 'erin'] },
        headlinesByJob: {},
      }),
    )
    expect(root).toContain('Waiting for ⟦person:dave⟧ or ⟦person:erin⟧ to try 2 cases of uat-1 by ⟦time:')
    const status = buildStatusCard({ incident: makeIncident(), jobs: [tested] }, now, {
      awaitedByJob: {},
      headlinesByJob: {},
    })
    expect(JSON.stringify(status)).toContain('role business to try 2 cases of uat-1')
    expect(status.rows).toContainEqual({ kind: 'text', text: '🧪 uat-1, case 1: Place an order' })
    expect(JSON.stringify(status.rows)).toContain('`pass uat-1 <case>`')
  })

  it('lists live jobs with their state', () => {
    expect(words({}, [view({})])).toContain('▶ restore-1 · orders-db from d-0130 · running')
  })

  it('offers to stop all while something is at work', () => {
    expect(draw({}, [view({})]).buttons.map(({ command }) => command)).toEqual(['stop all'])
    expect(draw({}).buttons).toEqual([])
    expect(draw({ state: 'closed', closedAt: now.toISOString() }).buttons).toEqual([])
  })

  it('says how long recovery took and what was to spare', () => {
    const of = { state: 'recovered' as const, recoveredAt: '2026-03-01T03:14:00Z', deadline: '2026-03-01T06:00:00Z' }
    expect(words(of)).toContain('16 min after opening, 2 h 46 to spare')
  })
})
