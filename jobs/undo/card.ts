import { isInDoubt } from '../../src/domain/step.ts'
import { markTime, plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'
import { type SwitchRecord, switchOutput } from '../restore/params.ts'
import { checkOutput, undoParams } from './params.ts'

export function drawUndo(view: JobView): { headline: string; lines: string[] } {
  const params = undoParams.safeParse(view.job.params).data
  const headline = params === undefined ? 'undo' : `${params.system} back to before ${params.job}`
  const switched = outputOf(view, 'switch', switchOutput)
  if (switched !== null) {
    const { intent, keepUntil } = switched
    const now = intent.sideOid === null ? `There is no ${intent.live} again` : `${intent.live} is the former one again`
    const kept = intent.liveOid === null ? '' : `; ${intent.old} kept until ${markTime(keepUntil, 'date')}`
    const lost =
      switched.lostRows === null ? [] : [`Rows that went away: ${plainText(switched.lostRows)} on the worker, as SQL.`]
    return { headline, lines: [`${now}${kept}.`, ...lost] }
  }
  const step = view.steps.find((one) => one.name === 'switch')
  if (step?.state === 'running')
    return { headline, lines: ['Switching back: the live database is closed for some seconds.'] }
  if (isInDoubt(step?.state)) return { headline, lines: ['It is being found out whether the switch back happened.'] }
  const checked = outputOf(view, 'check', checkOutput)
  const way = checked === null ? [] : [describeWay(checked.switched.intent)]
  return { headline, lines: [...way, 'Live database untouched.'] }
}

function describeWay({ live, liveOid, liveInvalid, old }: SwitchRecord['intent']): string {
  return liveOid === null || liveInvalid ? `Goes back to where there was no ${live}.` : `Goes back to ${old}.`
}
