import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { outputOf } from '../output-of.ts'
import * as restore from '../restore/params.ts'

/** `salvor:side:restore-3:1a2b3c4d`, `salvor:old:undo-4 kept for 7d …`: the job that made or kept a database. */
const mark = /^salvor:(?:side|old):([a-z]+-\d+)\b/

/**
 * Salvor's roles see more databases of a server than whoever asks: only the system's own, and those that a job of
 * this very system made or kept, known by mark, job and OID. Throws database_not_ours, and verify_itself for live.
 */
export async function refuseForeign(
  context: LookContext<{ readonly system: string }>,
  database: string,
): Promise<void> {
  const { system } = context.params
  const target = context.target(system)
  const live = await context.tools.databases.identify(target)
  // Whatever a database holds, it is what it holds.
  if (database === live.name) throw new SalvorError('verify_itself', { database, system })
  const found = await context.tools.databases.identify(target, database)
  const comment = (await context.tools.databases.locate(target, found.oid))?.comment ?? ''
  const job = mark.exec(comment)?.[1]
  const view = job === undefined ? undefined : await context.store.viewJob(job)
  const params = view?.job.params as { readonly system?: unknown } | undefined
  if (view !== undefined && params?.system === system && listOids(view).includes(found.oid)) return
  throw new SalvorError('database_not_ours', { database, system })
}

/** Databases that a job made, or put aside by its switch. */
function listOids(view: JobView): number[] {
  const created = outputOf(view, 'create', restore.createOutput)?.oid
  const loaded = outputOf(view, 'load', restore.loadOutput)?.oid
  const intent = outputOf(view, 'switch', restore.switchOutput)?.intent
  return [created, loaded, intent?.sideOid, intent?.liveOid].filter((oid) => oid !== undefined && oid !== null)
}
