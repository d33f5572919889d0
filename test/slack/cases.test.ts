import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Answer, type Ask, describePut } from '../../src/domain/ask.ts'
import type { JobState } from '../../src/domain/job.ts'
import type { StepState } from '../../src/domain/step.ts'
import { until } from '../support/until.ts'
import { tellStory } from './support/story.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'
import { makeJob, makeStep, plan } from './support/world.ts'

let bench: Workbench
const asks = new Map<string, Ask>()
const told: unknown[] = []

/** Dave is a tester and in no channel, erin has no Slack at all, and the bot may not write to oscar. */
const tested = {
  ...plan,
  people: { ...plan.people, dave: { slack: 'U0DAVE' }, erin: {}, oscar: { slack: 'U0OSCAR' } },
  roles: {
    ...plan.roles,
    business: { users: ['dave'], groups: [] },
    ...{ away: { users: ['erin', 'oscar'], groups: [] }, nobody: { users: [], groups: [] } },
  },
  uat: {
    entry: {
      ...{ testers: ['business'], needed: 1, signOff: [] },
      cases: ['Place an order', { name: 'Old orders', do: 'look <!here> up', expect: 'all its lines', covers: [] }],
    },
  },
}

beforeEach(async () => {
  asks.clear()
  told.length = 0
  bench = await openWorkbench('http', {
    plan: () => tested,
    onUnreached: async (job, of) => void told.push({ job, ...of }),
  })
  Object.assign(bench.world.reader, { findAsk: async (id: string) => asks.get(id) })
})
afterEach(() => bench.close())

const { findReply, nudge, openIncident, read } = tellStory(() => bench)

function putAsk(no: number, name: string, of: Partial<Ask> = {}): Ask {
  const ask: Ask = {
    ...{ id: `uat-1/ask/1.${no}#1`, kind: 'case', incident: 7, job: 'uat-1', run: null, subject: `uat-1/ask/1.${no}` },
    question: { code: 'case', facts: { job: 'uat-1', suite: 'entry', no, name } },
    ...{ roles: ['business'], answers: ['pass', 'fail', 'blocked', 'comment'], needed: 1, evidence: false },
    ...{ remindEveryMs: 1, reminders: 3, escalateTo: [], state: 'asked', askedAt: '', answerBy: null },
    ...{ remindAt: null, escalateAt: null, escalatedAt: null, given: [] },
    ...of,
  }
  asks.set(ask.id, ask)
  setJob('awaiting_person', 'waiting')
  return ask
}

/** The job as it stands, with how far its last step is. */
function setJob(state: JobState, signOff: StepState) {
  const job = makeJob({ id: 'uat-1', kind: 'uat', state })
  const steps = [makeStep({ name: 'sign-off', state: signOff })]
  bench.world.jobs.set('uat-1', { job, steps, approvals: [], accepted: [], asks: [...asks.values()] })
}

function askTesters() {
  openIncident()
  for (const [no, name] of [
    [1, 'Place an order'],
    [2, 'Old orders'],
  ] as const) {
    bench.world.happens('people_asked', describePut(putAsk(no, name)), 'uat-1', 'salvor')
  }
  nudge()
}

const direct = () => bench.slack.directMessages('dave')

it('reaches each tester directly, in the channel or not, with the case in business words', async () => {
  askTesters()
  await until('both cases', () => direct().length === 2)
  expect(read(direct()[1])).toMatch(/case 2: Old orders/)
  expect(read(direct()[1])).toContain('all its lines')
  expect(read(direct()[1])).not.toContain('<!here>')
  expect(bench.slack.directMessages('bob')).toEqual([])
  await until('a card in the thread', () => findReply(/uat-1/))
  expect(bench.slack.violations).toEqual([])
})

it('takes Pass at once, asks what was seen for Fail, and shows what was said', async () => {
  askTesters()
  await until('both cases', () => direct().length === 2)
  await bench.slack.as('dave').presses('Pass', { message: direct()[0]?.ts ?? '' })
  await until('words', () => bench.heard.length === 1)
  expect(bench.heard[0]).toMatchObject({ text: 'pass uat-1 1', said: { person: { id: 'dave' } } })
  await bench.slack.as('dave').presses('Fail', { message: direct()[1]?.ts ?? '' })
  await until('a form', () => bench.slack.as('dave').modal())
  await bench.slack.as('dave').submits({ reason: 'the total is empty' })
  await until('more words', () => bench.heard.length === 2)
  expect(bench.heard[1]).toMatchObject({ text: 'fail uat-1 2 --reason the total is empty', said: { via: 'modal' } })
  // Said before the plan had a name for dave, and remarked beside since.
  const said: Answer = { person: 'U0DAVE', answer: 'fail', evidence: 'the total is empty', at: '' }
  const remark: Answer = { ...said, person: 'dave', answer: 'comment', evidence: 'slower than before' }
  const { id, question } = putAsk(2, 'Old orders', { given: [said, remark] })
  bench.world.happens('case_judged', { ask: id, question, answer: 'fail', comment: said.evidence }, 'uat-1', 'dave')
  nudge()
  await until('an edited case', () => read(direct()[1]).includes('You said fail: the total is empty'))
  expect(read(direct()[1])).toContain('You remarked: slower than before')
  expect(read(direct()[1])).toContain('Pass')
  expect(direct()).toHaveLength(2)
  expect(bench.slack.violations).toEqual([])
})

