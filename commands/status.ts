import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { buildStatusCard } from '../src/domain/cards/status-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { markPerson, markTime } from '../src/domain/text.ts'
import { defineCommand } from '../src/engine/define-command.ts'

export const status = defineCommand({
  name: 'status',
  usage: 'status',
  summary: 'Shows where the incident stands: jobs, who is awaited, time left, locks.',
  examples: ['status', 'status --incident 7'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: () => ({ kind: 'any_role' }),
  handle: async (context) => {
    const { number } = await context.needIncident()
    const view = await context.store.viewIncident(number)
    if (!view) throw new SalvorError('incident_unknown', { number })
    const card = buildStatusCard(view, context.clock.now(), await context.describe(view))
    const requesters = new Map(view.jobs.map(({ job }) => [job.id, job.requester]))
    const locks = await context.store.listLocks()
    const rows = locks.map(({ target, job, takenAt }): CardRow => {
      const requester = requesters.get(job)
      const by = requester === undefined ? '' : `, asked by ${markPerson(requester)}`
      return { kind: 'fact', label: 'Lock', text: `${target} held by ${job} since ${markTime(takenAt)}${by}` }
    })
    return { kind: 'private', card: { ...card, rows: [...card.rows, ...rows] } }
  },
})
