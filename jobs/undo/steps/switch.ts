import { durationMs } from '../../../src/domain/recovery-plan.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { refuseAbove } from '../../restore/refuse-above.ts'
import { runSwitch, settleRecorded } from '../../restore/run-switch.ts'
import { switchWithLoss } from '../../restore/switch-with-loss.ts'
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
  // Where the plan wants no approval, what is there now is the ceiling.
  const { ceiling, loss: shown } = context.approval?.subject ?? subject
  const mark = await context.tools.databases.readWriteMark(context.target(context.params.system))
  const keepUntil = new Date(context.now().getTime() + durationMs(context.plan.keepOld)).toISOString()
  const record = {
    intent: JSON.parse(JSON.stringify(intent)),
    propertiesFrom: 'former',
    keepUntil,
    lost: { ...ceiling },
    loss: shown ?? null,
    mark,
  } as const
  if (intent.sideOid !== null) return switchWithLoss(context, { record, question, shown })
  return runSwitch(context, {
    record: { ...record, lostRows: null, held: null },
    refuse: async (live) => refuseAbove(shown, countWritten(await live.count())),
  })
}
