import { describe, expect, it } from 'vitest'
import type { Card } from '../../../src/domain/card.ts'
import { buildJobCard } from '../../../src/domain/cards/job-card.ts'
import { describeError, hintOf } from '../../../src/domain/errors/error-message.ts'
import { jobStates } from '../../../src/domain/job.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { stepPhase } from '../../../src/domain/phase.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { waitsFor } from '../../../src/domain/waiting.ts'
import { makeApproval, makeJob, makeStep } from '../../slack/support/world.ts'

const now = new Date('2026-03-01T03:00:00Z')
const kind = { headline: 'orders-db from d-0130', lines: ['Live database untouched.'] }
const extra = { worker: 'db1', awaited: ['bob', 'dana'], undo: true }
const view = (of: Partial<JobView> = {}): JobView => ({
  job: makeJob(),
  steps: [],
  approvals: [],
  accepted: [],
  asks: [],
  ...of,
})
const draw = (of: Partial<JobView>, at = now): Card => buildJobCard(view(of), kind, at, extra)
const words = (card: Card) => JSON.stringify(card)
const buttons = (card: Card) => card.buttons.map(({ verb, rest }) => `${verb} ${rest}`)
const seen = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000).toISOString()
const loading = (of: object = {}) => ({
  phase: stepPhase('loading'),
  fraction: 0.629,
  rate: 4.6e6,
  readyBetween: ['2026-03-01T03:05:00Z', '2026-03-01T03:06:00Z'] as const,
  ...of,
})

