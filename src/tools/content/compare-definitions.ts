import type { ContentManifest, Finding, Tally } from '../../domain/content.ts'
import {
  applyChanges,
  compareObjectDefinitions,
  type DefinitionDifference,
  nameObject,
  type ObjectDefinition,
  relationOf,
} from '../../domain/definitions.ts'
import { type FindingMessage, finding } from '../../domain/finding-texts.ts'
import type { Json } from '../../domain/json.ts'
import { isNotNullConstraint } from '../../domain/not-in-backup.ts'
import { writeName } from '../../domain/object-name.ts'
import { kindsAsWritten, printedFacets } from '../../domain/printed-facets.ts'
import { majorOf } from '../../domain/server-version.ts'
import type { Kinship } from '../../ports/content-tools.ts'

/** Every definition of a database against a manifest's, text for text; `only` keeps what hangs on these tables. */
export function compareDefinitions(
  manifest: Pick<ContentManifest, 'definitions' | 'rehearsal'>,
  found: readonly ObjectDefinition[],
  of: {
    readonly kinship: Kinship
    readonly only: ReadonlySet<string> | null
    /** Of the server that is compared. */
    readonly serverVersion: string
  },
): { readonly findings: Finding[]; readonly tally: Tally } {
  const keep = (one: ObjectDefinition) => of.only === null || of.only.has(relationOf(one) ?? '')
  const is = found.filter(keep)
  const first = manifest.definitions.filter(keep)
  const { rehearsal } = manifest
  const second = rehearsal === undefined ? null : applyChanges(manifest.definitions, rehearsal.definitions).filter(keep)
  // Another major version prints expressions in other ways, and keeps as objects what was a facet before.
  const isOfOther = rehearsal !== undefined && majorOf(rehearsal.serverVersion) !== majorOf(of.serverVersion)
  const isRehearsed = second !== null && !isOfOther
  const differences = choose(of.kinship, first, second, is).filter((one) => !(isOfOther && isToldByColumn(one)))
  const findings = differences.flatMap((one) => describe(one, isLoose(one, of.kinship, isRehearsed)))
  const total = Math.max(first.length, is.length)
  return { findings, tally: { proven: Math.max(0, total - findings.length), total } }
}

function choose(
  kinship: Kinship,
  first: readonly ObjectDefinition[],
  second: readonly ObjectDefinition[] | null,
  is: readonly ObjectDefinition[],
): DefinitionDifference[] {
  if (kinship === 'same') return compareObjectDefinitions(first, is)
  if (second === null) return compareObjectDefinitions(first, is)
  const differences = compareObjectDefinitions(second, is)
  if (kinship === 'restored') return differences
  // Of another history: what is as in one of the two records is as it was.
  const alsoFirst = new Set(compareObjectDefinitions(first, is).map(nameObject))
  return differences.filter((one) => alsoFirst.has(nameObject(one)))
}

function isToldByColumn({ kind, verdict, found }: DefinitionDifference): boolean {
  return verdict === 'extra' && found !== null && isNotNullConstraint(kind, found)
}

/** Only expressions differ, and nothing tells how the archive brings them back. */
function isLoose({ kind, facets, verdict }: DefinitionDifference, kinship: Kinship, rehearsed: boolean): boolean {
  if (kinship === 'same' || rehearsed || verdict !== 'differs' || kindsAsWritten.has(kind)) return false
  return facets.every((one) => printedFacets.has(one))
}

const tables = new Set(['table', 'partitioned table', 'materialized view'])
/** They have findings of their own: rows, and where a sequence stands. */
const toldElsewhere = new Set([...tables, 'sequence'])

function describe(one: DefinitionDifference, loose: boolean): Finding[] {
  const { kind, path, verdict } = one
  if (verdict !== 'differs' && toldElsewhere.has(kind)) return []
  const subject = kind === 'index' || kind === 'constraint' ? kind : 'object'
  const base = {
    subject,
    name: subject === 'object' ? nameObject(one) : writeName(path),
    expected: unwrap(one.expected),
    found: unwrap(one.found),
  } as const
  if (verdict !== 'differs') return [{ ...base, verdict, why: explainLack(one) }]
  const facets = one.facets.join(', ')
  if (loose) return [{ ...base, verdict: 'not_comparable', why: finding('definition_prints', { facets }) }]
  return [{ ...base, verdict, why: explainDifference(one, facets) }]
}

function explainLack({ kind, verdict, found }: DefinitionDifference): FindingMessage {
  if (verdict === 'missing') return finding('definition_missing', { kind })
  if (kind === 'index' && found?.valid === false) return finding('index_invalid')
  return finding('definition_extra', { kind })
}

function explainDifference({ kind, found, facets }: DefinitionDifference, names: string): FindingMessage {
  if (kind === 'index' && found?.valid === false) return finding('index_invalid')
  if (kind === 'constraint' && facets.includes('validated') && found?.validated === false)
    return finding('constraint_unvalidated')
  return finding('definition_differs', { facets: names })
}

/** A single facet stands for itself. */
function unwrap(facets: ObjectDefinition['facets'] | null): Json {
  if (facets === null) return null
  const values = Object.values(facets)
  return values.length === 1 ? (values[0] ?? null) : facets
}
