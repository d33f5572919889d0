import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { refuseAbove } from '../../restore/refuse-above.ts'
import { runSwitch, settleRecorded } from '../../restore/run-switch.ts'
import { beginRecord, switchWithLoss } from '../../restore/switch-with-loss.ts'
import { countWritten } from '../count-written.ts'
import type { UndoParams } from '../params.ts'
import { collectEvidence } from '../switch-evidence.ts'

/** The same switch in the other direction, at today's risk. */
export const switchBack = defineStep<UndoParams>({
  name: 'switch',
  title: 'switch back',
  risk: 'destructive',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: async (context) => (await collectEvidence(context)).subject,
  run: switchDatabases,
  isDone: settleRecorded,
})

async function switchDatabases(context: StepContext<UndoParams>) {
  const done = await settleRecorded(context)
  if (done.done === 'yes') return done.output
  const { subject, intent, question } = await collectEvidence(context)
  const { record, shown } = await beginRecord(context, { intent, propertiesFrom: 'former', subject })
  if (intent.sideOid !== null) return switchWithLoss(context, { record, question, shown })
  return runSwitch(context, {
    record: { ...record, lostRows: null, held: null, definitions: null },
    refuse: async (live) => refuseAbove(shown, countWritten(await live.count())),
  })
}
