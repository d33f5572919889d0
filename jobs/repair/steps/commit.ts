import { defineStep } from '../../../src/engine/define-step.ts'
import { commitOnce, settleRecorded } from '../../commit-once.ts'
import { mustBeSame } from '../../fix/commit-evidence.ts'
import { collectEvidence } from '../evidence.ts'
import type { RepairParams } from '../params.ts'
import { readFound, readRun } from '../run-options.ts'

/** Runs the approved file again and commits it if it does the same again: all of it or nothing. */
export const commit = defineStep<RepairParams>({
  name: 'commit',
  title: 'commit',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: collectEvidence,
  run: (context) =>
    commitOnce(context, {
      collect: () => collectEvidence(context),
      mustBeSame: () => mustBeSame(context, readFound(context)),
      read: async () => readRun(context),
    }),
  isDone: settleRecorded,
})
