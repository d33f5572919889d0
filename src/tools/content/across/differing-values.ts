import { durationMs } from '../../../domain/recovery-plan.ts'
import type { Pairing, Tolerance } from './sides.ts'

/** A value of each side that is not the same; null is NULL, and the beginning of a long one stands for it. */
export interface DifferingValue {
  readonly column: string
  readonly here: string | null
  readonly there: string | null
}

type Texts = readonly (string | null)[]

/** Columns in which two rows of one identity differ by more than the plan allows. */
export function listDiffering({ pairs, tolerance }: Pairing, here: string, there: string): DifferingValue[] {
  const [ours, theirs] = [JSON.parse(here) as Texts, JSON.parse(there) as Texts]
  return pairs.flatMap(({ name }, at) => {
    const [one, other] = [readValue(ours, at), readValue(theirs, at)]
    if (one.hash === other.hash) return []
    const near = Object.hasOwn(tolerance, name) ? tolerance[name] : undefined
    if (near !== undefined && isNear(one.number, other.number, near)) return []
    return [{ column: name, here: one.text, there: other.text }]
  })
}

function readValue(texts: Texts, at: number) {
  const [hash, text, number] = texts.slice(at * 3, at * 3 + 3)
  return { hash: hash ?? null, text: text ?? null, number: number ?? null }
}

/** NaN and the infinities are near to nothing but themselves, and those have one hash. */
function isNear(one: string | null, other: string | null, tolerance: Tolerance): boolean {
  if (one === null || other === null) return false
  const most = typeof tolerance === 'number' ? tolerance : durationMs(tolerance) / 1000
  const apart = Math.abs(Number(one) - Number(other))
  // What two doubles cannot hold apart is no difference: 0.3 - 0.2 is a little more or less than 0.1.
  const slack = Number.EPSILON * 4 * Math.max(Math.abs(Number(one)), Math.abs(Number(other)))
  return Number.isFinite(apart) && apart <= most + slack
}
