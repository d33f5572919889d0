import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { isDoubt } from '../../src/domain/errors/doubt.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { Json } from '../../src/domain/json.ts'
import { type Loss, listLossy } from '../../src/domain/loss.ts'
import { durationMs } from '../../src/domain/recovery-plan.ts'
import type { StepContext } from '../../src/engine/define-step.ts'
import type { LossQuestion, SwitchIntent } from '../../src/ports/database-tools.ts'
import { findLostFolder } from './lost-rows.ts'
import type { SwitchRecord } from './params.ts'
import { refuseAbove } from './refuse-above.ts'
import { runSwitch } from './run-switch.ts'

/**
 * What is written down before a switch, and what may be lost by it: what was approved, or where the plan wants no
 * approval, what is there now.
 */
export async function beginRecord<P extends { readonly system: string }>(
  context: StepContext<P>,
  {
    intent,
    propertiesFrom,
    subject,
  }: Pick<SwitchRecord, 'propertiesFrom'> & {
    readonly intent: SwitchIntent
    readonly subject: ApprovalSubject
  },
) {
  const approved = context.approval?.subject ?? subject
  const mark = await context.tools.databases.readWriteMark(context.target(context.params.system))
  const keepUntil = new Date(context.now().getTime() + durationMs(context.plan.keepOld)).toISOString()
  const loss = approved.loss ?? subject.loss ?? null
  const record = { intent: JSON.parse(JSON.stringify(intent)), propertiesFrom, keepUntil, mark, loss }
  return { record: { ...record, lost: { ...approved.ceiling } }, shown: approved.loss }
}

/**
 * A switch that takes rows away, in whichever direction: they are found and written down while live is still open, and
 * behind the closed door only what moved since is looked at.
 */
export async function switchWithLoss<P extends { readonly system: string }>(
  context: StepContext<P>,
  of: {
    readonly record: Omit<SwitchRecord, 'lostRows' | 'held' | 'definitions'>
    /** With what was found just now as `known`. */
    readonly question: LossQuestion
    /** What was approved: more is refused. */
    readonly shown: Loss | undefined
  },
): Promise<Json> {
  const { databases } = context.tools
  const { question, shown } = of
  const { known } = question
  // What was on the card may go behind the door, though it would not just now.
  const isLossy = [known?.loss, shown].some((loss) => loss !== undefined && listLossy(loss).length > 0)
  const folder = known === null || !isLossy ? null : findLostFolder(context)
  let held: Pick<SwitchRecord, 'held' | 'definitions'> = { held: null, definitions: null }
  return runSwitch(context, {
    record: { ...of.record, lostRows: folder, ...held },
    // Before anybody is sent away: what is above already will not be less then.
    ahead: async (open) => refuseAbove(shown, (await open.lookAhead(question, folder)).loss),
    refuse: async (closed) => {
      const now = await closed.compare()
      refuseAbove(shown, now.loss)
      held = { held: now.held, definitions: now.definitions }
    },
    readHeld: () => held,
    failed: async (thrown) => {
      // Where nobody knows on which side it is, they may be all that is left.
      const isKnown = !(thrown instanceof SalvorError && isDoubt(thrown.code))
      if (isKnown && folder !== null) await databases.removeLost(folder)
    },
  })
}
