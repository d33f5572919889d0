/** What stands for data that was taken out: its kind, and a short mark by which equal values are known. */
export type Tag = (kind: string, value: string) => string

/** Stands on each further line of a value of several lines, so that lines keep their numbers. */
export const furtherLine = '‹…›'

const tagged = /‹[^‹›\n]{1,200} [0-9a-f]{4}›(?:\n‹…›)*/y

/** Where a tag that begins at `start` ends; -1 where none begins. */
export function findTagEnd(text: string, start: number): number {
  if (text[start] !== '‹') return -1
  tagged.lastIndex = start
  const match = tagged.exec(text)
  return match === null ? -1 : start + match[0].length
}

/** Whether a value is nothing but a tag, and so was taken out before. */
export function isTag(value: string): boolean {
  return findTagEnd(value, 0) === value.length && value !== ''
}
