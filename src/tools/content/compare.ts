import type {
  ContentManifest,
  Finding,
  LossByTable,
  TableContent,
  Tally,
  Verification,
  WriteMarks,
} from '../../domain/content.ts'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { finding } from '../../domain/finding-texts.ts'
import type { Facts } from '../../domain/message.ts'
import { listNotInBackup, type NotInBackup } from '../../domain/not-in-backup.ts'
import type { Kinship, OnTableProgress } from '../../ports/content-tools.ts'
import { compareDefinitions } from './compare-definitions.ts'
import { compareProperties } from './compare-properties.ts'
import { compareRests } from './compare-rests.ts'
import { compareSequences } from './compare-sequences.ts'
import { compareTable, isNamed } from './compare-tables.ts'
import { readDefinitions } from './definitions/read.ts'
import { LARGE_OBJECTS } from './fingerprint.ts'
import { measureTables, type TableOutcome } from './measure-tables.ts'
import { readProperties } from './read-properties.ts'
import { readSequences } from './read-sequences.ts'
import { readTables, type Table } from './read-tables.ts'
import { type Snapshot, type SnapshotOptions, withSnapshot } from './snapshot.ts'
import { findWritesSince, readWrites } from './written-since.ts'

export interface CompareOptions extends SnapshotOptions {
  readonly manifest: ContentManifest
  readonly against: string
  readonly tables?: readonly string[] | undefined
  readonly properties?: DatabaseProperties | undefined
  readonly propertiesOnly?: readonly (keyof DatabaseProperties)[] | undefined
  readonly writtenSince?: boolean | undefined
  readonly marks?: WriteMarks | undefined
  readonly kinship?: Kinship | undefined
  readonly parallel?: number | undefined
  readonly onProgress?: OnTableProgress | undefined
}

const PARALLEL = 2

/**
 * Holds a database against a manifest, all in one snapshot; the plan's checks are not in here. A comparison that
 * could not be made is unproven and never counts as equal. With `tables` only these and what hangs on them are looked at.
 */
export async function compareContent(of: CompareOptions): Promise<Omit<Verification, 'checks'>> {
  const began = performance.now()
  return withSnapshot(of, async (snapshot) => {
    const { client } = snapshot
    const sequences = await readSequences(of, snapshot)
    const live = (await readTables(client)).filter((table) => isNamed(table.name, of.tables))
    const expected = of.manifest.tables.filter((table) => isNamed(table.name, of.tables))
    const names = [...new Set([...expected, ...live].map((table) => table.name))].sort()
    const named = new Set(names)
    const outcomes = await measureTables(of, snapshot, live, {
      withCopyBytes: false,
      withLargeObjects: isNamed(LARGE_OBJECTS, of.tables),
      parallel: of.parallel ?? PARALLEL,
      onProgress: of.onProgress,
    })
    if (outcomes.has(LARGE_OBJECTS) && !named.has(LARGE_OBJECTS)) names.push(LARGE_OBJECTS)

    const tableFindings = await compareTables(of, snapshot, { names, live, expected, outcomes })
    const only = of.tables === undefined ? null : named
    const kinship = of.kinship ?? findKinship(of.manifest, snapshot)
    const definitions = compareDefinitions(of.manifest, await readDefinitions(client, snapshot.versionNumber), {
      kinship,
      only,
      serverVersion: snapshot.serverVersion,
    })
    const restored = kinship === 'restored' ? (of.manifest.rehearsal?.sequences ?? null) : null
    const still = of.writtenSince !== true
    const asked = { manifest: of.manifest.sequences, restored, still, only }
    const compared = compareSequences(asked, sequences)
    const properties = await compareWithProperties(of, snapshot)
    const rests = await compareRests(of, snapshot, kinship)
    const missing = only === null ? describeNotHeld(of.manifest, rests.held) : []
    const findings = [
      ...tableFindings,
      ...unknownTables(of.tables ?? [], names),
      ...setAside([...definitions.findings, ...rests.findings], missing),
      ...missing,
      ...(kinship === 'restored' && only === null ? describeOtherwise(of.manifest) : []),
      ...compared.findings,
      ...properties,
    ]
    return {
      database: snapshot.database,
      against: of.against,
      at: new Date().toISOString(),
      seconds: (performance.now() - began) / 1000,
      tables: countEqual(tableFindings),
      definitions: definitions.tally,
      sequences: compared.tally,
      properties: countEqual(properties),
      ...sortFindings(findings),
      noticed: compared.noticed,
      rowsByTable: rowsByTable(outcomes),
    }
  })
}

