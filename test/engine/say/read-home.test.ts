import { describe, expect, it } from 'vitest'
import type { Ask } from '../../../src/domain/ask.ts'
import { readHome } from '../../../src/engine/say/read-home.ts'
import { makeApproval, makeStep } from '../../slack/support/world.ts'
import { caseAsk, caseView } from '../../support/card-samples/cases.ts'
import { fakePlan } from '../../support/fakes/plan.ts'
import { startTalk } from '../../support/fakes/say.ts'
import { fakeIncident, fakeJob, fakeRunStep, fakeRunView } from '../../support/fakes/views.ts'

const soon = '2026-02-28T18:30:00.000Z'
const asked = makeApproval({ approveBy: soon })
const waiting = { job: fakeJob({ state: 'awaiting_approval' }), steps: [], approvals: [asked], accepted: [], asks: [] }
const manual = { position: 2, verb: 'manual', about: 'call the vendor', owner: 'sysadmin', job: null, state: 'asked' }
const run = fakeRunView({}, [fakeRunStep(), fakeRunStep(manual as Parameters<typeof fakeRunStep>[0])])
const everywhere = async () => true

function read(person: string, of: Parameters<typeof startTalk>[0] = {}, sees = everywhere) {
  const { deps } = startTalk({ jobs: [waiting], runs: [run], ...of })
  return readHome(deps, { id: person, slack: null, os: null }, sees)
}

describe('what a person sees', () => {
  it.each([
    { person: 'bob', why: 'may approve', approvals: 1, manuals: 0, incidents: 1 },
    { person: 'alice', why: 'asked for it herself', approvals: 0, manuals: 0, incidents: 1 },
    { person: 'carol', why: 'keeps the service', approvals: 0, manuals: 1, incidents: 1 },
    { person: 'oscar', why: 'has no role', approvals: 0, manuals: 0, incidents: 0 },
  ])('$person, who $why', async ({ person, approvals, manuals, incidents }) => {
    const home = await read(person)
    expect(home.approvals).toHaveLength(approvals)
    expect(home.manuals).toHaveLength(manuals)
    expect(home.incidents).toHaveLength(incidents)
  })

  it.each([
    { what: 'is over', approval: { approveBy: '2026-02-28T18:04:59.000Z' } },
    { what: 'was granted', approval: { state: 'granted' as const } },
    { what: 'expired', approval: { state: 'expired' as const } },
    {
      what: 'bob has decided, while another approval is needed',
      approval: { count: 2, decisions: [{ person: 'bob', decision: 'approve' as const, reason: null, at: soon }] },
    },
    { what: 'is for other roles', approval: { from: ['sysadmin'] } },
  ])('no approval that $what', async ({ approval }) => {
    const home = await read('bob', { jobs: [{ ...waiting, approvals: [{ ...asked, ...approval }] }] })
    expect(home.approvals).toEqual([])
  })

  it('no incident of a channel that the person is no member of, but what waits for them', async () => {
    const home = await read('bob', {}, async () => false)
    expect(home.incidents).toEqual([])
    expect(home.approvals).toHaveLength(1)
    expect(home.unsure).toBe(false)
  })

  it('no incident where Slack does not say who is a member, and says that it is unsure', async () => {
    const home = await read('bob', {}, async () => {
      throw new Error('slack is away')
    })
    expect(home.incidents).toEqual([])
    expect(home.unsure).toBe(true)
  })

  it('nothing of any incident while no role can be looked up', async () => {
    const roles = {
      holds: async () => {
        throw new Error('slack is away')
      },
      peopleOf: async () => ['alice'],
    }
    const home = await read('bob', { deps: { roles } })
    const nothing = { approvals: [], manuals: [], questions: [], cases: [], incidents: [] }
    expect(home).toMatchObject({ roles: [], ...nothing, unsure: true })
  })

  it.each([
    { person: 'erin', of: {}, stakeholder: false },
    { person: 'erin', of: { stakeholders: ['erin'] }, stakeholder: true },
    { person: 'erin', of: { stakeholders: ['U0ERIN'], people: { erin: { slack: 'U0ERIN' } } }, stakeholder: true },
    { person: 'oscar', of: { stakeholders: ['U0ERIN'], people: { erin: { slack: 'U0ERIN' } } }, stakeholder: false },
  ])('whether the plan names $person among its stakeholders: $stakeholder', async ({ person, of, stakeholder }) => {
    expect(await read(person, { plan: fakePlan(of) })).toMatchObject({ stakeholder, incidents: [] })
  })

  it('no question about a failure that a later job answered', async () => {
    const failed = { ...waiting, job: fakeJob({ state: 'failed', finishedAt: soon }), approvals: [] }
    const later = {
      ...failed,
      job: fakeJob({ id: 'restore-2', state: 'succeeded', finishedAt: '2026-02-28T19:00:00Z' }),
    }
    expect((await read('alice', { jobs: [failed] })).questions).toHaveLength(1)
    expect((await read('alice', { jobs: [failed, later] })).questions).toEqual([])
  })

  it('no incident that belongs to no channel or is closed', async () => {
    expect((await read('bob', { incidents: [fakeIncident({ channel: null })] })).incidents).toEqual([])
    const closed = await read('bob', { incidents: [fakeIncident({ state: 'closed' })] })
    expect([closed.incidents, closed.approvals]).toEqual([[], []])
  })

  it('the approval that ends first before the others', async () => {
    const sooner = { ...asked, id: 'a2', job: 'restore-2', approveBy: '2026-02-28T18:10:00.000Z' }
    const other = {
      job: fakeJob({ id: 'restore-2', state: 'awaiting_approval' }),
      steps: [],
      approvals: [sooner],
      accepted: [],
      asks: [],
    }
    const home = await read('bob', { jobs: [waiting, other] })
    expect(home.approvals.map(({ job }) => job.id)).toEqual(['restore-2', 'restore-1'])
  })
})

