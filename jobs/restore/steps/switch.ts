import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { durationMs } from '../../../src/domain/recovery-plan.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { findLostFolder, listLossy, listMoved } from '../lost-rows.ts'
import type { RestoreParams } from '../params.ts'
import { refuseAbove } from '../refuse-above.ts'
import { runSwitch, settleRecorded } from '../run-switch.ts'
import { collectEvidence } from '../switch-evidence.ts'

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
  const folder = findLostFolder(context)
  const known = question.known
  const lossy = known === null ? [] : listLossy(known.loss)
  // While live is still open: behind the closed door only what moved since is written again.
  if (known !== null && intent.sideOid !== null) {
    const { live, side: other } = intent
    const target = context.target(context.params.system)
    const { signal } = context
    await context.tools.databases.writeLost({ target, live, other, folder, tables: lossy, all: lossy, signal })
  }
  const switching = runSwitch(context, {
    record: {
      intent: JSON.parse(JSON.stringify(intent)),
      propertiesFrom,
      keepUntil,
      lost: { ...approved.ceiling },
      loss: approved.loss ?? subject.loss ?? null,
      mark,
      lostRows: lossy.length === 0 ? null : folder,
    },
    // Once nobody writes any more: more than the card showed is not what was approved.
    refuse: async (live) => {
      const now = await live.compare(question)
      refuseAbove(approved.loss, now.loss)
      if (known !== null) await live.writeLost({ folder, tables: listMoved(known, now), all: lossy })
    },
  })
  return switching.catch(async (thrown: unknown) => {
    // Where nobody knows on which side it is, they may be all that is left.
    const isKnown = !(thrown instanceof SalvorError && thrown.code === 'step_unknown')
    if (isKnown) await context.tools.databases.removeLost(folder)
    throw thrown
  })
}
