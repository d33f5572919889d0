import { SalvorError } from '../../src/domain/errors/fail.ts'
import { showRemedy } from '../../src/domain/loose-remedy.ts'
import type { JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'
import { commitOutput, executeOutput, fixParams } from './params.ts'

/** Why a fix cannot be taken back; null where it committed nothing. */
export function whyFixStays(view: JobView): SalvorError | null {
  const { system, remedy, undoes } = fixParams.parse(view.job.params)
  const job = view.job.id
  if (outputOf(view, 'execute', executeOutput) !== null) return new SalvorError('undo_unrecorded', { job, system })
  if (outputOf(view, 'commit', commitOutput) === null) return null
  if (undoes !== undefined) return new SalvorError('fix_is_way_back', { job, undoes, system })
  return new SalvorError('fix_no_undo', { job, remedy: showRemedy(remedy), system })
}
