import { describeWarning } from '../../src/domain/approval-warnings.ts'
import { describeError } from '../../src/domain/errors/error-message.ts'
import { isInDoubt } from '../../src/domain/step.ts'
import { markTime, plainText } from '../../src/domain/text.ts'
import { findOpenApproval, type JobView } from '../../src/domain/view.ts'
import { outputOf } from '../output-of.ts'
import { sayMoment } from './describe-recovered.ts'
import { chooseOutput, preflightOutput, restoreParams, switchOutput } from './params.ts'
import { warnOfLateness } from './switch-warnings.ts'

/** Beside steps and state: from which backup, and what is true of the live database just now. */
export function drawRestore(view: JobView): { headline: string; lines: string[] } {
  const system = restoreParams.safeParse(view.job.params).data?.system ?? ''
  const chosen = outputOf(view, 'choose', chooseOutput)
  const before = outputOf(view, 'preflight', preflightOutput)
  const point = before?.point ?? chosen?.candidates[0]
  const headline = point === undefined ? system : `${system} from ${point.id}${sayMoment(chosen?.moment ?? null)}`
  return { headline, lines: [...listWarnings(view), ...describeLive(view)] }
}

function describeLive(view: JobView): string[] {
  const step = view.steps.find((one) => one.name === 'switch')
  const switched = switchOutput.safeParse(step?.output).data
  if (switched !== undefined) {
    const { intent, keepUntil, switchedAt } = switched
    const old = intent.liveOid === null ? '' : `; ${intent.old} kept until ${markTime(keepUntil, 'date')}`
    const lost =
      switched.lostRows === null ? [] : [`Rows that went away: ${plainText(switched.lostRows)} on the worker, as SQL.`]
    return [`${intent.live} is the restored one since ${markTime(switchedAt)}${old}.`, ...lost]
  }
  if (step?.state === 'running') return ['Switching: the live database is closed for some seconds.']
  if (isInDoubt(step?.state)) return ['It is being found out whether the switch happened.']
  const { state = 'standing', name = '' } = outputOf(view, 'preflight', preflightOutput)?.identity ?? {}
  const live = {
    standing: 'Live database untouched.',
    gone: `There is no ${name} yet.`,
    invalid: `${name} is invalid.`,
  }
  const waits = findOpenApproval(view)?.state === 'asked' ? ' A person must approve the switch.' : ''
  return [`${live[state]}${waits}`]
}

function listWarnings(view: JobView): string[] {
  const before = outputOf(view, 'preflight', preflightOutput)
  const chosen = outputOf(view, 'choose', chooseOutput)
  const point = before?.point ?? chosen?.candidates[0]
  const late = point === undefined ? [] : warnOfLateness(point.id, chosen?.later ?? [])
  return [
    ...late.map((one) => `⚠ ${plainText(describeWarning(one))}`),
    ...(before?.skipped.map(({ why }) => `⚠ ${plainText(describeError(why))}`) ?? []),
    ...(before?.unread ?? chosen?.unread ?? []).map((why) => `⚠ ${plainText(describeError(why))}`),
  ]
}