it('reminds those who have not judged everything, once, and takes the buttons away at the end', async () => {
  askTesters()
  await until('both cases', () => direct().length === 2)
  const { id, question } = putAsk(1, 'Place an order')
  const reminded = {
    ask: id,
    kind: 'case' as const,
    subject: 'uat-1/ask/1.1',
    question,
    roles: ['business'],
  }
  bench.world.happens('ask_reminded', reminded, 'uat-1', 'salvor')
  nudge()
  await until('a reminder', () => direct().some((one) => /2 of 2 cases of uat-1/.test(read(one))))
  for (const [no, name] of [
    [1, 'Place an order'],
    [2, 'Old orders'],
  ] as const) {
    const ended = putAsk(no, name, { state: 'expired' })
    const data = { ask: ended.id, kind: ended.kind, subject: ended.subject, question: ended.question }
    bench.world.happens('ask_expired', data, 'uat-1', 'salvor')
  }
  nudge()
  await until('no button', () => !bench.slack.as('dave').buttons().join().includes('Pass'))
  expect(direct()).toHaveLength(3)
})

it('says by name whom no message reached, and which role nobody holds, to whoever asked', async () => {
  openIncident()
  const { roles: _, ...put } = describePut(putAsk(1, 'Place an order', { roles: ['away', 'business'] }))
  bench.world.happens('people_asked', { ...put, roles: ['away', 'business'] }, 'uat-1', 'salvor')
  nudge()
  await until('a message to dave', () => direct().length === 1)
  const erin = { person: 'erin', why: 'no_slack' } as const
  const oscar = { person: 'oscar', why: 'no_direct' } as const
  await until('both on record', () => told.length === 1)
  expect(told).toEqual([{ job: 'uat-1', people: [erin, oscar], roles: [] }])
  putAsk(2, 'Old orders', { roles: ['nobody'] })
  bench.world.happens('people_asked', { ...put, ask: 'uat-1/ask/1.2#1', roles: ['nobody'] }, 'uat-1', 'salvor')
  nudge()
  await until('the role', () => told.length === 2)
  expect(told[1]).toEqual({ job: 'uat-1', people: [], roles: ['nobody'] })
  bench.world.happens('people_unreached', { people: [erin, oscar], roles: [] }, 'uat-1', 'salvor')
  nudge()
  const line = await until('a line', () => findReply(/pass uat-1 1/))
  expect(read(line)).toContain('<@U0ALICE>')
  expect(read(line)).toContain('erin')
})

it.each([
  { what: 'signed off', event: 'step_started', job: 'running', step: 'running', ask: 'asked' },
  { what: 'stopped', event: 'job_stopped', job: 'stopped', step: 'waiting', ask: 'withdrawn' },
  { what: 'failed', event: 'job_failed', job: 'failed', step: 'waiting', ask: 'withdrawn' },
] as const)('takes the buttons away once it is $what', async ({ event, job, step, ask }) => {
  askTesters()
  await until('both cases', () => direct().length === 2)
  expect(bench.slack.as('dave').buttons().join()).toContain('Pass')
  for (const one of [...asks.values()]) asks.set(one.id, { ...one, state: ask })
  setJob(job, step)
  bench.world.happens(event, endings[event] as never, 'uat-1', 'salvor')
  nudge()
  await until('no button', () => !bench.slack.as('dave').buttons().join().includes('Pass'))
  expect(direct()).toHaveLength(2)
})

const failure = { code: 'uat_failed', facts: { suite: 'entry', cases: '1' } }
const endings = {
  step_started: { step: 'sign-off', attempt: 1, fence: 1, runner: 'r', worker: 'db1' },
  job_stopped: { by: 'alice', left: [] },
  job_failed: { step: 'ask', failure },
}
