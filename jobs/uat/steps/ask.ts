import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { caseAnswers, listCases, readResults } from '../../../src/domain/uat.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import type { UatParams } from '../params.ts'

/** Testers are reminded so often, for a day at most. */
const REMIND_EVERY_MS = 1_800_000
const REMINDERS = 48

/** Starts once people have answered, and puts on record what they said. */
export const ask = defineStep<UatParams>({
  name: 'ask',
  title: 'testers try it',
  risk: 'read',
  where: 'worker',
  asks: ({ suite, due }, plan, now) => {
    const { testers = [], needed = 1 } = plan.uat[suite] ?? {}
    return listCases(plan, suite).map(({ name }, index) => ({
      about: String(index + 1),
      facts: { suite, no: index + 1, name },
      ...{ roles: testers, people: [], answers: caseAnswers, needed, evidence: false, secondFactor: null },
      answerWithinMs: due === undefined ? null : Math.max(0, Date.parse(due) - now.getTime()),
      // All cases of a suite are reminded of together, with its first.
      ...{ remindEveryMs: REMIND_EVERY_MS, reminders: index === 0 ? REMINDERS : 0 },
      ...{ escalateTo: [], escalateAfterMs: null },
    }))
  },
  async run({ store, job, plan, params }) {
    const results = readResults((await store.viewJob(job.id))?.asks ?? [])
    const bad = results.filter(({ state }) => state !== 'passed')
    if ((plan.uat[params.suite]?.signOff.length ?? 0) === 0 && bad.length > 0) {
      const cases = bad.map(({ no, name }) => `${no} ${name}`).join(', ')
      throw new SalvorError('uat_failed', { suite: params.suite, cases })
    }
    return JSON.parse(JSON.stringify({ results }))
  },
  isDone: async () => ({ done: 'no' }),
})
