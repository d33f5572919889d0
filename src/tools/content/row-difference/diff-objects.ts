import {
  compareSince,
  type DefinitionMarks,
  digestFound,
  markDefinitions,
  toldElsewhere,
} from '../../../domain/definition-marks.ts'
import {
  compareObjectDefinitions,
  type DefinitionDifference,
  nameObject,
  type ObjectDefinition,
} from '../../../domain/definitions.ts'
import type { ObjectLoss } from '../../../domain/loss.ts'
import { kindsAsWritten, printedFacets } from '../../../domain/printed-facets.ts'
import { printedAs } from '../../postgres-session.ts'
import { readDefinitions } from '../definitions/read.ts'
import type { Snapshot } from '../snapshot.ts'
import type { WholeOptions } from './look.ts'
import { tryWithoutLocks } from './without-locks.ts'

export interface ObjectsFound {
  /** Definitions that live has and the backup lacks or holds otherwise; null where they could not be read. */
  readonly objects: ObjectLoss[] | null
  /** How the other side has what differs, if both were read: for the way back, once it is live. */
  readonly definitions: DefinitionMarks | null
}

/** Live's definitions against those that would take their place. */
export async function diffObjects(live: Snapshot, other: Snapshot, of: WholeOptions): Promise<ObjectsFound> {
  const tried = await tryWithoutLocks([live.client, other.client], of.signal, async () => {
    const now = await readAsKept(live)
    const theirs = of.otherDefinitions ?? (of.definitions?.isOfLive ? null : await readAsKept(other))
    return { now, theirs }
  })
  if ('error' in tried) return { objects: null, definitions: null }
  const { now, theirs } = tried.value
  return { objects: listLost(now, theirs, of), definitions: theirs === null ? null : markDefinitions(now, theirs) }
}

/** With values in them printed as in every record of definitions, however rows are printed just now. */
async function readAsKept({ client, versionNumber }: Snapshot): Promise<ObjectDefinition[]> {
  for (const [name, value] of Object.entries(printedAs))
    await client.query('SELECT set_config($1, $2, true)', [name, value])
  return readDefinitions(client, versionNumber)
}

function listLost(
  now: readonly ObjectDefinition[],
  theirs: readonly ObjectDefinition[] | null,
  { definitions, since }: Pick<WholeOptions, 'definitions' | 'since'>,
): ObjectLoss[] {
  if (definitions?.isOfLive) return compareObjectDefinitions(definitions.objects, now).flatMap((one) => tell(one))
  const other = theirs ?? []
  if (since !== null && since.definitions !== null)
    return compareSince(other, now, since.definitions).flatMap((one) => tell(one))
  const asWritten = new Map((definitions?.objects ?? []).map((one) => [nameObject(one), one.facets]))
  return compareObjectDefinitions(other, now).flatMap((one) => {
    const was = asWritten.get(nameObject(one))
    const isAsThen = (facet: string) =>
      was?.[facet] !== undefined && JSON.stringify(was[facet]) === JSON.stringify(one.found?.[facet])
    const facets = one.facets.filter((facet) => !isPrinted(one, facet) || !isAsThen(facet))
    return one.verdict === 'differs' && facets.length === 0 ? [] : tell({ ...one, facets }, isLoose({ ...one, facets }))
  })
}

/** The server prints it from a form of its own, which a dump and restore may change without another meaning. */
function isPrinted({ kind }: Pick<DefinitionDifference, 'kind'>, facet: string): boolean {
  return !kindsAsWritten.has(kind) && printedFacets.has(facet)
}

/** Nothing but such facets differ, so that nobody can say whether anything was changed. */
function isLoose(one: DefinitionDifference): boolean {
  return one.verdict === 'differs' && one.facets.every((facet) => isPrinted(one, facet))
}

const verdicts = { missing: 'gone', extra: 'added', differs: 'changed' } as const

function tell(one: DefinitionDifference, loose = false): ObjectLoss[] {
  if (toldElsewhere.has(one.kind)) return []
  const verdict = loose ? 'unsure' : verdicts[one.verdict]
  const is = digestFound(one)
  const lost: ObjectLoss = { name: nameObject(one), kind: one.kind, verdict, facets: [...one.facets] }
  return [is === undefined ? lost : { ...lost, is }]
}
