/** The candidate that is fewest slips (insert, delete, replace, swap) away from a word; undefined without candidates. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase().slice(0, 60)
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const name of candidates) {
    const distance = countSlips(wanted, name.toLowerCase())
    if (best === undefined || distance < best.distance) best = { name, distance }
  }
  return best?.name
}

/** What an error says to somebody whose word is none of those that there are: the nearest, and all. */
export function nameKnown(
  word: string,
  known: readonly string[],
): { readonly nearest: string; readonly known: string } {
  return { nearest: findNearest(word, known) ?? 'none', known: known.join(', ') || 'none' }
}

/** The nearest candidate, if it is near enough to be a slip of the finger rather than another word. */
export function findLikely(word: string, candidates: readonly string[]): string | undefined {
  const near = findNearest(word, candidates)
  if (near === undefined) return undefined
  const slips = countSlips(word.toLowerCase().slice(0, 60), near.toLowerCase())
  return slips <= Math.max(1, Math.ceil(near.length / 2)) ? near : undefined
}

/** Optimal string alignment distance. */
export function countSlips(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped && row > 1 && column > 1) slips = Math.min(slips, (beforeLast[column - 2] ?? 0) + 1)
      current.push(slips)
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}
