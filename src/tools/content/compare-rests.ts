import type { ContentManifest, Finding, WriteMarks } from '../../domain/content.ts'
import { finding } from '../../domain/finding-texts.ts'
import type { ExtensionParts } from '../../domain/not-in-backup.ts'
import type { Kinship } from '../../ports/content-tools.ts'
import { explainRows, isNamed } from './compare-tables.ts'
import { readRestOfTables } from './read-tables.ts'
import { measurePart } from './read-unseen.ts'
import type { Snapshot } from './snapshot.ts'
import { findWritesSince, readWrites } from './written-since.ts'

type Part = ExtensionParts['tables'][number]

/**
 * The rows that extensions leave out of a dump, of tables of which it has the others: as the manifest saw them or, where
 * the archive made the database, as its extensions brought them. `held` names the tables of which that tells: where they
 * are equal, and in the database of the manifest itself.
 */
export async function compareRests(
  of: {
    readonly manifest: ContentManifest
    readonly tables?: readonly string[] | undefined
    readonly writtenSince?: boolean | undefined
    readonly marks?: WriteMarks | undefined
    readonly signal: AbortSignal
  },
  snapshot: Snapshot,
  kinship: Kinship,
): Promise<{ readonly findings: Finding[]; readonly held: ReadonlySet<string> }> {
  const { manifest } = of
  const marks = of.writtenSince === true ? (of.marks ?? manifest.marks) : undefined
  const first = pickRests(manifest.extensionParts)
  const second = pickRests(manifest.rehearsal?.extensionParts)
  const findings: Finding[] = []
  const held = new Set<string>()
  for (const table of await readRestOfTables(snapshot.client)) {
    if (!isNamed(table.name, of.tables)) continue
    const seen = first.get(table.name)
    const brought = second.get(table.name) ?? seen
    const expected = kinship === 'restored' ? [brought] : kinship === 'same' ? [seen] : [seen, brought]
    const found = await measurePart(snapshot, table, of.signal)
    const told = compareRest(
      expected.filter((one) => one !== undefined),
      found,
    )
    if (told === 'equal' || (told !== null && kinship === 'same')) held.add(table.name)
    if (told === 'equal' || told === null) continue
    const since =
      marks === undefined || told.verdict !== 'differs'
        ? null
        : await findWritesSince(snapshot, marks, table, await readWrites(snapshot.client))
    findings.push(since === null ? told : { ...told, verdict: 'not_comparable', why: since })
  }
  return { findings, held }
}

function pickRests(parts: ExtensionParts | undefined): Map<string, Part> {
  return new Map(parts?.tables.filter(({ partly }) => partly === true).map((part) => [part.table, part]))
}

/** Null where there is nothing to hold it against: then the table itself is what the other side lacks. */
function compareRest([expected, other]: readonly Part[], found: Part): Finding | 'equal' | null {
  if (expected === undefined) return null
  const base = {
    subject: 'object',
    name: `rows of ${found.table}`,
    expected: expected.rows,
    found: found.rows,
  } as const
  if (expected.rows === null || found.rows === null || expected.fingerprint === null || found.fingerprint === null)
    return { ...base, verdict: 'not_comparable', why: finding('unread') }
  if (found.fingerprint === expected.fingerprint || found.fingerprint === other?.fingerprint) return 'equal'
  const evidence = `${expected.fingerprint} ${found.fingerprint}`
  return { ...base, verdict: 'differs', why: explainRows(expected.rows, found.rows), evidence }
}
