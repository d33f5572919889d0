import { markTime, plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { describeLost } from '../restore/describe-loss.ts'
import { nameLossFile } from '../restore/document.ts'
import { switchOutput } from '../restore/params.ts'
import { sayGoes, sayObjects } from './describe-turned.ts'
import { checkOutput, confirmOutput, undoParams } from './params.ts'

export function reportUndo(view: JobView): GivenReport {
  const params = undoParams.safeParse(view.job.params).data
  const switched = outputOf(view, 'switch', switchOutput)
  const checked = outputOf(view, 'check', checkOutput)
  const confirmed = outputOf(view, 'confirm', confirmOutput)
  const system = params?.system ?? view.job.id
  if (!switched || !confirmed) return { summary: `${system} was not switched back` }
  const { intent, keepUntil, differences, lostRows } = switched
  return {
    summary: `${system} is as before ${params?.job ?? 'the restore'}, since ${markTime(switched.switchedAt)}`,
    proven: [
      confirmed.oid === null
        ? `there is no ${intent.live}, as before`
        : `${intent.live} is the former database (OID ${confirmed.oid}) and accepts connections`,
    ],
    lost: [
      ...describeLost(switched, nameLossFile(view.job)),
      ...sayGoes(checked?.turned ?? [], params?.job ?? 'the restore'),
      ...sayObjects(checked?.turnedObjects ?? [], params?.job ?? 'the restore').goes,
    ],
    left: [
      ...(intent.liveOid === null ? [] : [`${intent.old} until ${markTime(keepUntil, 'date')}`]),
      ...(lostRows === null
        ? []
        : [`lost rows as SQL in ${plainText(lostRows)} on the worker, until somebody deletes them`]),
      ...differences.map((what) => `not carried over: ${what}`),
    ],
    undo: true,
    reverts: true,
  }
}
