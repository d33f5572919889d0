import { durationMs } from '../../../src/domain/recovery-plan.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import type { RestoreParams } from '../params.ts'
import { settleRecorded } from '../run-switch.ts'
import { collectEvidence } from '../switch-evidence.ts'
import { switchWithLoss } from '../switch-with-loss.ts'
import { tidyRecovered } from '../tidy-recovered.ts'

/** The one destructive step: the names change hands, and nobody is asked twice. */
export const switchOver = defineStep<RestoreParams>({
  name: 'switch',
  title: 'switch',
  risk: 'destructive',
  undoable: true,
  where: 'runner',
  sessionsOn: ({ system }) => system,
  evidence: async (context) => (await collectEvidence(context)).subject,
  run: switchDatabases,
  isDone: settleRecorded,
})

async function switchDatabases(context: StepContext<RestoreParams>) {
  const done = await settleRecorded(context)
  if (done.done === 'yes') return done.output
  const { subject, intent, question, propertiesFrom } = await collectEvidence(context)
  // Where the plan wants no approval, what is there now is the ceiling.
  const approved = context.approval?.subject ?? subject
  const mark = await context.tools.databases.readWriteMark(context.target(context.params.system))
  const keepUntil = new Date(context.now().getTime() + durationMs(context.plan.keepOld)).toISOString()
  const switched = await switchWithLoss(context, {
    record: {
      intent: JSON.parse(JSON.stringify(intent)),
      propertiesFrom,
      keepUntil,
      lost: { ...approved.ceiling },
      loss: approved.loss ?? subject.loss ?? null,
      mark,
    },
    question,
    // Once nobody writes any more: more than the card showed is not what was approved.
    shown: approved.loss,
  })
  // Nothing needs the copy any more. One that cannot be removed is no reason to call the switch failed.
  await tidyRecovered(context).catch((error: unknown) => context.log.warn({ error }, 'scratch folder not removed'))
  return switched
}
