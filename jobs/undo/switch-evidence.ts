import type { ApprovalSubject } from '../../src/domain/approval.ts'
import type { LossByTable } from '../../src/domain/content.ts'
import { digestOf } from '../../src/domain/digest.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { type Loss, lossByTable } from '../../src/domain/loss.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { LiveCount, LossQuestion, SwitchIntent } from '../../src/ports/database-tools.ts'
import { describeLoss, isNothing, listLoss } from '../restore/describe-loss.ts'
import { countWritten } from './count-written.ts'
import { lookBack } from './look-back.ts'
import { checkOutput, type UndoParams } from './params.ts'

/** Rows are told by their transactions: what the former database lacks is mostly what the restore brought back. */
export const question: LossQuestion = {
  known: null,
  definitions: null,
  makes: { patterns: [], endedAt: null },
  sample: 0,
  rows: false,
}

/** Rows that were written since the switch, beside what else live has and the former database lacks. */
export function addWritten(found: Loss, before: LossByTable | null, counted: LiveCount): Loss {
  const tables = [...countWritten(before, counted), ...found.tables]
  return { ...found, tables, compared: Object.keys(counted.rows).length + found.compared }
}

/** What going back would do and cost now: every row that was written since the switch, counted by its transaction. */
export async function collectEvidence(
  context: LookContext<UndoParams>,
): Promise<{ subject: ApprovalSubject; intent: SwitchIntent }> {
  const { job, system } = context.params
  const { switched, undone, findings, rows } = checkOutput.parse(context.outputOf('check'))
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
  const counted = await databases.countLive({ target, database: live, since: switched.mark, signal })
  const found = await databases.compareLive({ ...question, target, live, other: old, signal })
  const loss = addWritten(found.loss, rows, counted)
  const statements = await databases.planSwitch(target, intent)
  const subject: ApprovalSubject = {
    action: `switching ${system} back (undo of ${job})`,
    verb: 'switch back',
    target: `${system}: ${live} (OID ${liveOid}) on server ${systemIdentifier}`,
    proven: `${old} is the database that was live before ${job}, sealed since`,
    unproven: 'its content: it is as it was before the restore, with the damage it had',
    lost: isNothing(loss) ? `nothing was written since ${job}` : `since ${job}: ${describeLoss(loss)}`,
    does: [`${live} → ${undone}, ${old} → ${live}; ends all sessions in ${live}`, ...statements],
    back: `Undo; ${undone} kept for ${context.plan.keepOld}`,
    details: [...listLoss(loss), ...findings],
    ceiling: lossByTable(loss),
    loss,
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
