import { z } from 'zod'
import { stateWords } from '../src/domain/cards/job-words.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { isResting } from '../src/domain/job.ts'
import { describeLeft } from '../src/domain/left-behind.ts'
import { listUnseen } from '../src/domain/unseen.ts'
import type { IncidentView } from '../src/domain/view.ts'
import { defineCommand } from '../src/engine/define-command.ts'
import { listOvertaken } from '../src/engine/overtaken.ts'
import { ownersOf } from '../src/engine/say/rights.ts'
import { makeReport } from '../src/report/make-report.ts'

/** More than these nobody reads in an answer; the report names all that is left. */
const NAMED = 8

export const close = defineCommand({
  name: 'close',
  usage: 'close [--reason <why without recovery>]',
  summary:
    'Posts the final report and closes the incident. Kept old databases stay. One that is not recovered takes a reason.',
  examples: ['close', 'close --incident 7', 'close --reason false alarm, the rows were there'],
  syntax: { words: [], flags: { reason: 'text' } },
  params: z.strictObject({ reason: z.string().trim().min(1).max(2000, 'at most 2000 characters').optional() }),
  right: (_params, plan) => ownersOf(plan),
  handle: async (context, { reason }) => {
    const { number, state } = await context.needIncident()
    if (state === 'closed') throw new SalvorError('move_illegal', { job: `#${number}`, state, move: 'be closed' })
    const view = await context.store.viewIncident(number)
    const active = view?.jobs.filter(({ job }) => !isResting(job.state)).map(({ job }) => job.id) ?? []
    if (active.length > 0) throw new SalvorError('incident_jobs_active', { number, jobs: active.join(', ') })
    if (state === 'open' && reason === undefined) {
      if (!view) throw new SalvorError('incident_unknown', { number })
      const unseen = listUnseen(view, context.plan).slice(0, NAMED).join(', ') || 'nothing that the plan names'
      throw new SalvorError('incident_unrecovered', {
        number,
        left: nameLeft(view, listOvertaken(context.jobs, view.jobs)),
        unseen,
      })
    }
    if (state !== 'open' && reason !== undefined) {
      const problem = `#${number} is recovered, and --reason says why one is closed without that; a note keeps your words.`
      throw new SalvorError('command_usage', { problem, usage: 'close' })
    }
    const answer = await makeReport(context, number, { reason: reason ?? null })
    await context.engine.closeIncident(context.said, number, reason ?? null)
    return answer
  },
})

/** What would stay as it is: jobs that did not come to their end, and what lies about. */
function nameLeft({ jobs }: IncidentView, overtaken: ReadonlyMap<string, string>): string {
  const open = jobs.filter(({ job }) => !overtaken.has(job.id))
  const ended = open.filter(({ job }) => job.state !== 'succeeded' && job.state !== 'rejected')
  const left = ended.flatMap(({ job }) => [
    `${job.id} ${stateWords[job.state]}`,
    ...job.leftBehind.map((one) => describeLeft(one)),
  ])
  if (left.length > 0) return left.slice(0, NAMED).join(', ')
  return jobs.length === 0 ? 'nothing was begun' : 'nothing by the jobs so far'
}
