import { markTime } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'
import { switchOutput } from '../restore/params.ts'
import { checkOutput, undoParams } from './params.ts'

export function drawUndo(view: JobView): { headline: string; lines: string[] } {
  const params = undoParams.safeParse(view.job.params).data
  const headline = params === undefined ? 'undo' : `${params.system} back to before ${params.job}`
  const switched = outputOf(view, 'switch', switchOutput)
  if (switched !== null) {
    const kept = `${switched.intent.old} kept until ${markTime(switched.keepUntil, 'date')}`
    return { headline, lines: [`${switched.intent.live} is the former one again; ${kept}.`] }
  }
  const checked = outputOf(view, 'check', checkOutput)
  const way = checked === null ? [] : [`Goes back to ${checked.switched.intent.old}.`]
  return { headline, lines: [...way, 'Live database untouched.'] }
}
