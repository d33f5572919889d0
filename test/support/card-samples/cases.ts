import { type Ask, askStates } from '../../../src/domain/ask.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildCaseCard } from '../../../src/domain/cards/case-card.ts'
import { buildJobCard } from '../../../src/domain/cards/job-card.ts'
import { buildUnreachedCard } from '../../../src/domain/cards/unreached-card.ts'
import type { JobView } from '../../../src/domain/view.ts'
import { makeStep } from '../../slack/support/world.ts'
import { fakeJob } from '../fakes/views.ts'
import { minutesAway, now } from './world.ts'

const job = fakeJob({ id: 'uat-1', kind: 'uat', words: 'uat order-entry' })
/** The job that asks it. */
const steps = [makeStep({ name: 'sign-off', state: 'waiting' })]
export const caseView: JobView = { job, approvals: [], accepted: [], asks: [], steps }
/** A case that says everything that a plan can say of one. */
export const fullCase = {
  name: 'Place an order',
  as: 'a customer',
  given: 'a full basket',
  do: 'pay by card',
  expect: 'a number and a mail',
  url: 'https://shop.example/basket',
  covers: ['orders-db'],
}

const signing = makeStep({ name: 'sign-off', state: 'running' })

/** The question about it. */
export function caseAsk(changes: Partial<Ask>): Ask {
  const question = { code: 'case', facts: { no: 1, suite: 'order-entry', job: 'uat-1', name: fullCase.name } } as const
  const terms = {
    ...{ kind: 'case', incident: 1, job: 'uat-1', run: null, subject: 'uat-1/1/dave', question, roles: [], needed: 1 },
    ...{ answers: ['pass', 'fail', 'blocked', 'comment'], evidence: false },
    ...{ remindEveryMs: null, reminders: 0, escalateTo: [], id: 'ask-1', askedAt: minutesAway(-5) },
    ...{ state: 'asked', answerBy: minutesAway(25), remindAt: null, escalateAt: null, escalatedAt: null, given: [] },
  } as unknown as Ask
  return { ...terms, ...changes }
}

const waiting = {
  job: { ...job, state: 'awaiting_person' as const },
  ...{ steps: caseView.steps, approvals: [], accepted: [], asks: [caseAsk({}), caseAsk({ id: 'ask-2' })] },
}
const extra = { worker: null, awaited: ['dave', 'erin'], undo: false }

/** A case of an acceptance test as its tester sees it, in every state of the question. */
export function listCaseCards(): { readonly name: string; readonly card: Card }[] {
  const failed = {
    person: 'dave',
    answer: 'fail',
    evidence: 'no mail came',
    at: minutesAway(-1),
  } as const
  const states = askStates.map((state) => ({
    name: `case ${state}`,
    card: buildCaseCard(caseAsk({ state }), caseView, fullCase, ['dave']),
  }))
  return [
    ...states,
    { name: 'whom no message reached', card: buildUnreachedCard(job, { people: [], roles: ['business'] }) },
    { name: 'case failed', card: buildCaseCard(caseAsk({ given: [failed] }), caseView, fullCase, ['dave']) },
    {
      name: 'case in one line',
      card: buildCaseCard(caseAsk({}), caseView, { name: fullCase.name, covers: [] }, ['dave']),
    },
    {
      name: 'case while it is signed off',
      card: buildCaseCard(caseAsk({}), { job, steps: [signing] }, fullCase, ['dave']),
    },
    {
      name: 'a job that waits for its cases',
      card: buildJobCard(waiting, { headline: 'acceptance test order-entry', lines: [] }, now, extra),
    },
  ]
}
