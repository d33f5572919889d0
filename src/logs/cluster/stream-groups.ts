import { maskText, variable } from './mask-text.ts'

/** One kind of message, as known so far. */
export interface StreamGroup {
  readonly id: number
  /** The words that all share; `<*>` where they differ. Grows more general as messages come. */
  readonly template: string
  readonly count: number
}

/** Groups messages while they come. */
export interface StreamGrouper {
  /** The id of the group that this message belongs to; a new one where there is none like it. */
  add(text: string): number
  /** Known groups, the most frequent first. */
  list(): StreamGroup[]
  /** Groups that were forgotten to keep memory bounded. */
  readonly forgotten: number
}

/** Share of equal words from which two messages of one length and one first word are of a kind. */
const alike = 0.6

interface Known {
  readonly id: number
  words: string[]
  count: number
}

/**
 * A grouper of the Drain family (He et al., ICWS 2017): candidates by length and first word, then the most alike.
 * Keeps at most `most` groups; the one not seen for longest is forgotten. Memory: `most` templates.
 */
export function createStreamGrouper(most = 1_000): StreamGrouper {
  const buckets = new Map<string, Set<Known>>()
  /** In the order in which they were last seen. */
  const order = new Map<Known, string>()
  let nextId = 1
  let forgotten = 0

  const forgetOldest = () => {
    const oldest = order.entries().next().value
    if (!oldest) return
    const [known, key] = oldest
    order.delete(known)
    const bucket = buckets.get(key)
    bucket?.delete(known)
    if (bucket?.size === 0) buckets.delete(key)
    forgotten++
  }

  return {
    add(text) {
      const words = maskText(text)
      const key = `${words.length} ${words[0] ?? ''}`
      const bucket = buckets.get(key) ?? new Set()
      buckets.set(key, bucket)
      const known = findMostAlike(bucket, words) ?? { id: nextId++, words, count: 0 }
      known.words = known.words.map((word, place) => (word === words[place] ? word : variable))
      known.count++
      bucket.add(known)
      order.delete(known)
      order.set(known, key)
      if (order.size > most) forgetOldest()
      return known.id
    },
    list: () =>
      [...order.keys()]
        .sort((one, other) => other.count - one.count || one.id - other.id)
        .map(({ id, words, count }) => ({ id, template: words.join(' '), count })),
    get forgotten() {
      return forgotten
    },
  }
}

function findMostAlike(bucket: ReadonlySet<Known>, words: readonly string[]): Known | undefined {
  let best: Known | undefined
  let most = alike * words.length
  for (const known of bucket) {
    let same = 0
    for (const [place, word] of known.words.entries()) if (word === words[place]) same++
    if (same < most || (best && same === most)) continue
    best = known
    most = same
  }
  return best
}
