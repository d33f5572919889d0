import { expect, test } from 'vitest'
import type { Event } from '../../src/domain/events.ts'
import type { JobView } from '../../src/domain/view.ts'
import { createLiveCards } from '../../src/terminal/live-cards.ts'
import { watchJob } from '../../src/terminal/watch-job.ts'
import { makeApproval, makeStep } from '../slack/support/world.ts'
import { caseAsk, caseView } from '../support/card-samples/cases.ts'
import { fakePlan, fakePlans, fakeRoles } from '../support/fakes/plan.ts'
import { fakeStore } from '../support/fakes/store.ts'
import { fakeIncident, fakeJobView } from '../support/fakes/views.ts'

const plan = fakePlan({ people: { alice: {}, bob: {}, dana: {} } })
const clock = { now: () => new Date('2026-02-28T18:05:00.000Z') }
const jobs = { find: () => undefined, list: () => [] }
const store = fakeStore({})
const plans = fakePlans(plan)
const cards = () => createLiveCards({ jobs, roles: fakeRoles(plan), clock, store, plans })
const asked = { ...fakeJobView({ state: 'awaiting_approval' }), approvals: [makeApproval()] }

test('the card that asks names those who can decide: not the requester, nor who has decided already', async () => {
  const first = await cards().approval(asked)
  expect(first?.rows).toContainEqual({ kind: 'text', text: expect.stringMatching(/person:bob⟧ or ⟦person:dana⟧/) })
  const at = '2026-02-28T18:00:00.000Z'
  const decisions = [{ person: 'bob', decision: 'approve' as const, reason: null, at }]
  const second = await cards().approval({ ...asked, approvals: [makeApproval({ count: 2, decisions })] })
  expect(JSON.stringify(second?.rows[1])).not.toContain('bob')
})

test('the card that asks tells every command and what was seen, because there are no Details to press', async () => {
  const does = Array.from({ length: 30 }, (_, index) => `command ${index}`)
  const subject = { ...makeApproval().subject, does, details: ['seen 18 ⟦person:eve⟧ sessions'] }
  const card = await cards().approval({ ...asked, approvals: [makeApproval({ subject })] })
  expect(card?.rows).toContainEqual({ kind: 'fact', label: 'Does', text: '30 commands:' })
  expect(card?.rows.filter(({ kind }) => kind === 'code')).toEqual([{ kind: 'code', text: does.join('\n') }])
  expect(card?.rows.at(-1)).toEqual({ kind: 'small', text: 'seen 18 person:eve sessions' })
  expect(JSON.stringify(card?.rows)).not.toContain('Details')
})

test('roles that cannot be looked up now leave the names out, not the card', async () => {
  const roles = { ...fakeRoles(plan), peopleOf: () => Promise.reject(new Error('Slack is away')) }
  const card = await createLiveCards({ jobs, roles, clock, store, plans }).approval(asked)
  expect(card?.rows).toContainEqual({ kind: 'text', text: expect.stringContaining('dba · by') })
})

test('a kind whose words cannot be told keeps no card from being shown', async () => {
  const broken = { find: () => ({ card: () => JSON.parse('{') }) as never, list: () => [] }
  const card = await createLiveCards({ jobs: broken, roles: fakeRoles(plan), clock, store, plans }).job(fakeJobView())
  expect(card.headline).toContain('restore-1')
})

test('an outcome that is told after it was taken back offers no Undo', async () => {
  const kind = {
    report: () => ({ summary: 'done', proven: [], lost: [], left: [], undo: true, recovers: false }),
    takesBack: ({ job }: { job?: string }) => job,
  }
  const register = { find: () => kind as never, list: () => [] }
  const done = fakeJobView({ state: 'succeeded' })
  const back = fakeJobView({ id: 'undo-1', kind: 'undo', state: 'succeeded', params: { job: 'restore-1' } })
  const ended = { type: 'job_succeeded', job: 'restore-1', data: { summary: '', outcome: null } } as unknown as Event
  const draw = async (all: readonly JobView[]) => {
    const incident = async () => ({ incident: fakeIncident(), jobs: all })
    const live = createLiveCards({
      ...{ jobs: register, roles: fakeRoles(plan), clock, plans },
      store: { ...store, viewIncident: incident },
    })
    return (await live.outcome(done, ended))?.buttons.map(({ command }) => command)
  }
  expect(await draw([done])).toEqual(['undo restore-1'])
  expect(await draw([done, back])).toEqual([])
})

test('a job that any worker may run names the one that does, once it began', async () => {
  const of = cards()
  const view = { ...fakeJobView(), steps: [makeStep({ seenAt: '2026-02-28T18:04:59.000Z' })] }
  const data = { step: 'load', attempt: 1, fence: 1, runner: 'r', worker: 'db1' }
  expect(JSON.stringify(await of.job(view))).toContain('worker seen 1 s ago')
  of.noteWorker({ type: 'step_started', job: 'restore-1', data } as Event)
  expect(JSON.stringify(await of.job(view))).toContain('db1 seen 1 s ago')
})

test('whoever watches a job that asks for words is shown each case, and how to judge it', async () => {
  const asks = [caseAsk({ roles: ['business'] }), caseAsk({ id: 'ask-2', state: 'answered' })]
  const view = { ...caseView, job: { ...caseView.job, state: 'awaiting_person' as const }, asks }
  const watched = watchJob({ viewJob: async () => view }, cards(), 'uat-1')
  const shown = await (await watched.look())?.last([])
  expect(shown?.map(({ headline }) => headline)).toEqual([
    expect.stringContaining('uat-1'),
    '🧪 order-entry, case 1: Place an order',
  ])
  expect(shown?.[1]?.buttons.map(({ command }) => command)).toContain('pass uat-1 1')
})
