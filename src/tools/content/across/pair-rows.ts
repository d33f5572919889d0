import type { StreamedRow } from '../row-difference/stream-rows.ts'

export type DifferenceKind = 'inserted' | 'deleted' | 'changed'

/** A row that is not on both sides alike. */
export interface RowPair {
  readonly kind: DifferenceKind
  readonly here: StreamedRow | null
  readonly there: StreamedRow | null
}

/** Walks two streams in the order of identity; duplicates pair off one by one. Tells what is not the same on both. */
export async function* pairRows(
  here: AsyncIterator<StreamedRow>,
  there: AsyncIterator<StreamedRow>,
): AsyncGenerator<RowPair> {
  let [one, other] = [await next(here), await next(there)]
  while (one !== null || other !== null) {
    const order = compare(one, other)
    if (order < 0) {
      yield { kind: 'inserted', here: one, there: null }
      one = await next(here)
    } else if (order > 0) {
      yield { kind: 'deleted', here: null, there: other }
      other = await next(there)
    } else {
      if (one?.content !== other?.content) yield { kind: 'changed', here: one, there: other }
      ;[one, other] = [await next(here), await next(there)]
    }
  }
}

/** Which row of the two, and what became of it: the same at a second look. */
export function identifyPair({ kind, here, there }: RowPair): string {
  const row = here ?? there
  return `${kind} ${row?.first} ${row?.second}`
}

async function next(rows: AsyncIterator<StreamedRow>): Promise<StreamedRow | null> {
  const { value, done } = await rows.next()
  return done === true ? null : value
}

function compare(one: StreamedRow | null, other: StreamedRow | null): number {
  if (one === null) return 1
  if (other === null) return -1
  if (one.first !== other.first) return one.first < other.first ? -1 : 1
  if (one.second !== other.second) return one.second < other.second ? -1 : 1
  return 0
}
