import type { ContentManifest, Finding, Verification, WriteMarks } from '../../../src/domain/content.ts'
import { finding } from '../../../src/domain/finding-texts.ts'
import { listPropertyDifferences } from '../../../src/domain/property-differences.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { followTables } from '../../table-progress.ts'
import { type Choice, type Compared, chooseOutput, compareOutput, type VerifyParams } from '../params.ts'
import { readReference } from '../reference.ts'

/** Most findings of a kind that are kept: the journal is for people, and one cause rarely has more faces. */
const KEPT = 200

/** Measures the live database and holds it against the reference. */
export const compare = defineStep<VerifyParams>({
  name: 'compare',
  title: 'compare',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const choice = chooseOutput.parse(context.outputOf('choose'))
    return shorten(await compareLive(context, choice))
  },
})

async function compareLive(context: StepContext<VerifyParams>, choice: Choice): Promise<Verification> {
  const { system, table } = context.params
  const follow = (doing: 'measuring' | 'comparing') => followTables(doing, context.now, context.progress)
  const manifest = await readReference(context, choice, follow('measuring'))
  const marks = markSwitch(choice, manifest)
  const properties = choice.properties ?? propertiesOfSame(choice, manifest)
  const compared = await context.tools.content.compare({
    target: context.target(system),
    manifest,
    against: choice.against,
    // With a table named, only that table was asked about.
    checks: table === undefined ? context.postgres(system).checks : [],
    ...(table === undefined ? (properties === null ? {} : { properties }) : { tables: [table] }),
    writtenSince: true,
    ...(choice.restored === null ? {} : { kinship: 'restored' }),
    ...(marks === null ? {} : { marks }),
    signal: context.signal,
    onProgress: follow('comparing'),
  })
  return { ...compared, unproven: [...compared.unproven, ...listKept(choice, manifest)] }
}

/** What is as somebody approved it, and not as the backup says. */
function listKept({ properties, keptBy }: Choice, manifest: ContentManifest): Finding[] {
  if (keptBy === null || properties === null) return []
  return listPropertyDifferences(properties, manifest.properties).map(({ what, now, later }) => ({
    subject: 'property',
    name: what,
    verdict: 'not_comparable',
    expected: later,
    found: now,
    why: finding('property_approved', { now, later, job: keptBy }),
  }))
}

/**
 * A restored copy was loaded row by row, so its counters began at the manifest's rows, and at those that an extension
 * brought into a table of which the archive has the others; what is above came later.
 */
function markSwitch({ restored }: Choice, manifest: ContentManifest): WriteMarks | null {
  if (restored === null) return null
  const parts = (manifest.rehearsal?.extensionParts ?? manifest.extensionParts)?.tables ?? []
  const brought = new Map(parts.map(({ table, rows }) => [table, rows ?? 0]))
  const writes = Object.fromEntries(manifest.tables.map(({ name, rows }) => [name, rows + (brought.get(name) ?? 0)]))
  return { databaseOid: restored.databaseOid, xmax: restored.xmax === '' ? null : restored.xmax, writes }
}

/** Owner, privileges and settings are compared with those of the same database, never with another's. */
function propertiesOfSame({ reference }: Choice, manifest: ContentManifest) {
  return reference.kind === 'backup' || reference.kind === 'baseline' ? manifest.properties : null
}

function shorten(verification: Verification): Compared {
  const { differing, unproven, notComparable, noticed } = verification
  const over = (list: readonly unknown[]) => Math.max(0, list.length - KEPT)
  return compareOutput.parse({
    ...verification,
    differing: differing.slice(0, KEPT),
    unproven: unproven.slice(0, KEPT),
    notComparable: notComparable.slice(0, KEPT),
    noticed: noticed.slice(0, KEPT),
    more: {
      differing: over(differing),
      unproven: over(unproven),
      notComparable: over(notComparable),
      noticed: over(noticed),
    },
  })
}
