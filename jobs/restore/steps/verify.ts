import type { ArchiveManifest, Finding, Verification } from '../../../src/domain/content.ts'
import { givenAtCreation } from '../../../src/domain/database-properties.ts'
import { digestOf } from '../../../src/domain/digest.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { describeFindingMessage } from '../../../src/domain/finding-texts.ts'
import type { Json } from '../../../src/domain/json.ts'
import { majorOf } from '../../../src/domain/server-version.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { describeProof } from '../../describe-proof.ts'
import { dropRehearsals, rehearse } from '../../rehearse.ts'
import { followTables } from '../../table-progress.ts'
import { readBoundManifest } from '../bound-manifest.ts'
import { chooseBoundProperties } from '../choose-properties.ts'
import { loadOutput, preflightOutput, type RestoreParams, verifyOutput } from '../params.ts'
import { refuseUnaccepted } from '../refuse-unaccepted.ts'
import { sideTarget } from '../side.ts'

/** The side database against the backup's manifest: rows, fingerprints, constraints, sequences, the plan's checks. */
export const verify = defineStep<RestoreParams>({
  name: 'verify',
  title: 'verify',
  risk: 'read',
  shownBy: 'switch',
  where: 'runner',
  sessionsOn: ({ system }) => system,
  run: verifySide,
  cleanUp: dropRehearsals,
})

async function verifySide(context: StepContext<RestoreParams>) {
  const { databases } = context.tools
  const { point } = preflightOutput.parse(context.outputOf('preflight'))
  const { side, oid } = loadOutput.parse(context.outputOf('load'))
  const target = sideTarget(context)
  const standing = await databases.locate(target, oid)
  if (standing?.name !== side) {
    const seen = `the side database ${side} is gone`
    throw new SalvorError('target_changed', { system: context.params.system, seen })
  }
  // Before anything is compared: whatever is written from here on shows at the switch.
  const proof = await databases.readSideProof(target, { name: side, oid })
  const manifest = await readBoundManifest(context)
  const { rows } = await databases.countLive({ target, database: side, since: null, signal: context.signal })
  const seen = manifest === null ? await lookWithoutManifest(context, side) : await compare(context, side, manifest)
  const { differing } = seen
  const accepted = refuseUnaccepted(context, differing)
  const common = { at: context.now().toISOString(), against: point.id, rows }
  const { proven, unproven, noticed, tables, checks } = seen
  const digest = digestOf({
    against: point.id,
    proven,
    unproven,
    noticed,
    tables,
    checks,
    rows,
    proof: { ...proof },
    accepted,
  })
  return verifyOutput.parse({ ...common, side: proof, digest, proven, unproven, noticed, tables, checks, accepted })
}

interface Seen extends Pick<Verification, 'tables' | 'checks' | 'differing'> {
  readonly proven: string[]
  readonly unproven: string[]
  /** True of the backup as well, and worth knowing. */
  readonly noticed: string[]
}

/** Definitions as the archive brings them back here: seen at the backup, or now where that was on another version. */
async function withRehearsal(context: StepContext<RestoreParams>, manifest: ArchiveManifest): Promise<ArchiveManifest> {
  const { point, identity } = preflightOutput.parse(context.outputOf('preflight'))
  const { rehearsal } = manifest
  if (rehearsal !== undefined && majorOf(rehearsal.serverVersion) === majorOf(identity.serverVersion)) return manifest
  return { ...manifest, rehearsal: await rehearse(context, point, manifest) }
}

async function compare(context: StepContext<RestoreParams>, side: string, recorded: ArchiveManifest): Promise<Seen> {
  const manifest = await withRehearsal(context, recorded)
  const { wanted } = await chooseBoundProperties(context)
  const compared = await context.tools.content.compare({
    target: context.target(context.params.system),
    database: side,
    manifest,
    kinship: 'restored',
    // The rest is carried over by the switch, which looks at it then.
    properties: wanted,
    // The switch gives it these settings: until then a name would mean another table.
    checksUnder: wanted,
    propertiesOnly: givenAtCreation,
    against: preflightOutput.parse(context.outputOf('preflight')).point.id,
    checks: context.postgres(context.params.system).checks,
    identify: true,
    signal: context.signal,
    onProgress: followTables('proving', context.now, context.progress),
  })
  const { tables, checks, differing, unproven, notComparable, noticed } = compared
  return {
    tables,
    checks,
    differing,
    proven: describeProof(compared),
    unproven: [...unproven, ...notComparable].map(describeFinding),
    noticed: noticed.map(describeFinding),
  }
}

/** Nothing to compare with: what the load and the plan's checks show is said, and that the content is unproven. */
async function lookWithoutManifest(context: StepContext<RestoreParams>, side: string): Promise<Seen> {
  const { checks: wanted } = context.postgres(context.params.system)
  const { signal } = context
  const found = await context.tools.content.runChecks({
    target: context.target(context.params.system),
    database: side,
    checks: wanted,
    settings: (await chooseBoundProperties(context)).wanted,
    identify: true,
    signal,
  })
  const checks = { passed: found.filter((one) => one.verdict === 'equal').length, total: found.length }
  const { point, tocEntries } = preflightOutput.parse(context.outputOf('preflight'))
  return {
    tables: { proven: 0, total: point.tables },
    checks,
    differing: found.filter((one) => one.verdict === 'differs' || one.verdict === 'missing'),
    proven: [`archive read to its end and loaded without an error, ${tocEntries} entries`, ...describeChecks(checks)],
    unproven: [
      'the content: the backup has no manifest to compare with',
      ...found.filter((one) => one.verdict === 'not_comparable').map(describeFinding),
    ],
    noticed: [],
  }
}

function describeChecks(checks: { passed: number; total: number }): string[] {
  return checks.total === 0 ? [] : [`${checks.passed} of ${checks.total} checks`]
}

function describeFinding(finding: Finding): string {
  const { subject, name, verdict, why } = finding
  const numbers = `${writeValue(finding.found)} where ${writeValue(finding.expected)} was expected`
  return `${subject} ${name}: ${why === null ? (verdict === 'missing' ? 'missing' : numbers) : describeFindingMessage(why)}`
}

function writeValue(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
