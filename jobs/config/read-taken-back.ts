import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { type ConfigParams, replacedBy } from './params.ts'

/** The replacement that is taken back. Throws `config_not_replaced` for a job that made none. */
export async function readTakenBack(context: LookContext<ConfigParams>, job: string) {
  const view = await context.store.viewJob(job)
  const replaced = view?.job.kind === 'config' ? replacedBy(view) : null
  if (!replaced?.replaced) throw new SalvorError('config_not_replaced', { job })
  return replaced
}
