import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/domain/ask.ts'
import { listAwaited } from '../../src/domain/awaited.ts'
import { nameDoers } from '../../src/domain/cards/run-card.ts'
import { makeApproval } from '../slack/support/world.ts'
import { caseAsk, caseView } from '../support/card-samples/cases.ts'
import { fakeRunStep, fakeRunView } from '../support/fakes/views.ts'

const holders: Record<string, string[]> = { dba: ['alice', 'bob', 'dana'], business: ['dave', 'erin'], ops: ['oscar'] }
const peopleOf = async (roles: readonly string[]) => roles.flatMap((role) => holders[role] ?? [])
const plan = { people: { dave: { slack: 'U0DAVE' } } }
const at = '2026-03-01T02:58:00.000Z'
const said = (person: string, answer: string) => ({ person, answer, evidence: null, at })
const one = (no: number, of: Partial<Ask> = {}) => {
  const question = { code: 'case', facts: { job: 'uat-1', suite: 's', no, name: `case ${no}` } } as const
  return caseAsk({ id: `ask-${no}`, question, roles: ['business'], needed: 2, ...of })
}

describe('whom a job waits for', () => {
  it.each([
    { why: 'nobody has judged anything', asks: [one(1), one(2)], people: ['dave', 'erin'] },
    {
      why: 'one has judged all, as they were called before',
      asks: [one(1, { given: [said('U0DAVE', 'pass')] })],
      people: ['erin'],
    },
    {
      why: 'one has only remarked',
      asks: [one(1, { given: [said('dave', 'comment'), said('erin', 'fail')] })],
      people: ['dave'],
    },
    { why: 'enough have judged', asks: [one(1, { needed: 1, given: [said('erin', 'fail')] })], people: [] },
    { why: 'its time is over', asks: [one(1, { state: 'expired' })], people: [] },
    {
      why: 'it turned to others',
      asks: [one(1, { escalateTo: ['ops'], escalatedAt: at })],
      people: ['dave', 'erin', 'oscar'],
    },
  ])('$people where $why', async ({ asks, people }) => {
    expect(await listAwaited({ ...caseView, asks }, plan, peopleOf)).toEqual(people)
  })

  it('are those who may decide and have not, once it asks for an approval', async () => {
    const decisions = [{ person: 'bob', decision: 'approve' as const, reason: null, at }]
    const view = { ...caseView, asks: [one(1)], approvals: [makeApproval({ count: 2, decisions })] }
    expect(await listAwaited(view, plan, peopleOf)).toEqual(['dana'])
  })
})

it('a manual step waits for its owner, and for those that its question has turned to', async () => {
  const manual = {
    position: 2,
    verb: 'manual',
    about: 'call the vendor',
    owner: 'ops',
    job: null,
    state: 'asked',
  } as const
  const ask = caseAsk({ kind: 'manual', subject: 'run-1/2', roles: ['ops'], escalateTo: ['business'] })
  const view = fakeRunView({}, [fakeRunStep(), fakeRunStep(manual)])
  expect(await nameDoers([{ ...view, asks: [ask] }], peopleOf)).toEqual({ 'run-1/2': ['oscar'] })
  const turned = { ...view, asks: [{ ...ask, escalatedAt: at }] }
  expect(await nameDoers([turned], peopleOf)).toEqual({ 'run-1/2': ['oscar', 'dave', 'erin'] })
  expect(await nameDoers([{ ...turned, run: { ...turned.run, state: 'stopped' } }], peopleOf)).toEqual({})
})
