import type { Loss } from '../../src/domain/loss.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { StoreReader } from '../../src/ports/reader.ts'
import { outputOf } from '../output-of.ts'
import { switchOutput } from '../restore/params.ts'
import { undoParams } from './params.ts'
import type { Turned, TurnedObjects } from './turned-schema.ts'

/** Of a restore by what its switch found; an undo brought and took the other way round what it undid. */
export async function turnBack(store: StoreReader, view: JobView): Promise<Turned> {
  const before = await findUndone(store, view)
  if (before !== undefined)
    return (await turnBack(store, before)).map(({ goes, comes, ...one }) => ({ ...one, goes: comes, comes: goes }))
  return turnLoss(outputOf(view, 'switch', switchOutput)?.loss ?? null)
}

const turned = { goes: 'comes', comes: 'goes', changes: 'changes' } as const
const ways = { gone: 'goes', added: 'comes', changed: 'changes' } as const

/** The same of definitions. Where nobody knows whether the undone job changed one, nothing is said. */
export async function turnObjects(store: StoreReader, view: JobView): Promise<TurnedObjects> {
  const before = await findUndone(store, view)
  if (before !== undefined)
    return (await turnObjects(store, before)).map(({ name, way }) => ({ name, way: turned[way] }))
  const loss = outputOf(view, 'switch', switchOutput)?.loss
  const withRows = new Set(loss?.tables.map((one) => `table ${one.table}`))
  return (loss?.objects ?? []).flatMap(({ name, verdict }) =>
    verdict === 'unsure' || (verdict !== 'changed' && withRows.has(name)) ? [] : [{ name, way: ways[verdict] }],
  )
}

/** Whether taking a job back leads to what a restore brought, and not to the damage that it was to mend. */
export async function leadsToRestored(store: StoreReader, view: JobView): Promise<boolean> {
  const before = await findUndone(store, view)
  return before === undefined ? false : !(await leadsToRestored(store, before))
}

/** The job that an undo took back; undefined for what is none. */
async function findUndone(store: StoreReader, { job }: JobView): Promise<JobView | undefined> {
  const undone = job.kind === 'undo' ? undoParams.safeParse(job.params).data?.job : undefined
  return undone === undefined ? undefined : store.viewJob(undone)
}

function turnLoss(loss: Loss | null): Turned {
  return (loss?.tables ?? [])
    .filter(({ added, gone, changed }) => added + gone + changed > 0)
    .map(({ table, added, gone, changed, role }) => {
      const leftover = role === 'leftover'
      return { table, goes: gone, comes: added, changes: changed, leftover }
    })
}
