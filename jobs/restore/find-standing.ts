import type { JobView } from '../../src/domain/view.ts'
import type { Standing } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { switchOutput } from './params.ts'

/** The database that a switch made live, by its number on its server; null where it did not come to that. */
export function findStanding(view: JobView): Standing | null {
  const switched = outputOf(view, 'switch', switchOutput)
  if (switched === null || view.job.lockTarget === null) return null
  const { systemIdentifier, sideOid } = switched.intent
  return { on: view.job.lockTarget, as: `${systemIdentifier}/${sideOid ?? 'none'}`, since: switched.switchedAt }
}