describe('a manual step that turned to others', () => {
  const ask = caseAsk({ kind: 'manual', subject: 'run-1/2', roles: ['sysadmin'], escalateTo: ['dba'] })
  const turned = { ...run, asks: [{ ...ask, escalatedAt: soon }] }

  it.each([
    { person: 'carol', why: 'keeps the service', asks: [], manuals: 1 },
    { person: 'bob', why: 'is of those it turned to', asks: turned.asks, manuals: 1 },
    { person: 'bob', why: 'is not asked yet', asks: [ask], manuals: 0 },
    {
      person: 'bob',
      why: 'was asked an earlier time',
      asks: [{ ...ask, escalatedAt: soon, state: 'answered' as const }],
      manuals: 0,
    },
  ])('is on the Home of $person, who $why: $manuals', async ({ person, asks, manuals }) => {
    const home = await read(person, { runs: [{ ...run, asks }] })
    expect(home.manuals).toHaveLength(manuals)
    if (manuals > 0 && asks.length > 0) expect(home.manuals[0]?.people).toEqual(['carol', 'alice', 'bob', 'dana'])
  })
})

describe('cases to try', () => {
  const plan = fakePlan({
    people: { dave: { slack: 'U0DAVE' } },
    roles: { dba: { users: ['alice'] }, sysadmin: { users: ['carol'] }, business: { users: ['dave', 'erin'] } },
    uat: { 'order-entry': { testers: ['business'], needed: 2, cases: [{ name: 'Place an order', do: 'pay' }] } },
  })
  const said = (person: string, answer: string) => ({ person, answer, evidence: null, at: soon })
  const tested = (of: Partial<Ask>, signOff: 'waiting' | 'running' = 'waiting') => [
    {
      ...caseView,
      steps: [makeStep({ name: 'sign-off', state: signOff })],
      asks: [caseAsk({ needed: 2, roles: ['business'], ...of })],
    },
  ]

  it.each([
    { why: 'is asked', person: 'dave', jobs: tested({}), cases: 1 },
    { why: 'is not asked', person: 'carol', jobs: tested({}), cases: 0 },
    {
      why: 'has judged it, under an earlier name',
      person: 'dave',
      jobs: tested({ given: [said('U0DAVE', 'pass')] }),
      cases: 0,
    },
    { why: 'has only remarked', person: 'dave', jobs: tested({ given: [said('dave', 'comment')] }), cases: 1 },
    {
      why: 'comes when enough have',
      person: 'dave',
      jobs: tested({ needed: 1, given: [said('erin', 'pass')] }),
      cases: 0,
    },
    { why: 'comes when it is signed off', person: 'dave', jobs: tested({}, 'running'), cases: 0 },
    { why: 'comes when its time is over', person: 'dave', jobs: tested({ state: 'expired' }), cases: 0 },
  ])('$cases for $person, who $why', async ({ person, jobs, cases }) => {
    const home = await read(person, { plan, jobs })
    expect(home.cases.map(({ written }) => written.do)).toEqual(cases === 0 ? [] : ['pay'])
  })
})

describe('questions', () => {
  const stuck = (state: 'failed' | 'needs_person') => ({
    job: fakeJob({ state }),
    steps: [],
    approvals: [],
    accepted: [],
    asks: [],
  })

  it.each([
    { state: 'failed', person: 'alice', asked: 1, why: 'asked for it' },
    { state: 'failed', person: 'bob', asked: 0, why: 'did not ask for it' },
    { state: 'needs_person', person: 'bob', asked: 1, why: 'owns the system' },
    { state: 'needs_person', person: 'carol', asked: 0, why: 'owns another system' },
  ] as const)('of a job that is $state go to $person: $asked, who $why', async ({ state, person, asked }) => {
    expect((await read(person, { jobs: [stuck(state)] })).questions).toHaveLength(asked)
  })
})

describe('rights', () => {
  it('are told by system, with those who may do the rest', async () => {
    const { systems, roles } = await read('bob')
    expect(roles).toEqual(['dba'])
    expect(systems.find(({ system }) => system === 'orders-db')?.may).toEqual(
      expect.arrayContaining(['restore', 'approve']),
    )
    expect(systems.find(({ system }) => system === 'orders-api')).toMatchObject({
      mayNot: expect.arrayContaining(['restart']),
      others: ['carol'],
    })
  })

  it('follow the plan in force', async () => {
    const plan = fakePlan({ roles: { dba: { users: ['alice'] }, sysadmin: { users: ['carol'] } } })
    expect((await read('bob', { plan })).roles).toEqual([])
  })

  it('name the commands that help names', async () => {
    expect((await read('oscar')).commands.map(({ name }) => name)).toContain('help')
    expect((await read('oscar')).commands.map(({ name }) => name)).not.toContain('restore')
    expect((await read('bob')).commands.map(({ name }) => name)).toContain('restore')
  })
})
