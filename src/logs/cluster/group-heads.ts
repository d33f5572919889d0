import { maskText, variable } from './mask-text.ts'

/** From this many different words on, a place in a pattern holds a value, not a word of the message. */
const manyWords = 4

/** Messages of one kind. */
export interface HeadGroup {
  /** The words that all share; `<*>` where they differ. */
  readonly template: string
  /** Positions in the list that was given, ascending. */
  readonly members: readonly number[]
}

/**
 * Groups messages by what they say, over all of them at once: better than one by one, for a report. Messages of equal
 * length share a group when the words that are equally frequent with each other are the same: the idea of the longest
 * common pattern from Yu et al., "Brain: Log Parsing with Bidirectional Parallel Tree" (IEEE TSC 2023), with masks and
 * a threshold of our own. Memory: the words of all heads.
 */
export function groupHeads(heads: readonly string[]): HeadGroup[] {
  const words = heads.map(maskText)
  const byLength = collect(words.keys(), (index) => words[index]?.length ?? 0)
  const byTemplate = new Map<string, number[]>()
  for (const members of byLength.values())
    for (const group of splitByPattern(members, words))
      for (const [template, same] of nameTemplates(group, words)) {
        const known = byTemplate.get(template)
        if (known) known.push(...same)
        else byTemplate.set(template, same)
      }
  return [...byTemplate].map(([template, members]) => ({ template, members: members.sort((a, b) => a - b) }))
}

type Words = readonly (readonly string[])[]

/** Splits messages of one length by their most telling words. */
function splitByPattern(members: readonly number[], words: Words): Iterable<number[]> {
  const counts = new Map<string, number>()
  for (const index of members)
    for (const [place, word] of (words[index] ?? []).entries()) {
      const key = `${place} ${word}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return collect(members, (index) => findPattern(words[index] ?? [], counts)).values()
}

/** The largest set of words that are equally frequent: those were written together. Of two as large, the more frequent. */
function findPattern(words: readonly string[], counts: ReadonlyMap<string, number>): string {
  const byCount = new Map<number, string[]>()
  for (const [place, word] of words.entries()) {
    if (word === variable) continue
    const key = `${place} ${word}`
    const count = counts.get(key) ?? 0
    const same = byCount.get(count)
    if (same) same.push(key)
    else byCount.set(count, [key])
  }
  let best: readonly [number, readonly string[]] = [0, []]
  for (const [count, same] of byCount)
    if (same.length > best[1].length || (same.length === best[1].length && count > best[0])) best = [count, same]
  return best[1].join('\n')
}

/** Templates of a group: places with many words are values, those with few tell messages apart. */
function nameTemplates(group: readonly number[], words: Words): Map<string, number[]> {
  const length = words[group[0] ?? 0]?.length ?? 0
  const isValue = Array.from({ length }, (_, place) => {
    const seen = new Set(group.map((index) => words[index]?.[place] ?? ''))
    // Who speaks stands first: `cupsd startup succeeded` and `syslogd startup succeeded` are two messages.
    if (place === 0 && [...seen].every((word) => /^[A-Za-z._]+:?$/.test(word))) return false
    return seen.size >= manyWords
  })
  return collect(group, (index) =>
    (words[index] ?? []).map((word, place) => (isValue[place] ? variable : word)).join(' '),
  )
}

function collect<Key>(indexes: Iterable<number>, keyOf: (index: number) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>()
  for (const index of indexes) {
    const key = keyOf(index)
    const known = groups.get(key)
    if (known) known.push(index)
    else groups.set(key, [index])
  }
  return groups
}
