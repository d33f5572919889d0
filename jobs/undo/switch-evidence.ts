import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { type ApprovalWarning, warning } from '../../src/domain/approval-warnings.ts'
import { digestOf } from '../../src/domain/digest.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { type Loss, listLossy, lossByTable } from '../../src/domain/loss.ts'
import { listPropertyDifferences } from '../../src/domain/property-differences.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { KnownLoss, LossQuestion, SwitchIntent } from '../../src/ports/database-tools.ts'
import { describeLoss, isNothing, listLoss, losesNothing, sayReturns } from '../restore/describe-loss.ts'
import { sayWritten } from '../restore/lost-rows.ts'
import { SAMPLE, type SwitchRecord } from '../restore/params.ts'
import { countWritten } from './count-written.ts'
import { listTurned, listTurnedObjects, sayComes, sayGoes, sayObjects, sayUnproven } from './describe-turned.ts'
import { lookBack } from './look-back.ts'
import { checkOutput, type UndoParams } from './params.ts'

/** What going back would do and cost now: by key, each row of live that came, changed or went since the switch. */
export async function collectEvidence(
  context: LookContext<UndoParams>,
): Promise<{ subject: ApprovalSubject; intent: SwitchIntent; question: LossQuestion }> {
  const { job, system } = context.params
  const { switched, undone, findings, turned, turnedObjects, toRestored } = checkOutput.parse(context.outputOf('check'))
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
  const question = askSince(switched)
  const { loss, known } = await findLoss(context, intent, question)
  const objects = sayObjects(turnedObjects, job)
  const statements = await databases.planSwitch(target, intent)
  const subject: ApprovalSubject = {
    warnings: listWarnings(intent, job),
    action: `switching ${system} back (undo of ${job})`,
    verb: 'switch back',
    target: `${system}: ${live} (${liveOid === null ? 'gone' : `OID ${liveOid}`}) on server ${systemIdentifier}`,
    proven: oldOid === null ? 'none' : `${old} is the database that was live before ${job}, sealed since`,
    unproven: oldOid === null ? 'none' : sayUnproven(job, toRestored),
    lost: [
      isNothing(loss)
        ? `nothing was written since ${job}`
        : losesNothing(loss)
          ? `nothing that was written since ${job} goes away`
          : `since ${job}: ${describeLoss(loss)}`,
      ...sayGoes(turned, job),
      ...objects.goes,
    ].join('; '),
    ...joinReturns([...sayComes(turned, job), ...objects.comes, ...Object.values(sayReturns(loss))]),
    ownCommands: true,
    does: [
      [...(liveOid === null ? [] : [`${live} → ${undone}`]), ...(oldOid === null ? [] : [`${old} → ${live}`])].join(
        ', ',
      ) + (liveOid === null ? '' : `; ends all sessions in ${live}`),
      ...(listLossy(loss).length === 0 || known === null ? [] : [sayWritten(context)]),
      ...statements,
    ],
    back: liveOid === null ? `Undo` : `Undo; ${undone} kept for ${context.plan.keepOld}`,
    details: [...listLoss(loss), ...listTurned(turned, job), ...listTurnedObjects(turnedObjects, job), ...findings],
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
  return { subject, intent, question: { ...question, known } }
}

/** What the undone job took comes before what people deleted since. */
function joinReturns(parts: readonly string[]): { returns?: string } {
  return parts.length === 0 ? {} : { returns: parts.join('; ') }
}

/** Live holds what the restore brought back and what people wrote since: only the latter is lost. */
function askSince({ mark, held, definitions }: SwitchRecord): LossQuestion {
  return { known: null, definitions: null, makes: [], sample: SAMPLE, since: { mark, held, definitions } }
}

/** What goes away with today's live one: nothing where there is none. */
async function findLoss(
  context: LookContext<UndoParams>,
  intent: SwitchIntent,
  question: LossQuestion,
): Promise<{ loss: Loss; known: KnownLoss | null }> {
  const { databases } = context.tools
  const { live, side: other, mark: since } = intent
  if (intent.liveOid === null) return { loss: { tables: [], sequences: [], objects: [], compared: 0 }, known: null }
  const [target, { signal }] = [context.target(context.params.system), context]
  if (intent.sideOid === null)
    return { loss: countWritten(await databases.countLive({ target, database: live, since, signal })), known: null }
  const known = await databases.compareLive({ ...question, target, live, other, signal })
  return { loss: known.loss, known }
}

function listWarnings({ live, old, sideOid, present, properties }: SwitchIntent, job: string): ApprovalWarning[] {
  if (sideOid === null) return [warning('leaves_none', { live, old, job })]
  if (present === null) return []
  return listPropertyDifferences(present, properties).map((one) => warning('property_back', { live, ...one }))
}
