import { messageOf, toError } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import type { Json } from '../../../src/domain/json.ts'
import { inPhase } from '../../../src/domain/phase.ts'
import { type DoneAnswer, defineStep, type LookContext, type StepContext } from '../../../src/engine/define-step.ts'
import { collectEvidence, mustBeSame } from '../commit-evidence.ts'
import { commitOutput, commitRecord, type FixParams, lookOutput, shownEffect } from '../params.ts'
import { readRun } from '../run-options.ts'

const recordPrefix = 'commit-'

/** Runs the approved remedy again and commits it if it does the same again, rejects included: all of it or nothing. */
export const commit = defineStep<FixParams>({
  name: 'commit',
  title: 'commit',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: collectEvidence,
  run: commitOnce,
  isDone: settleRecorded,
})

async function commitOnce(context: StepContext<FixParams>): Promise<Json> {
  const before = await settleRecorded(context)
  if (before.done === 'yes') return before.output
  if (before.done === 'unknown') throw toError(before.why)
  const subject = context.approval?.subject ?? (await collectEvidence(context))
  const { systemIdentifier } = await mustBeSame(context, lookOutput.parse(context.outputOf('look')))
  context.progress(inPhase('running_again'))
  const outcome = await context.tools.remedies.commit({
    ...(await readRun(context)),
    expected: shownEffect.parse(subject.binds),
    beforeCommit: async (known) => {
      const record = commitRecord.parse({ ...known, systemIdentifier })
      await context.record(`${recordPrefix}${context.step.attempt}`, record)
    },
  })
  if (outcome.committed)
    return commitOutput.parse({ ...outcome.done, systemIdentifier, at: context.now().toISOString() })
  const { effect, replay, differences } = outcome
  await context.record('seen', shownEffect.parse({ effect, replay }))
  throw new SalvorError('approval_changed', { changes: differences.join('; ') })
}

/** Whether a recorded transaction committed: the server that gave its number is asked, nothing is assumed. */
async function settleRecorded(context: LookContext<FixParams>): Promise<DoneAnswer> {
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
