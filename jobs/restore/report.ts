import { type Acceptance, tellFindings } from '../../src/domain/acceptance.ts'
import { describeError } from '../../src/domain/errors/error-message.ts'
import { describeLeft } from '../../src/domain/left-behind.ts'
import { markPerson, markTime, plainText } from '../../src/domain/text.ts'
import type { JobView } from '../../src/domain/view.ts'
import type { GivenReport } from '../../src/engine/define-job.ts'
import { outputOf } from '../output-of.ts'
import { describeLost } from './describe-loss.ts'
import { nameLossFile } from './document.ts'
import { type PropertiesFrom, preflightOutput, restoreParams, switchOutput, verifyOutput } from './params.ts'

/** What a restore comes to: every number is one of its steps' outputs. */
export function reportRestore(view: JobView): GivenReport {
  const system = restoreParams.safeParse(view.job.params).data?.system ?? view.job.id
  const before = outputOf(view, 'preflight', preflightOutput)
  const verified = outputOf(view, 'verify', verifyOutput)
  const switched = outputOf(view, 'switch', switchOutput)
  if (!before || !verified || !switched) {
    return { summary: `${system} was not switched` }
  }
  const accepted = view.accepted.filter((one) => verified.accepted.includes(one.digest))
  const whole = verified.unproven.length + accepted.length === 0
  // Of a database whose owner or settings differ, or were never compared, nobody may say that nothing differs.
  const isLikeBackup = switched.differences.length === 0 && switched.propertiesFrom === 'backup'
  const proof = whole ? `proven ${markTime(verified.at)}` : 'not fully proven'
  return {
    summary: `${system} holds ${markTime(before.point.takenAt)}, ${proof}`,
    proven: [
      ...verified.proven,
      ...(isLikeBackup ? ['owner, privileges, limits, comment and settings of the database as in the backup'] : []),
    ],
    lost: describeLost(switched, nameLossFile(view.job)),
    left: [
      ...(switched.intent.liveOid === null
        ? []
        : [`${switched.intent.old} until ${markTime(switched.keepUntil, 'date')}`]),
      ...(switched.lostRows === null
        ? []
        : [`lost rows as SQL in ${plainText(switched.lostRows)} on the worker, until somebody deletes them`]),
      ...(switched.propertiesFrom === 'backup' ? [] : [describeKept(switched.propertiesFrom, switched.intent.live)]),
      ...sayAccepted(accepted),
      ...verified.unproven.map((what) => `unproven: ${what}`),
      ...verified.noticed.map((what) => `as in the backup: ${what}`),
      ...switched.differences.map((what) => `not carried over: ${what}`),
      ...before.skipped.map(({ why }) => `damaged backup: ${plainText(describeError(why))}`),
      ...before.unread.map((why) => `not read: ${plainText(describeError(why))}`),
      ...switched.left.map((one) => plainText(describeLeft(one))),
    ],
    leftBehind: switched.left,
    undo: true,
    recovers: true,
    back: { system, asOf: before.point.takenAt, since: switched.switchedAt, whole: whole && isLikeBackup },
  }
}

/** Each, or by kind where a card could not name each. */
function sayAccepted(accepted: readonly Acceptance[]): string[] {
  const acts = [...Map.groupBy(accepted, ({ by, reason }) => `${by}\0${reason}`).values()]
  return acts.flatMap((act) => {
    const [{ by, reason } = { by: '', reason: '' }] = act
    return tellFindings(act, accepted.length).map(
      ({ text }) => `not as in the backup, accepted by ${markPerson(by)}: ${plainText(text)} (${plainText(reason)})`,
    )
  })
}

/** Properties that no backup speaks for. */
function describeKept(from: Exclude<PropertiesFrom, 'backup'>, live: string): string {
  const whose = from === 'plan' ? 'as a new database has them, with the owner of the plan' : `as ${live} had them`
  return `unproven: owner, privileges, limits and settings, ${whose}`
}
