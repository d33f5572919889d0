import type { JobView } from '../../src/domain/view.ts'
import type { JobDocument } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { isCutShort, listLoss } from './describe-loss.ts'
import { switchOutput } from './params.ts'

/** The file that holds what a switch took away where no card can name all of it. */
export function nameLossFile({ id }: { readonly id: string }): string {
  return `${id}-lost.txt`
}

/** All that went away and came back with the switch, as Details of its approval told; null where a card names it. */
export function documentLoss(view: JobView): JobDocument | null {
  const switched = outputOf(view, 'switch', switchOutput)
  if (switched === null || switched.loss === null || !isCutShort(switched.loss)) return null
  const title = `${view.job.id}: what went away and what came back with its switch at ${switched.switchedAt}`
  return { name: nameLossFile(view.job), text: `${[title, '', ...listLoss(switched.loss)].join('\n')}\n` }
}
