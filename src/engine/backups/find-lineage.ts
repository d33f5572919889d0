import { z } from 'zod'
import type { DatabasePlace } from '../../domain/archive-origin.ts'
import type { JobView } from '../../domain/view.ts'
import type { StoreReader } from '../../ports/reader.ts'

/** More switches than a system sees in its life. */
const LOOK_BACK = 1000

const switched = z.object({
  intent: z.object({ systemIdentifier: z.string(), liveOid: z.number().nullable(), sideOid: z.number() }),
})
const accepted = z.object({
  point: z.object({
    origin: z.literal('unproven'),
    source: z.object({ systemIdentifier: z.string(), databaseOid: z.number() }),
  }),
})

/**
 * Every database that was this system's own, as its switches say: what was live before and after each restore (an
 * undo goes between the same two), and the one whose backup people let in though nothing showed whose it was, unless
 * that restore was taken back.
 */
export async function findLineage(
  store: Pick<StoreReader, 'listSucceededJobs'>,
  system: string,
): Promise<DatabasePlace[]> {
  const target = `database:${system}`
  const [restores, undos] = await Promise.all([
    store.listSucceededJobs('restore', target, LOOK_BACK),
    store.listSucceededJobs('undo', target, LOOK_BACK),
  ])
  const undone = new Set(undos.map((view) => (view.job.params as { job?: unknown }).job))
  return restores.flatMap((view) => [...readSwitch(view), ...(undone.has(view.job.id) ? [] : readAccepted(view))])
}

function readSwitch(view: JobView): DatabasePlace[] {
  const found = switched.safeParse(outputOf(view, 'switch')).data
  if (found === undefined) return []
  const { systemIdentifier, liveOid, sideOid } = found.intent
  return [liveOid, sideOid].flatMap((oid) => (oid === null ? [] : [{ systemIdentifier, oid }]))
}

function readAccepted(view: JobView): DatabasePlace[] {
  const found = accepted.safeParse(outputOf(view, 'preflight')).data
  if (found === undefined) return []
  const { systemIdentifier, databaseOid: oid } = found.point.source
  return [{ systemIdentifier, oid }]
}

function outputOf(view: JobView, step: string): unknown {
  return view.steps.find((one) => one.name === step)?.output ?? null
}
