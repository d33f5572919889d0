import { differs } from '../../src/domain/comparison.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { JobDocument } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { describeTable } from './describe-table.ts'
import { compareOutput, compareParams } from './params.ts'
import { comparedSoFar } from './pieces.ts'
import { describeOpen, nameDocument } from './report.ts'

/** All that was found, table by table; null where nothing was compared. */
export function documentCompare(view: JobView): JobDocument | null {
  if (outputOf(view, 'compare', compareOutput) === null) return null
  const { system } = compareParams.parse(view.job.params)
  const equal = comparedSoFar(view).filter((one) => one.why === null && !differs(one))
  const open = describeOpen(view, Number.MAX_SAFE_INTEGER)
  const text = [`${view.job.id}: ${system}`, '', ...open, '', ...equal.map(describeTable)]
  return { name: nameDocument(view.job), text: `${text.join('\n')}\n` }
}
