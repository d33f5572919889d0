import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { JobView } from '../../src/domain/view.ts'
import { commitOutput } from '../fix/params.ts'
import { outputOf } from '../output-of.ts'
import { repairParams } from './params.ts'

/** Why a repair cannot be taken back; null where it committed nothing. */
export function whyRepairStays(view: JobView): SalvorError | null {
  const { system, undoes } = repairParams.parse(view.job.params)
  if (outputOf(view, 'commit', commitOutput) === null || undoes === undefined) return null
  return new SalvorError('repair_is_way_back', { job: view.job.id, undoes, system })
}
