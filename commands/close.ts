import { z } from 'zod'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { isResting } from '../src/domain/job.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { ownersOf } from '../src/engine/say/rights.ts'
import { makeReport } from '../src/report/make-report.ts'

export const close = defineCommand({
  name: 'close',
  usage: 'close',
  summary: 'Posts the final report and closes the incident. Kept old databases stay.',
  examples: ['close', 'close --incident 7'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: (_params, plan) => ownersOf(plan),
  handle: async (context) => {
    const { number, state } = await context.needIncident()
    if (state === 'closed') throw new SalvorError('move_illegal', { job: `#${number}`, state, move: 'be closed' })
    const view = await context.store.viewIncident(number)
    const active = view?.jobs.filter(({ job }) => !isResting(job.state)).map(({ job }) => job.id) ?? []
    if (active.length > 0) throw new SalvorError('incident_jobs_active', { number, jobs: active.join(', ') })
    const answer = await makeReport(context, number)
    await context.engine.closeIncident(context.said, number)
    return answer
  },
})
