import type { ComparedTable } from '../../src/domain/comparison.ts'
import type { Json } from '../../src/domain/json.ts'
import type { JobView } from '../../src/domain/view.ts'
import { pieceRecord } from './params.ts'

/** Tables that were compared so far, in the order in which they were. */
export function readPieces(records: { readonly [name: string]: Json }): ComparedTable[] {
  return Object.keys(records)
    .filter((name) => /^piece-\d+$/.test(name))
    .sort()
    .flatMap((name) => pieceRecord.safeParse(records[name]).data?.tables ?? [])
}

export function namePiece(records: { readonly [name: string]: Json }): string {
  const taken = Object.keys(records).filter((name) => name.startsWith('piece-')).length
  return `piece-${String(taken + 1).padStart(4, '0')}`
}

/** The same, for cards: at any time of the job. */
export function comparedSoFar({ steps }: JobView): ComparedTable[] {
  return readPieces(steps.find(({ name }) => name === 'compare')?.records ?? {})
}
