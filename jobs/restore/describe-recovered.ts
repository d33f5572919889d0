import type { z } from 'zod'
import { writeMoment } from '../../src/domain/physical-backup.ts'
import { markTime, plainText } from '../../src/domain/text.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import { type chooseOutput, type RestoreParams, recoverOutput } from './params.ts'

type Moment = z.infer<typeof chooseOutput>['moment']

/** What the archive was copied out of, for Details and for what an approval binds; null for one that is a backup itself. */
export function describeRecovered(context: Pick<LookContext<RestoreParams>, 'outputOf'>) {
  const copied = recoverOutput.nullable().parse(context.outputOf('recover'))?.copied ?? null
  if (copied === null) return null
  const { point, type, moment, reached } = copied
  const facts = [
    `Copied out of the ${type} backup ${point.id}`,
    moment === null ? 'to its own end' : `WAL replayed to ${writeMoment(moment)}`,
    ...(reached.lsn === null ? [] : [`reached ${reached.lsn}`]),
    ...(reached.lastCommitAt === null ? [] : [`last transaction at ${reached.lastCommitAt}`]),
  ]
  return {
    line: facts.join(', '),
    binds: { moment: moment === null ? null : writeMoment(moment), reached: reached.lsn },
  }
}

/** ` at 02:10`, for the headline of a card. */
export function sayMoment(moment: Moment): string {
  if (moment === null) return ''
  const text = moment.kind === 'time' ? markTime(moment.value, 'both') : `${moment.kind}:${plainText(moment.value)}`
  return `, ${moment.before ? 'before' : 'at'} ${text}`
}
