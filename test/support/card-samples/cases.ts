import { type Ask, askStates } from '../../../src/domain/ask.ts'
import type { Card } from '../../../src/domain/card.ts'
import { buildCaseCard } from '../../../src/domain/cards/case-card.ts'
import { fakeJob } from '../fakes/views.ts'
import { minutesAway } from './world.ts'

const job = fakeJob({ id: 'uat-1', kind: 'uat', words: 'uat order-entry' })
const all = {
  name: 'Place an order',
  as: 'a customer',
  given: 'a full basket',
  do: 'pay by card',
  expect: 'a number and a mail',
  url: 'https://shop.example/basket',
  covers: ['orders-db'],
}

function ask(changes: Partial<Ask>): Ask {
  const question = { code: 'case', facts: { no: 1, suite: 'order-entry', job: 'uat-1', name: all.name } } as const
  const terms = {
    ...{ kind: 'case', incident: 1, job: 'uat-1', run: null, subject: 'uat-1/1/dave', question, roles: [], needed: 1 },
    ...{ people: ['dave'], answers: ['pass', 'fail', 'blocked', 'comment'], evidence: false, secondFactor: null },
    ...{ remindEveryMs: null, reminders: 0, escalateTo: [], id: 'ask-1', askedAt: minutesAway(-5) },
    ...{ state: 'asked', answerBy: minutesAway(25), given: [] },
  } as unknown as Ask
  return { ...terms, ...changes }
}

/** A case of an acceptance test as its tester sees it, in every state of the question. */
export function listCaseCards(): { readonly name: string; readonly card: Card }[] {
  const failed = {
    person: 'dave',
    answer: 'fail',
    evidence: 'no mail came',
    factor: null,
    at: minutesAway(-1),
  } as const
  const states = askStates.map((state) => ({
    name: `case ${state}`,
    card: buildCaseCard(ask({ state }), job, all as never, ['dave']),
  }))
  return [
    ...states,
    { name: 'case failed', card: buildCaseCard(ask({ given: [failed] }), job, all as never, ['dave']) },
    { name: 'case in one line', card: buildCaseCard(ask({}), job, { name: all.name } as never, ['dave']) },
  ]
}
