import { type Acceptance, describeAll } from '../../src/domain/acceptance.ts'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { digestOf } from '../../src/domain/digest.ts'
import { describeError } from '../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { finding } from '../../src/domain/finding-texts.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { type Loss, listLossy, lossByTable } from '../../src/domain/loss.ts'
import { describeNotInBackup, listNotInBackup } from '../../src/domain/not-in-backup.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { LossQuestion, SwitchIntent } from '../../src/ports/database-tools.ts'
import { askOfLoss } from './ask-of-loss.ts'
import { readBoundManifest } from './bound-manifest.ts'
import { type DescribedIntent, describeIntent } from './describe-intent.ts'
import { describeLoss, listLoss, sayReturns } from './describe-loss.ts'
import { describeRecovered } from './describe-recovered.ts'
import { sayWritten } from './lost-rows.ts'
import {
  chooseOutput,
  loadOutput,
  type PropertiesFrom,
  preflightOutput,
  type RestoreParams,
  verifyOutput,
} from './params.ts'
import { listProperties, listWarnings, warnOfLateness } from './switch-warnings.ts'
import { warnOfMissing } from './warn-of-missing.ts'

/** Everything that the switch will do and what it costs, looked at now. */
export async function collectEvidence(context: LookContext<RestoreParams>): Promise<{
  subject: ApprovalSubject
  intent: SwitchIntent
  question: LossQuestion
  propertiesFrom: PropertiesFrom
}> {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const before = preflightOutput.parse(context.outputOf('preflight'))
  const loaded = loadOutput.parse(context.outputOf('load'))
  const verified = verifyOutput.parse(context.outputOf('verify'))
  const described = await describeIntent(context)
  const { intent } = described
  const propertiesFrom = described.properties.from
  const manifest = await readBoundManifest(context)
  const question = await askOfLoss(context, manifest)
  const { live, side: other } = intent
  const known =
    described.live.state === 'standing'
      ? await databases.compareLive({ ...question, target, live, other, signal: context.signal })
      : null
  const loss = known?.loss ?? nothingKnown(described)
  const recovered = describeRecovered(context)
  const statements = await databases.planSwitch(target, intent)
  const accepted = listAccepted(context, verified.accepted)
  const late = warnOfLateness(before.point.id, chooseOutput.parse(context.outputOf('choose')).later)
  const subject: ApprovalSubject = {
    ...(accepted.length === 0 ? {} : { accepted }),
    warnings: [...late, ...listWarnings(before.point, described), ...warnOfMissing(manifest)],
    action: `the switch of ${system}`,
    verb: 'switch',
    target: `${system}: ${live} (${intent.liveOid === null ? 'gone' : `OID ${intent.liveOid}`}) on server ${intent.systemIdentifier}`,
    from: [`${before.point.id}, taken ${before.point.takenAt}`, ...(recovered === null ? [] : [recovered.line])].join(
      '; ',
    ),
    proven: verified.proven.join(', '),
    unproven:
      [
        ...verified.unproven,
        ...(late.length === 0 ? [] : ['that the backup is free of the damage of the migration']),
        ...describeAll(accepted),
        ...(propertiesFrom === 'backup' ? [] : [properties[propertiesFrom]]),
      ].join('; ') || 'none',
    lost: describeLoss(loss),
    ...sayReturns(loss),
    ownCommands: true,
    does: [describeMoves(intent), ...(listLossy(loss).length === 0 ? [] : [sayWritten(context)]), ...statements],
    back:
      described.live.state === 'standing'
        ? `Undo; ${intent.old} kept for ${context.plan.keepOld}`
        : `Undo puts the restored one aside; there is no former ${live} to come back`,
    details: [
      `Backup ${before.point.id}, taken ${before.point.takenAt}, sha256 ${before.archiveHash}`,
      ...(recovered === null ? [] : [recovered.line]),
      ...before.skipped.map(({ why }) => `Not used: ${describeError(why)}`),
      ...before.unread.map((why) => `Not read: ${describeError(why)}`),
      ...verified.noticed.map((what) => `As in the backup: ${what}`),
      ...before.findings,
      ...listProperties(described),
      ...(manifest === null ? [] : listNotInBackup(manifest)).map(
        (one) => `Not in this backup: ${describeNotInBackup(one)}`,
      ),
      `Loaded by: ${loaded.argv.join(' ')}`,
      ...listLoss(loss),
    ],
    ceiling: lossByTable(loss),
    loss,
    binds: {
      systemIdentifier: intent.systemIdentifier,
      live,
      state: described.live.state,
      liveOid: intent.liveOid,
      side: intent.side,
      sideOid: intent.sideOid,
      old: intent.old,
      properties: digestOf(JSON.parse(JSON.stringify({ properties: intent.properties, present: intent.present }))),
      propertiesFrom,
      verification: verified.digest,
      backup: before.point.id,
      archive: before.archiveHash,
      origin: before.point.origin,
      manifest: before.manifest,
      ...(recovered === null ? {} : { recovered: recovered.binds }),
      argv: loaded.argv,
    } satisfies JsonObject,
  }
  return { subject, intent, question: { ...question, known }, propertiesFrom }
}

/** What verify let pass, as people accepted it. One that nobody accepted would be a row that somebody wrote. */
function listAccepted({ accepted, step }: LookContext<RestoreParams>, passed: readonly string[]): Acceptance[] {
  return passed.map((digest) => {
    const found = accepted.find((one) => one.digest === digest)
    if (found === undefined) {
      throw new SalvorError('row_differs', { step: step.id, what: `nobody accepted the finding ${digest.slice(0, 8)}` })
    }
    return found
  })
}

/** What is not proven of the database itself, where its properties are not the backup's. */
const properties = {
  live: 'owner, privileges, limits and settings: they stay those of live',
  former: 'owner, privileges, limits and settings: they are those of the former one',
  plan: 'owner, privileges, limits and settings: nothing tells what they were',
} as const

/** Nobody can be asked, so all of it is unknown, and none of it is nothing. */
function nothingKnown({ live }: DescribedIntent): Loss {
  const why = finding(live.state === 'gone' ? 'live_gone' : 'live_invalid', { live: live.name })
  const all = { table: 'all tables', added: 0, changed: 0, gone: 0, by: 'none', atLeast: true, role: 'data' } as const
  return { tables: [{ ...all, columns: [], keys: [], why }], sequences: [], objects: null, compared: 0 }
}

function describeMoves({ live, liveOid, liveInvalid, side, old }: SwitchIntent): string {
  if (liveOid === null) return `${side} → ${live}`
  const ends = liveInvalid ? '' : `; ends all sessions in ${live}`
  return `${live} → ${old}, ${side} → ${live}${ends}`
}