describe('the live card of a job', () => {
  it('begins with the job, then with who typed what', () => {
    const card = draw({})
    expect(card.headline).toBe('▶ restore-1 · orders-db from d-0130')
    expect(card.rows[0]).toEqual({ kind: 'small', text: '⟦person:alice⟧: restore orders-db' })
  })

  it('shows progress, rate, end and last sign of life', () => {
    const bar = draw({ steps: [makeStep({ progress: loading(), seenAt: seen(1) })] }).rows[1]
    expect(bar).toMatchObject({ kind: 'bar', fraction: 0.629 })
    expect(words(draw({ steps: [makeStep({ progress: loading(), seenAt: seen(1) })] }))).toContain(
      '62 % · 4.6 MB/s · ready ⟦time:clock:2026-03-01T03:05:00Z⟧–⟦time:clock:2026-03-01T03:06:00Z⟧ · db1 seen 1 s ago',
    )
  })

  it('is honest about a worker that has been silent for long', () => {
    expect(words(draw({ steps: [makeStep({ seenAt: seen(60) })] }))).toContain('⚠ db1 seen 60 s ago, may be gone')
    expect(words(draw({ steps: [makeStep({ seenAt: null })] }))).toContain('db1 not seen yet')
  })

  it('names the phase where no share is known, never a guess', () => {
    const step = makeStep({ progress: loading({ fraction: null, rate: null, readyBetween: null }), seenAt: seen(1) })
    expect(draw({ steps: [step] }).rows[1]).toEqual({ kind: 'text', text: 'loading · db1 seen 1 s ago' })
  })

  it('says that something is at work between two steps, from the moment of an approval', () => {
    const steps = [makeStep({ state: 'done' }), makeStep({ name: 'switch', title: 'switch', state: 'waiting' })]
    const lit = (of: Partial<JobView> = {}) => {
      const card = draw({ steps, ...of })
      const list = card.rows.flatMap((row) => (row.kind === 'checklist' ? row.items.map(({ state }) => state) : []))
      return { says: words(card).includes('Working…'), list }
    }
    expect(lit()).toEqual({ says: true, list: ['done', 'running'] })
    const granted = { approvals: [makeApproval({ state: 'granted' })] }
    expect(lit(granted)).toEqual({ says: true, list: ['done', 'running'] })
    expect(words(draw({ steps, ...granted }))).toContain('approved')
    const dark = { says: false, list: ['done', 'waiting'] }
    expect(lit({ job: makeJob({ waitingFor: waitsFor('worker', { worker: 'db1' }) }) })).toEqual(dark)
    expect(lit({ job: makeJob({ state: 'awaiting_approval' }), approvals: [makeApproval()] })).toEqual(dark)
    expect(lit({ job: makeJob({ state: 'stopped' }) })).toEqual(dark)
  })

  it('says which later job answered it where it failed', () => {
    const card = buildJobCard(view({ job: makeJob({ state: 'failed' }) }), kind, now, {
      ...extra,
      overtaken: 'restore-2',
    })
    expect(words(card)).toContain('restore-2')
  })

  it.each([
    ['running', ['Stop restore-1']],
    ['awaiting_approval', ['Stop restore-1']],
    ['failed', ['Retry restore-1']],
    ['stopped', ['Resume restore-1']],
    ['needs_person', ['Resume restore-1']],
    ['succeeded', ['Undo restore-1']],
    ['rejected', []],
  ] as const)('offers what can be done while it is %s', (state, expected) => {
    expect(buttons(draw({ job: makeJob({ state }), steps: [makeStep({ state: 'failed' })] }))).toEqual(expected)
  })

  it('offers no second stop while it is stopping', () => {
    const card = draw({ job: makeJob({ stopRequestedBy: 'bob', stopRequestedAt: seen(1) }) })
    expect(card.buttons).toEqual([])
    expect(words(card)).toContain('Stopping: ⟦person:bob⟧ asked for it.')
  })

  it('offers to put away what it left behind, once', () => {
    const left = { state: 'rejected' as const, leftBehind: [leftBehind('side_database', { name: 'orders_side_1' })] }
    expect(buttons(draw({ job: makeJob(left) }))).toEqual(['Stop restore-1, clean up'])
    expect(buttons(draw({ job: makeJob({ ...left, cleanUpRequestedBy: 'bob' }) }))).toEqual([])
  })

  it('says whom it waits for, and until when', () => {
    const approvals = [makeApproval({ approveBy: '2026-03-01T03:37:00Z' })]
    expect(words(draw({ job: makeJob({ state: 'awaiting_approval' }), approvals }))).toContain(
      'Waits for ⟦person:bob⟧ or ⟦person:dana⟧ to approve by ⟦time:clock:2026-03-01T03:37:00Z⟧',
    )
  })

  it('can be asked again once its approval ran out', () => {
    const approvals = [makeApproval({ state: 'expired' })]
    const card = draw({ job: makeJob({ state: 'awaiting_approval' }), approvals })
    expect(buttons(card)).toEqual(['Retry restore-1', 'Stop restore-1'])
    expect(words(card)).toContain('`retry restore-1`')
  })

  it('says of a failure what was seen, what to do and what the tool printed', () => {
    const failure = { code: 'undo_nothing', facts: { job: 'restore-1' }, excerpt: 'ERROR: disk full' }
    const card = draw({ job: makeJob({ state: 'failed' }), steps: [makeStep({ state: 'failed', failure })] })
    expect(card.rows).toContainEqual({ kind: 'fact', label: 'Seen', text: describeError(failure) })
    expect(card.rows).toContainEqual({ kind: 'fact', label: 'Do', text: hintOf(failure) })
    expect(card.rows).toContainEqual({ kind: 'code', text: 'ERROR: disk full' })
  })

  it.each(jobStates.filter((state) => state !== 'running'))('does not change by itself while %s', (state) => {
    const of = { job: makeJob({ state }), steps: [makeStep({ state: 'waiting', seenAt: seen(1) })] }
    expect(draw(of)).toEqual(draw(of, new Date('2026-03-02T00:00:00Z')))
  })

  it('lets nobody forge a mention', () => {
    expect(words(draw({ job: makeJob({ words: 'restore ⟦person:bob⟧' }) }))).not.toContain('⟦person:bob⟧')
  })
})
