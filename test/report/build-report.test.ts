import { expect, test } from 'vitest'
import { jobRegister } from '../../jobs/index.ts'
import { approvalWhy } from '../../src/domain/approval-why.ts'
import { leftBehind } from '../../src/domain/left-behind.ts'
import type { RecoveryPlan } from '../../src/domain/recovery-plan.ts'
import { takesBack as takenBackBy } from '../../src/engine/takes-back.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { readJobReport } from '../../src/report/read-job-report.ts'
import { writeReportMarkdown } from '../../src/report/write-markdown.ts'
import { chainEvents, restartReport, restoreReport, type Told, tellNight } from '../support/fakes/journal.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

/** As the register of jobs has it. */
const takesBack = takenBackBy(jobRegister)
const undoReport = { ...restoreReport, proven: [], lost: [], recovers: false }
const reports = new Map([
  ['undo-1', { ...undoReport, left: ['undo-1 left what it put aside'] }],
  ['undo-2', { ...undoReport, left: ['undo-2 left what it put aside'] }],
  ['restore-1', restoreReport],
  ['restart-2', restartReport],
])

function reportOf(
  told: readonly Told[],
  plan: RecoveryPlan = fakePlan(),
  jobs = [fakeJobView()],
  overtaken: ReadonlyMap<string, string> = new Map(),
) {
  const audit = { whole: true, events: told.length, headHash: 'f'.repeat(64) }
  const now = new Date('2026-02-28T18:30:00.000Z')
  const kinds = { reports, takesBack, overtaken }
  return buildReport(chainEvents(told), { incident: fakeIncident(), jobs }, kinds, audit, now, plan)
}

const [opened, ...later] = tellNight()
const rest: Told[] = later
const without = (type: Told['type']) => tellNight().filter((event) => event.type !== type)

test('times run from opening to recovered, and from there to the deadline', () => {
  const { tookMs, toSpareMs, recoveredAt } = reportOf(tellNight())
  expect([tookMs, toSpareMs, recoveredAt]).toEqual([16 * 60_000, 166 * 60_000, '2026-02-28T18:14:00.000Z'])
})

test('an incident that is not recovered has no times of recovery', () => {
  const report = reportOf(without('incident_recovered'))
  expect(report).toMatchObject({ state: 'open', recoveredAt: null, tookMs: null, toSpareMs: null })
})

test('opening again voids what was recovered before', () => {
  const report = reportOf([
    ...tellNight(),
    { minute: 30, type: 'incident_reopened', actor: 'alice', data: { by: 'alice' } },
  ])
  expect(report).toMatchObject({ state: 'open', recoveredAt: null, tookMs: null })
})

test('jobs are told with who asked, who approved what was used, and how they ended', () => {
  expect(reportOf(tellNight()).jobs).toMatchObject([
    { id: 'restore-1', requester: 'alice', approvedBy: ['bob'], state: 'succeeded', summary: restoreReport.summary },
    { id: 'restart-2', requester: 'alice', approvedBy: [], state: 'succeeded', summary: restartReport.summary },
  ])
})

test('an approval that was superseded is no approval of what was done', () => {
  const told = tellNight().map((event): Told => {
    if (event.type !== 'approval_used') return event
    return {
      ...event,
      type: 'approval_superseded',
      data: { approval: 'a1', code: '4f1c', why: [approvalWhy('commands_changed')] },
    }
  })
  const report = reportOf(told)
  expect(report.jobs[0]?.approvedBy).toEqual([])
  expect(report.approvals).toMatchObject([{ state: 'superseded', decisions: [{ person: 'bob', decision: 'approve' }] }])
})

test('what was proven, lost and left is what the kinds said of jobs that succeeded', () => {
  const report = reportOf(tellNight())
  expect(report.proven).toEqual([
    'restore-1: 14 of 14 tables',
    'restore-1: 9 of 9 checks',
    'restart-2: orders-api answers 200 on /healthz',
  ])
  expect(report.lost).toEqual(['restore-1: 212 orders', 'restore-1: 640 order_items'])
  expect(report.left).toEqual(['orders_old_1 until 29 Nov'])
})

/** An undo of a job, asked for and done. */
const tellUndo = (minute: number, id: string, job: string): Told[] => {
  const data = { kind: 'undo', params: { job }, words: `undo ${job}`, planDigest: 'a', lockTarget: null }
  return [
    { minute, type: 'job_requested', job: id, actor: 'alice', data },
    { minute: minute + 1, type: 'job_succeeded', job: id, actor: 'salvor', data: { summary: 'back', outcome: null } },
  ]
}

