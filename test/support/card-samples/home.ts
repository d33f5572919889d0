import type { Card } from '../../../src/domain/card.ts'
import { buildHomeCard, type HomeState } from '../../../src/domain/cards/home-card.ts'
import { describeRuns } from '../../../src/domain/cards/run-card.ts'
import { makeJob } from '../../slack/support/world.ts'
import { fakeRunStep, fakeRunView } from '../fakes/views.ts'
import { caseAsk, caseView, fullCase } from './cases.ts'
import { approval, incident, minutesAway, now, restoreSteps, viewOf } from './world.ts'

const holders = [
  { role: 'dba', people: ['alice', 'bob', 'dana'] },
  { role: 'sysadmin', people: ['carol'] },
]
const commands = [
  { name: 'help', summary: 'Lists what you may run, or says how one command works.' },
  { name: 'open', summary: 'Opens an incident in this channel.' },
  { name: 'restore', summary: 'Restores a system from a backup, proves it and switches to it after approval.' },
]
const failure = {
  code: 'service_died',
  facts: { service: 'orders-api', seconds: 2, said: '0' },
}
const run = fakeRunView({}, [
  fakeRunStep({ jobState: 'running' }),
  fakeRunStep({ position: 2, verb: 'manual', about: 'call the vendor', owner: 'dba', job: null, state: 'asked' }),
])
const waiting = viewOf({ state: 'awaiting_approval' }, restoreSteps({ state: 'done' }), [approval()])
const broken = viewOf(
  { id: 'restart-2', kind: 'restart', state: 'failed', words: 'restart orders-api', requester: 'bob' },
  restoreSteps({ state: 'failed', failure }),
)

/** Bob's Home on a night with something of everything; `changes` make it another one. */
export function homeState(changes: Partial<HomeState> = {}): HomeState {
  return {
    person: 'bob',
    roles: ['dba'],
    stakeholder: false,
    unsure: false,
    planFile: 'salvor.yaml',
    holders,
    systems: [
      { system: 'orders-db', may: ['restore', 'verify', 'approve'], mayNot: [], others: [] },
      { system: 'orders-api', may: ['approve'], mayNot: ['restart'], others: ['carol'] },
    ],
    approvals: [{ approval: approval(), job: makeJob(), people: ['bob', 'dana'] }],
    manuals: [{ run, position: 2, people: ['alice', 'bob'] }],
    questions: [broken],
    cases: [{ ask: caseAsk({}), view: caseView, written: fullCase }],
    incidents: [
      {
        view: { incident: incident(), jobs: [waiting, broken] },
        extra: {
          awaitedByJob: { 'restore-1': ['bob', 'dana'] },
          headlinesByJob: { 'restore-1': 'orders-db from d-0130', 'restart-2': 'orders-api' },
          runs: describeRuns([run], {}),
        },
      },
    ],
    commands,
    ...changes,
  }
}

const nothing = { approvals: [], manuals: [], cases: [], questions: [], incidents: [] }

/** Nobody of the plan: what is read for them has nothing of any incident in it. */
export const stranger = homeState({ ...nothing, person: 'oscar', roles: [], commands: commands.slice(0, 1) })

/** Every Home that somebody can see. */
export function listHomes() {
  const answer: Card = { headline: 'This approval is approved.', rows: [], buttons: [], fallback: '' }
  const many = Array.from({ length: 40 }, (_, index) => ({
    view: { incident: incident({ number: index + 1, deadline: minutesAway(index) }), jobs: [waiting] },
    extra: { awaitedByJob: {}, headlinesByJob: {} },
  }))
  const states = {
    'with something of everything': homeState(),
    'of a quiet night': homeState(nothing),
    'of a stranger': stranger,
    'of a stakeholder': { ...stranger, person: 'erin', stakeholder: true },
    'while Slack does not say who is in a group': { ...stranger, unsure: true },
    'with more incidents than fit': homeState({ incidents: many }),
  }
  const homes = Object.entries(states).map(([name, state]) => ({
    name: `Home ${name}`,
    home: buildHomeCard(state, now),
  }))
  return [...homes, { name: 'Home with an answer', home: buildHomeCard(homeState(nothing), now, answer) }]
}
