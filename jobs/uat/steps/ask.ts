import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { caseAnswers, listCases, readResults } from '../../../src/domain/uat.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import type { UatParams } from '../params.ts'

/** Testers are reminded so often, until it ends; a test without a time of its own ends after a day. */
const REMIND_EVERY_MS = 1_800_000
const DAY_MS = 86_400_000
const REMINDERS = DAY_MS / REMIND_EVERY_MS - 1

/** Starts once people have answered, and puts on record what they said. */
export const ask = defineStep<UatParams>({
  name: 'ask',
  title: 'testers try it',
  risk: 'read',
  where: 'worker',
  asks: ({ job, params: { suite, due }, plan, now }) => {
    const { testers, needed } = plan.uat[suite] ?? {}
    if (testers === undefined || needed === undefined) return []
    return listCases(plan, suite).map(({ name, covers }, index) => ({
      about: String(index + 1),
      question: { code: 'case', facts: { job: job.id, suite, no: index + 1, name, covers: covers.join(', ') } },
      ...{ roles: testers, answers: caseAnswers, needed, evidence: false },
      answerWithinMs: due === undefined ? DAY_MS : timeUntil(due, job.requestedAt, now),
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
})

/**
 * Until it is due. Asked anew once that is past, testers have as long as they were given the first time: to ask and
 * end at once would sign off what nobody could try.
 */
function timeUntil(due: string, requestedAt: string, now: Date): number {
  const left = Date.parse(due) - now.getTime()
  const given = Date.parse(due) - Date.parse(requestedAt)
  if (left > 0) return left
  return given > 0 ? given : DAY_MS
}