test('a job that was undone proves and loses nothing any more', () => {
  const report = reportOf([...tellNight(), ...tellUndo(40, 'undo-1', 'restore-1')])
  expect(report.jobs[0]?.takenBack).toEqual(['undo-1'])
  expect(report.lost).toEqual([])
  expect(report.left).toEqual(['undo-1 left what it put aside'])
})

test('one whose undo was undone proves and loses what it did, and says both; what is left the last one says', () => {
  const before = reportOf(tellNight())
  expect(before.lost).not.toEqual([])
  const report = reportOf([...tellNight(), ...tellUndo(40, 'undo-1', 'restore-1'), ...tellUndo(50, 'undo-2', 'undo-1')])
  expect({ lost: report.lost, proven: report.proven }).toEqual({ lost: before.lost, proven: before.proven })
  expect(report.left).toEqual(['undo-2 left what it put aside'])
  expect(writeReportMarkdown(report)).toContain('undone by undo-1, that by undo-2')
})

test('a failure stands in the report even when a later attempt succeeded, and once', () => {
  expect(reportOf(tellNight()).failures).toMatchObject([{ job: 'restart-2', step: 'restart', code: 'service_died' }])
})

test('a stopped job and what it left are left over, until they are cleaned up', () => {
  const stopped: Told[] = [
    ...rest.slice(0, 2),
    {
      minute: 5,
      type: 'job_stopped',
      job: 'restore-1',
      actor: 'salvor',
      data: { by: 'carol', left: [leftBehind('side_database', { name: 'orders_side_1' })] },
    },
  ]
  const first = opened ? [opened, ...stopped] : stopped
  expect(reportOf(first).left).toEqual(['restore-1 stopped by carol', 'restore-1 left side database orders_side_1'])
  const cleaned: Told = { minute: 6, type: 'cleaned_up', job: 'restore-1', actor: 'salvor', data: { left: [] } }
  expect(reportOf([...first, cleaned]).left).toEqual(['restore-1 stopped by carol'])
})

test('a failure that a later job answered is told and not left over', () => {
  const data = { kind: 'verify', params: {}, words: 'verify', planDigest: 'a', lockTarget: null }
  const failure = { code: 'live_differs', facts: { database: 'orders', against: 'd-0130', seen: 'one table' } }
  const told: Told[] = [
    ...tellNight().slice(0, 1),
    { minute: 1, type: 'job_requested', job: 'verify-1', actor: 'alice', data },
    { minute: 2, type: 'job_failed', job: 'verify-1', actor: 'salvor', data: { step: null, failure } },
  ]
  expect(reportOf(told).left).toEqual([expect.stringMatching(/^verify-1 failed: .*one table/)])
  const answered = reportOf(told, fakePlan(), [], new Map([['verify-1', 'restore-1']]))
  expect(answered.left).toEqual([])
  expect(answered.failures).toMatchObject([{ job: 'verify-1' }])
})

test('a job at work is left over', () => {
  expect(reportOf(tellNight().slice(0, 3)).left).toEqual(['restore-1 is still at work'])
})

test('an acceptance test that the plan knows and nobody asked for is left over', () => {
  const plan = fakePlan({ uat: { 'order-entry': { testers: ['sysadmin'], cases: ['Place an order'] } } })
  expect(reportOf(tellNight(), plan).left).toContain('UAT not asked')
})

test('the cause is unknown where nobody analysed logs', () => {
  expect(reportOf(tellNight()).cause).toBe('unknown, logs not analysed')
})

test('notes and lessons are kept apart, with who said them', () => {
  const { notes, lessons } = reportOf(tellNight())
  expect(notes).toMatchObject([{ by: 'bob', text: 'port 8080 was taken' }])
  expect(lessons).toMatchObject([{ by: 'bob', text: 'try | the <b>cut-over</b> twice' }])
})

test('refusals are part of the timeline', () => {
  expect(reportOf(tellNight()).timeline.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Refused «approve restore-1»: \S/),
  )
})

test('words of people cannot forge a mention', () => {
  const text = 'ask ⟦person:dana⟧'
  const report = reportOf([
    ...tellNight(),
    { minute: 22, type: 'note_added', actor: 'bob', data: { text, lesson: false } },
  ])
  expect(JSON.stringify([report.notes, report.timeline])).not.toContain('⟦person:dana⟧')
})

test('an outcome of another shape is no report', () => {
  expect(readJobReport({ summary: 'x' })).toBeUndefined()
  expect(readJobReport(null)).toBeUndefined()
  expect(readJobReport({ ...restoreReport })).toEqual(restoreReport)
})
