import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { digestOf } from '../../src/domain/digest.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { SwitchIntent } from '../../src/ports/database-tools.ts'
import { describeLoss } from '../restore/describe-loss.ts'
import { lookBack } from './look-back.ts'
import { checkOutput, type UndoParams } from './params.ts'

/** What going back would do and cost now: every row that was written since the switch, counted by its transaction. */
export async function collectEvidence(
  context: LookContext<UndoParams>,
): Promise<{ subject: ApprovalSubject; intent: SwitchIntent }> {
  const { job, system } = context.params
  const { switched, undone, findings } = checkOutput.parse(context.outputOf('check'))
  await lookBack(context, switched)
  const { databases, content } = context.tools
  const target = context.target(system)
  const { live, liveOid: oldOid, sideOid: liveOid, old, systemIdentifier } = switched.intent
  const intent: SwitchIntent = {
    live,
    liveOid,
    side: old,
    sideOid: oldOid,
    old: undone,
    systemIdentifier,
    properties: await content.readProperties({ target, database: live }),
    // No date in here: it would be another one at each look, and the approval binds the statements.
    seal: `salvor:old:${context.job.id} kept for ${context.plan.keepOld} after the switch`,
    mark: switched.mark,
    wasHeldOff: !(await databases.acceptsConnections(target, live)),
  }
  const { signal } = context
  const { written } = await databases.countLive({ target, database: live, since: switched.mark, signal })
  const statements = await databases.planSwitch(target, intent)
  const isNothing = Object.keys(written).length === 0
  const subject: ApprovalSubject = {
    action: `switching ${system} back (undo of ${job})`,
    verb: 'switch back',
    target: `${system}: ${live} (OID ${liveOid}) on server ${systemIdentifier}`,
    proven: `${old} is the database that was live before ${job}, sealed since`,
    unproven: 'its content: it is as it was before the restore, with the damage it had',
    lost: isNothing ? `nothing was written since ${job}` : `${describeLoss(written)}, written since ${job}`,
    does: [`${live} → ${undone}, ${old} → ${live}; ends all sessions in ${live}`, ...statements],
    back: `Undo; ${undone} kept for ${context.plan.keepOld}`,
    details: ['Deleted rows are not counted: they are in the old database as they were.', ...findings],
    ceiling: written,
    binds: {
      systemIdentifier,
      live,
      liveOid,
      side: old,
      sideOid: oldOid,
      old: undone,
      properties: digestOf(JSON.parse(JSON.stringify(intent.properties))),
      undoes: job,
    } satisfies JsonObject,
  }
  return { subject, intent }
}
