import { defineTexts, type Message } from './message.ts'

/** What a job, a run or a step waits for, by stable code: cards, status and terminals say it after «waits:». */
const texts = {
  lock: 'the lock on {target}, held by {job}',
  replaced: 'the step {step} of {job}, which replaces what it looks at',
  approval: 'an approval from {roles}',
  undecided: 'somebody who asks again: nobody decided in time',
  not_started: 'somebody who asks again: it was not started in time',
  answers: 'what people answer',
  look_of_person: 'a person who looks at the target',
  any_worker: 'a worker: none is alive (start one: salvor worker --name db1)',
  worker: 'the worker {worker}: it is not alive (start one: salvor worker --name {worker})',
  lease: 'the lease of its step (a stranger: session {pid} of {role}, {application}, holds it)',
  rights: 'an answer from Slack: nobody can say who may {step}',
  side_lock: 'a lock inside the side database',
  service: '{service}, which answers: {seen}',
} as const

/** Why something does not move just now: a code with its facts. */
export type Waiting = Message<typeof texts>

export const { make: waitsFor, describe: describeWaiting, schema: waitingSchema } = defineTexts(texts)
