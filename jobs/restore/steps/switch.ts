import type { Json } from '../../../src/domain/json.ts'
import { leftBehind } from '../../../src/domain/left-behind.ts'
import { type DoneAnswer, defineStep, type LookContext, type StepContext } from '../../../src/engine/define-step.ts'
import { type RestoreParams, recoverOutput, switchOutput } from '../params.ts'
import { settleRecorded } from '../run-switch.ts'
import { collectEvidence } from '../switch-evidence.ts'
import { beginRecord, switchWithLoss } from '../switch-with-loss.ts'
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
  isDone: settleAndTidy,
})

/** Whether it happened; if so, what was brought up for it goes, whoever finds out. */
async function settleAndTidy(context: LookContext<RestoreParams>): Promise<DoneAnswer> {
  const done = await settleRecorded(context)
  return done.done === 'yes' ? { done: 'yes', output: await withoutCopy(context, done.output) } : done
}

async function switchDatabases(context: StepContext<RestoreParams>) {
  const done = await settleAndTidy(context)
  if (done.done === 'yes') return done.output
  const { subject, intent, question, propertiesFrom } = await collectEvidence(context)
  const begun = await beginRecord(context, { intent, propertiesFrom, subject })
  // Once nobody writes any more: more than the card showed is not what was approved.
  const switched = await switchWithLoss(context, { ...begun, question })
  return withoutCopy(context, switched)
}

/** Nothing needs the copy any more. One that cannot be removed is no reason to call the switch failed: it is named. */
async function withoutCopy(context: LookContext<RestoreParams>, switched: Json): Promise<Json> {
  const left = await tidyRecovered(context).catch((error: unknown) => {
    context.log.warn({ error }, 'scratch folder not removed')
    return recoverOutput.nullable().parse(context.outputOf('recover'))?.leaves ?? null
  })
  const paths = [left ?? []].flat().map(({ facts }) => String(facts.path ?? facts.folder))
  return switchOutput.parse({
    ...switchOutput.parse(switched),
    left: paths.map((path) => leftBehind('scratch_kept', { path })),
  })
}
