import type { ApprovalSubject } from '../src/domain/approval.ts'
import { messageOf, toError } from '../src/domain/errors/error-message.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import type { Json } from '../src/domain/json.ts'
import { inPhase } from '../src/domain/phase.ts'
import type { DoneAnswer, LookContext, StepContext } from '../src/engine/define-step.ts'
import type { RemedyRun } from '../src/ports/remedy-tools.ts'
import { commitOutput, commitRecord, shownEffect } from './fix/params.ts'

const recordPrefix = 'commit-'

/**
 * Runs what was approved again and commits it if it does the same again: all of it or nothing, and once, whatever
 * becomes of the runner.
 */
export async function commitOnce<P extends { readonly system: string }>(
  context: StepContext<P>,
  of: {
    readonly collect: () => Promise<ApprovalSubject>
    /** Throws where the target is another one by now. */
    readonly mustBeSame: () => Promise<{ readonly systemIdentifier: string }>
    readonly read: () => Promise<RemedyRun>
  },
): Promise<Json> {
  const before = await settleRecorded(context)
  if (before.done === 'yes') return before.output
  if (before.done === 'unknown') throw toError(before.why)
  const subject = context.approval?.subject ?? (await of.collect())
  const { systemIdentifier } = await of.mustBeSame()
  context.progress(inPhase('running_again'))
  const outcome = await context.tools.remedies.commit({
    ...(await of.read()),
    expected: shownEffect.parse(subject.binds),
    beforeCommit: async (known) => {
      const record = commitRecord.parse({ ...known, systemIdentifier })
      await context.record(`${recordPrefix}${context.step.attempt}`, record)
    },
  })
  if (outcome.committed)
    return commitOutput.parse({ ...outcome.done, systemIdentifier, at: context.now().toISOString() })
  const { effect, replay, rows, differences } = outcome
  await context.record('seen', shownEffect.parse({ effect, replay, rows }))
  throw new SalvorError('approval_changed', { changes: differences.join('; ') })
}

/** Whether a recorded transaction committed: the server that gave its number is asked, nothing is assumed. */
export async function settleRecorded(context: LookContext<{ readonly system: string }>): Promise<DoneAnswer> {
  const target = context.target(context.params.system)
  for (const [name, value] of Object.entries(context.records)) {
    if (!name.startsWith(recordPrefix)) continue
    const record = commitRecord.parse(value)
    const { systemIdentifier } = await context.tools.databases.identify(target)
    const facts = { server: systemIdentifier, xid: record.xid, job: context.job.id }
    if (systemIdentifier !== record.systemIdentifier)
      return { done: 'unknown', why: messageOf(new SalvorError('transaction_elsewhere', facts)) }
    const outcome = await context.tools.remedies.findOutcome(target, record.xid)
    if (outcome === 'committed')
      return { done: 'yes', output: commitOutput.parse({ ...record, at: context.now().toISOString() }) }
    if (outcome !== 'aborted') {
      const code = outcome === null ? 'transaction_forgotten' : 'transaction_open'
      return { done: 'unknown', why: messageOf(new SalvorError(code, facts)) }
    }
  }
  return { done: 'no' }
}
