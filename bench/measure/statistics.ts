/** Times of one kind, in milliseconds unless the name says otherwise. */
export interface Spread {
  readonly n: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** The value below which the part `quantile` (0 to 1) of the samples lies: nearest rank, so always one that was seen. */
function findQuantile(samples: readonly number[], quantile: number): number {
  const sorted = samples.toSorted((one, other) => one - other)
  const rank = Math.max(1, Math.ceil(quantile * sorted.length))
  const found = sorted[Math.min(rank, sorted.length) - 1]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** The middle value; of an even number of samples the mean of the two in the middle. */
export function findMedian(samples: readonly number[]): number {
  const sorted = samples.toSorted((one, other) => one - other)
  const high = sorted[Math.floor(sorted.length / 2)]
  const low = sorted[Math.ceil(sorted.length / 2) - 1]
  if (high === undefined || low === undefined) throw new Error('nothing was measured')
  return (low + high) / 2
}

export function summarise(samples: readonly number[]): Spread {
  return {
    n: samples.length,
    p50: round(findQuantile(samples, 0.5)),
    p99: round(findQuantile(samples, 0.99)),
    max: round(findQuantile(samples, 1)),
  }
}

/** Three digits after the point: microseconds where the unit is the millisecond. More would be noise. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** One over the other, by runs that followed each other; the median of them resists a disturbed run. */
export function compareRuns(
  ours: readonly number[],
  theirs: readonly number[],
): { readonly median: number; readonly runs: readonly number[] } {
  const runs = ours.map((one, at) => one / (theirs[at] ?? Number.NaN))
  return { median: round(findMedian(runs)), runs: runs.map(round) }
}
