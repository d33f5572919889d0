import { compareObjectDefinitions, nameObject } from '../../../domain/definitions.ts'
import type { ObjectLoss } from '../../../domain/loss.ts'
import { kindsAsWritten, printedFacets } from '../definitions/printed-facets.ts'
import { readDefinitions } from '../definitions/read.ts'
import type { Snapshot } from '../snapshot.ts'
import type { WholeOptions } from './look.ts'
import { tryWithoutLocks } from './without-locks.ts'

/** Large objects have rows of their own; what a database as a whole is set to is carried over by the switch. */
const toldElsewhere = new Set(['large object', 'large objects'])

/** Definitions that live has and the backup lacks or holds otherwise; null where they could not be read. */
export async function diffObjects(live: Snapshot, other: Snapshot, of: WholeOptions): Promise<ObjectLoss[] | null> {
  const tried = await tryWithoutLocks([live.client, other.client], of.signal, async () => {
    const now = await readDefinitions(live.client, live.versionNumber)
    const expected = of.definitions ?? of.otherDefinitions ?? (await readDefinitions(other.client, other.versionNumber))
    return compareObjectDefinitions(expected, now)
  })
  if ('error' in tried) return null
  return tried.value.flatMap((one): ObjectLoss[] => {
    if (toldElsewhere.has(one.kind)) return []
    const facets =
      of.definitions === null && !kindsAsWritten.has(one.kind)
        ? one.facets.filter((facet) => !printedFacets.has(facet))
        : [...one.facets]
    if (one.verdict === 'differs' && facets.length === 0) return []
    const verdict = one.verdict === 'missing' ? 'gone' : one.verdict === 'extra' ? 'added' : 'changed'
    return [{ name: nameObject(one), kind: one.kind, verdict, facets }]
  })
}
