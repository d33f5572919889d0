import { type Acceptance, describeRefused } from '../../src/domain/acceptance.ts'
import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { type ApprovalWarning, warning } from '../../src/domain/approval-warnings.ts'
import { digestOf } from '../../src/domain/digest.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { lossByTable } from '../../src/domain/loss.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { LossQuestion, SwitchIntent } from '../../src/ports/database-tools.ts'
import { askOfLoss } from './ask-of-loss.ts'
import { readBoundManifest } from './bound-manifest.ts'
import { describeLoss, listLoss } from './describe-loss.ts'
import { loadOutput, type PreflightOutput, preflightOutput, type RestoreParams, verifyOutput } from './params.ts'

/** Everything that the switch will do and what it costs, looked at now. */
export async function collectEvidence(
  context: LookContext<RestoreParams>,
): Promise<{ subject: ApprovalSubject; intent: SwitchIntent; question: LossQuestion }> {
  const { system } = context.params
  const { databases } = context.tools
  const target = context.target(system)
  const before = preflightOutput.parse(context.outputOf('preflight'))
  const loaded = loadOutput.parse(context.outputOf('load'))
  const verified = verifyOutput.parse(context.outputOf('verify'))
  const intent = await describeIntent(context)
  const manifest = await readBoundManifest(context)
  const question = await askOfLoss(context, manifest)
  const found = await databases.compareLive({
    ...question,
    target,
    live: intent.live,
    other: intent.side,
    signal: context.signal,
  })
  const { loss } = found
  const statements = await databases.planSwitch(target, intent)
  const properties = 'owner, privileges and settings are carried over'
  const accepted = listAccepted(context, verified.accepted)
  const subject: ApprovalSubject = {
    ...(accepted.length === 0 ? {} : { accepted }),
    warnings: warnOfOrigin(before.point, intent.live),
    action: `the switch of ${system}`,
    verb: 'switch',
    target: `${system}: ${intent.live} (OID ${intent.liveOid}) on server ${intent.systemIdentifier}`,
    proven: [...verified.proven, properties].join(', '),
    unproven: [...verified.unproven, ...accepted.map(describeRefused)].join('; ') || 'none',
    lost: describeLoss(loss),
    does: [
      `${intent.live} → ${intent.old}, ${intent.side} → ${intent.live}; ends all sessions in ${intent.live}`,
      ...statements,
    ],
    back: `Undo; ${intent.old} kept for ${context.plan.keepOld}`,
    details: [
      `Backup ${before.point.id}, taken ${before.point.takenAt}, sha256 ${before.archiveHash}`,
      ...before.skipped.map((one) => `Not used: ${one.said}`),
      ...verified.noticed.map((what) => `As in the backup: ${what}`),
      ...before.findings,
      `Loaded by: ${loaded.argv.join(' ')}`,
      ...listLoss(loss),
    ],
    ceiling: lossByTable(loss),
    loss,
    binds: {
      systemIdentifier: intent.systemIdentifier,
      live: intent.live,
      liveOid: intent.liveOid,
      side: intent.side,
      sideOid: intent.sideOid,
      old: intent.old,
      properties: digestOf(JSON.parse(JSON.stringify(intent.properties))),
      verification: verified.digest,
      backup: before.point.id,
      archive: before.archiveHash,
      origin: before.point.origin,
      manifest: before.manifest,
      argv: loaded.argv,
    } satisfies JsonObject,
  }
  return { subject, intent, question: { ...question, known: found } }
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

/** Whose backup it is, where that is not known to be this system's: nobody may overlook it. */
function warnOfOrigin(point: PreflightOutput['point'], live: string): ApprovalWarning[] {
  if (point.origin === 'own') return []
  const { database, systemIdentifier } = point.source
  const facts = { backup: point.id, database, server: systemIdentifier ?? 'unknown', live }
  return [point.origin === 'unproven' ? warning('origin_unproven', facts) : warning('origin_other', facts)]
}

/** Live and side as they are now, which must be what preflight and load left. */
async function describeIntent(context: LookContext<RestoreParams>): Promise<SwitchIntent> {
  const { system } = context.params
  const { databases, content } = context.tools
  const target = context.target(system)
  const { identity: known, names, since } = preflightOutput.parse(context.outputOf('preflight'))
  const { side, oid: sideOid } = loadOutput.parse(context.outputOf('load'))
  const { side: proof, rows } = verifyOutput.parse(context.outputOf('verify'))
  const identity = await databases.identify(target)
  if (identity.systemIdentifier !== known.systemIdentifier) {
    const seen = `system identifier ${identity.systemIdentifier} instead of ${known.systemIdentifier}`
    throw new SalvorError('target_not_expected', { system, seen })
  }
  if (identity.oid !== known.oid)
    throw new SalvorError('target_changed', { system, seen: `${known.name} is another database than at preflight` })
  if ((await databases.locate(target, sideOid))?.name !== side)
    throw new SalvorError('target_changed', { system, seen: `the side database ${side} is gone` })
  return {
    live: identity.name,
    liveOid: identity.oid,
    side,
    sideOid,
    old: names.old,
    systemIdentifier: identity.systemIdentifier,
    properties: await content.readProperties({ target, database: identity.name }),
    // No date in here: it would be another one at each look, and the approval binds the statements.
    seal: `salvor:old:${context.job.id} kept for ${context.plan.keepOld} after the switch`,
    mark: since.mark,
    proof: { ...proof, rows },
    wasHeldOff: !(await databases.acceptsConnections(target, identity.name)),
  }
}
