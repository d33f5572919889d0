import { createTwoFilesPatch } from 'diff'

/** A unified diff of two small texts; '' for equal ones. */
export function writeUnifiedDiff(before: string, now: string, names: { before: string; now: string }): string {
  if (before === now) return ''
  const patch = createTwoFilesPatch(names.before, names.now, before, now, undefined, undefined, { context: 3 })
  return patch.slice(patch.indexOf('---'))
}
