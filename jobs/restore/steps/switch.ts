import type { ApprovalSubject } from '../../../src/domain/approval.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { durationMs } from '../../../src/domain/recovery-plan.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { countLoss } from '../../../src/ports/content-tools.ts'
import type { LiveCount } from '../../../src/ports/database-tools.ts'
import { type RestoreParams, verifyOutput, writtenBind } from '../params.ts'
import { listAbove, runSwitch, settleRecorded } from '../run-switch.ts'
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
  const { subject, intent } = await collectEvidence(context)
  // Where the plan wants no approval, what is there now is the ceiling.
  const approved = context.approval?.subject ?? subject
  const mark = await context.tools.databases.readWriteMark(context.target(context.params.system))
  const keepUntil = new Date(context.now().getTime() + durationMs(context.plan.keepOld)).toISOString()
  return runSwitch(context, {
    record: {
      intent: JSON.parse(JSON.stringify(intent)),
      keepUntil,
      lost: { ...approved.ceiling },
      mark,
    },
    refuse: (live) => refuseMore(context, approved, live),
  })
}

/** Counted once nobody writes any more: rows above the ceiling, or more rows written than the card showed. */
function refuseMore(context: StepContext<RestoreParams>, approved: ApprovalSubject, live: LiveCount): void {
  const { rows } = verifyOutput.parse(context.outputOf('verify'))
  const shown = writtenBind.parse(approved.binds).written
  const changes = [
    ...listAbove(countLoss(live.rows, rows), approved.ceiling, 'rows would be lost'),
    ...listAbove(live.written, shown, 'rows were written'),
  ]
  if (changes.length > 0) throw new SalvorError('loss_above_ceiling', { changes: changes.join('; ') })
}
