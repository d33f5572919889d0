import { defineStep } from '../../../src/engine/define-step.ts'
import { commitOnce, settleRecorded } from '../../commit-once.ts'
import { collectEvidence, mustBeSame } from '../commit-evidence.ts'
import { type FixParams, lookOutput } from '../params.ts'
import { readRun } from '../run-options.ts'

/** Runs the approved remedy again and commits it if it does the same again, rejects included: all of it or nothing. */
export const commit = defineStep<FixParams>({
  name: 'commit',
  title: 'commit',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: collectEvidence,
  run: (context) =>
    commitOnce(context, {
      collect: () => collectEvidence(context),
      mustBeSame: () => mustBeSame(context, lookOutput.parse(context.outputOf('look'))),
      read: () => readRun(context),
    }),
  isDone: settleRecorded,
})
