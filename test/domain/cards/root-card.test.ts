import { describe, expect, it } from 'vitest'
import { buildRootCard } from '../../../src/domain/cards/root-card.ts'
import type { Incident } from '../../../src/domain/incident.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { makeApproval, makeIncident, makeJob } from '../../slack/support/world.ts'

const now = new Date('2026-03-01T02:58:00Z')
const view = (job: Partial<JobView['job']>): JobView => ({ job: makeJob(job), steps: [], approvals: [makeApproval()] })
const draw = (incident: Partial<Incident>, jobs: JobView[] = []) =>
  buildRootCard({ incident: makeIncident(incident), jobs }, now, {
    approversByJob: { 'restore-1': ['bob'] },
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

  it('waits for nobody, or says for whom', () => {
    expect(words({})).toContain('Waiting for nobody')
    expect(words({}, [view({ state: 'awaiting_approval' })])).toContain('Waiting for ⟦person:bob⟧ to approve restore-1')
    expect(words({}, [view({ state: 'failed' })])).toContain('⟦person:alice⟧ to look at restore-1')
  })

  it('lists live jobs with their state', () => {
    expect(words({}, [view({})])).toContain('▶ restore-1 · orders-db from d-0130 · running')
  })

  it('offers to stop all until it is closed', () => {
    expect(draw({}).buttons.map(({ command }) => command)).toEqual(['stop all'])
    expect(draw({ state: 'closed', closedAt: now.toISOString() }).buttons).toEqual([])
  })

  it('says how long recovery took and what was to spare', () => {
    const of = { state: 'recovered' as const, recoveredAt: '2026-03-01T03:14:00Z', deadline: '2026-03-01T06:00:00Z' }
    expect(words(of)).toContain('16 min after opening, 2 h 46 to spare')
  })
})
