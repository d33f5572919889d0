import { z } from 'zod'
import type { CardRow } from '../src/domain/card.ts'
import { listDueRows } from '../src/domain/cards/due-rows.ts'
import { listRunRows, nameDoers } from '../src/domain/cards/run-card.ts'
import { buildStatusCard } from '../src/domain/cards/status-card.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import { markPerson, markTime, plainText } from '../src/domain/text.ts'
import { type CommandContext, defineCommand } from '../src/engine/define-command.ts'

export const status = defineCommand({
  name: 'status',
  usage: 'status',
  summary: 'Shows where the incident stands: runs, jobs, who is awaited, time left, what is due, locks.',
  examples: ['status', 'status --incident 7'],
  syntax: { words: [], flags: {} },
  params: z.strictObject({}),
  right: () => ({ kind: 'any_role' }),
  handle: async (context) => {
    const { number } = await context.needIncident()
    const view = await context.store.viewIncident(number)
    if (!view) throw new SalvorError('incident_unknown', { number })
    const card = buildStatusCard(view, context.clock.now(), await context.describe(view))
    const due = listDueRows(await context.store.listDue(number))
    const rows = [...card.rows, ...(await listRuns(context, number)), ...due, ...(await listLocks(context))]
    return { kind: 'private', card: { ...card, rows } }
  },
})

/** Every run that is not done, step by step; of a procedure that was run anew only the newest. */
async function listRuns({ store, peopleOf }: CommandContext, incident: number): Promise<CardRow[]> {
  const runs = await store.listRuns(incident)
  const newest = runs.filter((view) => runs.findLast(({ run }) => run.procedure === view.run.procedure) === view)
  const live = newest.filter(({ run }) => run.state !== 'succeeded')
  const people = await nameDoers(live, peopleOf)
  return live.flatMap((view) => listRunRows(view, people))
}

/** Every lock of the installation: what, held by which job for what reason, asked by whom, and who waits for it. */
async function listLocks({ store }: CommandContext): Promise<CardRow[]> {
  const active = await store.listActiveJobs()
  const locks = await store.listLocks()
  return locks.map(({ target, job, reason, takenAt }): CardRow => {
    const holder = active.find((view) => view.job.id === job)?.job
    const by = holder === undefined ? '' : `, asked by ${markPerson(holder.requester)}`
    const waiting = active.filter((view) => view.job.id !== job && view.job.lockTarget === target)
    const queue = waiting.length === 0 ? '' : ` · ${waiting.map((view) => view.job.id).join(', ')} waits`
    const text = `${target} held by ${job} since ${markTime(takenAt)} for «${plainText(reason)}»${by}${queue}`
    return { kind: 'fact', label: 'Lock', text }
  })
}
