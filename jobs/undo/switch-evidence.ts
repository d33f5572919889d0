import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { type ApprovalWarning, warning } from '../../src/domain/approval-warnings.ts'
import type { LossByTable } from '../../src/domain/content.ts'
import { digestOf } from '../../src/domain/digest.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { type Loss, lossByTable } from '../../src/domain/loss.ts'
import { listPropertyDifferences } from '../../src/domain/property-differences.ts'
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

/** Where no former database is there to compare with. */
export const nothingElse: Loss = { tables: [], sequences: [], objects: [], compared: 0 }

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
  const { live, liveInvalid, sideOid: liveOid, old, systemIdentifier } = switched.intent
  // What an interrupted DROP left is no database to go back to.
  const oldOid = liveInvalid ? null : switched.intent.liveOid
  const present = liveOid === null ? null : await content.readProperties({ target, database: live })
  const former = switched.intent.present ?? present
  if (former === null) throw new Error(`${job} switched between nothing and nothing`)
  const intent: SwitchIntent = {
    live,
    liveOid,
    side: old,
    sideOid: oldOid,
    old: undone,
    systemIdentifier,
    // As it was before, and not as it is now: an undo takes back what the switch did to these as well.
    properties: former,
    present,
    // No date in here: it would be another one at each look, and the approval binds the statements.
    seal: `salvor:old:${context.job.id} kept for ${context.plan.keepOld} after the switch`,
    mark: switched.mark,
    wasHeldOff: liveOid !== null && !(await databases.acceptsConnections(target, live)),
  }
  const loss = await findLoss(context, intent, rows)
  const statements = await databases.planSwitch(target, intent)
  const subject: ApprovalSubject = {
    warnings: listWarnings(intent, job),
    action: `switching ${system} back (undo of ${job})`,
    verb: 'switch back',
    target: `${system}: ${live} (${liveOid === null ? 'gone' : `OID ${liveOid}`}) on server ${systemIdentifier}`,
    proven: oldOid === null ? 'none' : `${old} is the database that was live before ${job}, sealed since`,
    unproven: oldOid === null ? 'none' : 'its content: it is as it was before the restore, with the damage it had',
    lost: isNothing(loss) ? `nothing was written since ${job}` : `since ${job}: ${describeLoss(loss)}`,
    ownCommands: true,
    does: [
      [...(liveOid === null ? [] : [`${live} → ${undone}`]), ...(oldOid === null ? [] : [`${old} → ${live}`])].join(
        ', ',
      ) + (liveOid === null ? '' : `; ends all sessions in ${live}`),
      ...statements,
    ],
    back: liveOid === null ? `Undo` : `Undo; ${undone} kept for ${context.plan.keepOld}`,
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
      properties: digestOf(JSON.parse(JSON.stringify({ properties: intent.properties, present }))),
      undoes: job,
    } satisfies JsonObject,
  }
  return { subject, intent }
}

/** What goes away with today's live one: nothing where there is none. */
async function findLoss(
  context: LookContext<UndoParams>,
  intent: SwitchIntent,
  before: LossByTable | null,
): Promise<Loss> {
  const { databases } = context.tools
  const { live, side: other, mark: since } = intent
  if (intent.liveOid === null) return nothingElse
  const [target, { signal }] = [context.target(context.params.system), context]
  const counted = await databases.countLive({ target, database: live, since, signal })
  const { loss } =
    intent.sideOid === null
      ? { loss: nothingElse }
      : await databases.compareLive({ ...question, target, live, other, signal })
  return addWritten(loss, before, counted)
}

function listWarnings({ live, old, sideOid, present, properties }: SwitchIntent, job: string): ApprovalWarning[] {
  if (sideOid === null) return [warning('leaves_none', { live, old, job })]
  if (present === null) return []
  return listPropertyDifferences(present, properties).map((one) => warning('property_back', { live, ...one }))
}