/** What the manifest does not hold is not verified, by name; rows that it does hold, beside those of the archive, are. */
function describeNotHeld(manifest: ContentManifest, held: ReadonlySet<string>): Finding[] {
  const told = new Set<NotInBackup['code']>([
    'definition_gone',
    'subscription_left',
    'owner_other',
    'privileges_other',
    'version_other',
    'definition_other',
    'definition_new',
  ])
  return listNotInBackup(manifest)
    .filter(({ code, facts }) => !told.has(code) && !(code === 'extension_rows_partly' && held.has(`${facts.table}`)))
    .map(({ facts }) => ({
      subject: 'object',
      name: nameMissing(facts),
      verdict: 'not_comparable',
      expected: null,
      found: null,
      why: finding('not_in_backup'),
    }))
}

/** What is as the archive brings it back, and not as it was when it was made: no difference, and not the same. */
function describeOtherwise(manifest: ContentManifest): Finding[] {
  return listNotInBackup(manifest).flatMap(({ code, facts }: { readonly code: string; readonly facts: Facts }) => {
    const base = { subject: 'object', name: `${facts.object}`, verdict: 'not_comparable' } as const
    const [expected, found] = [facts.version ?? null, facts.later ?? null]
    if (code === 'definition_new') return [{ ...base, expected: null, found: null, why: finding('comes_back_new') }]
    if (code !== 'version_other' && code !== 'definition_other') return []
    const why = finding('comes_back_other', { facets: `${facts.facets ?? 'version'}` })
    return [{ ...base, expected, found, why }]
  })
}

function nameMissing({ mapping, object, table }: Facts): string {
  return mapping !== undefined ? `user mapping ${mapping}` : table !== undefined ? `rows of ${table}` : `${object}`
}

/** Options that were hidden when the manifest was made differ from options that are seen now, which tells nothing. */
function setAside(findings: readonly Finding[], missing: readonly Finding[]): Finding[] {
  const names = new Set(missing.map(({ name }) => name))
  return findings.filter(({ subject, name }) => !(subject === 'object' && names.has(name)))
}

async function compareWithProperties(of: CompareOptions, { client, database }: Snapshot): Promise<Finding[]> {
  if (of.properties === undefined) return []
  const found = await readProperties(client, database)
  return found === null ? [] : compareProperties(of.properties, found, of.propertiesOnly)
}

/** By its OID a database knows its own manifest, until it is restored. */
function findKinship({ marks }: ContentManifest, { databaseOid }: Snapshot): Kinship {
  return marks?.databaseOid === databaseOid ? 'same' : 'other'
}

function countEqual(findings: readonly Finding[]): Tally {
  return { proven: findings.filter((each) => each.verdict === 'equal').length, total: findings.length }
}

/** Equal findings are only counted; what is neither equal nor different and has a reason stands apart. */
export function sortFindings(
  findings: readonly Finding[],
): Pick<Verification, 'differing' | 'unproven' | 'notComparable'> {
  const isOpen = (each: Finding) => each.verdict === 'not_comparable'
  const writtenSince = (each: Finding) => isOpen(each) && each.subject === 'table' && !isUnread(each)
  return {
    differing: findings.filter((each) => each.verdict !== 'equal' && !isOpen(each)),
    unproven: findings.filter((each) => isOpen(each) && !writtenSince(each)),
    notComparable: findings.filter(writtenSince),
  }
}

/** A table whose content could not be read has nothing found. */
function isUnread({ found }: Finding): boolean {
  return found === null
}

interface Sides {
  readonly names: readonly string[]
  readonly live: readonly Table[]
  readonly expected: readonly TableContent[]
  readonly outcomes: ReadonlyMap<string, TableOutcome>
}

async function compareTables(of: CompareOptions, snapshot: Snapshot, sides: Sides): Promise<Finding[]> {
  const marks = of.marks ?? of.manifest.marks
  const writes = of.writtenSince && marks !== undefined ? await readWrites(snapshot.client) : {}
  const live = new Map(sides.live.map((table) => [table.name, table]))
  const expected = new Map(sides.expected.map((table) => [table.name, table]))
  const findings: Finding[] = []
  for (const name of sides.names) {
    const table = live.get(name)
    const compared = compareTable(name, expected.get(name), sides.outcomes.get(name), table?.kind)
    const red = compared.verdict === 'differs' || compared.verdict === 'extra'
    const evidence =
      red && of.writtenSince && marks !== undefined && table !== undefined
        ? await findWritesSince(snapshot, marks, table, writes)
        : null
    findings.push(evidence === null ? compared : { ...compared, verdict: 'not_comparable', why: evidence })
  }
  return findings
}

function unknownTables(asked: readonly string[], names: readonly string[]): Finding[] {
  return asked
    .filter((one) => !names.some((name) => isNamed(name, [one])))
    .map((name) => ({
      subject: 'table',
      name,
      verdict: 'not_comparable',
      expected: null,
      found: null,
      why: finding('table_unknown'),
    }))
}

function rowsByTable(outcomes: ReadonlyMap<string, TableOutcome>): LossByTable {
  const read = [...outcomes].flatMap(([name, outcome]) => ('measure' in outcome ? [[name, outcome.measure.rows]] : []))
  return Object.fromEntries(read.sort()) as LossByTable
}
