import type { ApprovalSubject } from '../../domain/approval.ts'
import { digestOf } from '../../domain/digest.ts'
import type { Json } from '../../domain/json.ts'

/** What else stands on a card, each by what people call it there. */
const shown: readonly (readonly [string, (of: ApprovalSubject) => Json])[] = [
  ['what is proven', ({ proven }) => proven],
  ['what is not proven', ({ unproven }) => unproven],
  ['the warnings', ({ warnings = [] }) => JSON.parse(JSON.stringify(warnings))],
  ['the way back', ({ back }) => back],
]

/** What changed between two cards, in words. */
export function nameChanges(before: ApprovalSubject, now: ApprovalSubject): string {
  const changes: string[] = []
  for (const table of new Set([...Object.keys(before.ceiling), ...Object.keys(now.ceiling)])) {
    const [was, is] = [before.ceiling[table] ?? 0, now.ceiling[table] ?? 0]
    if (was !== is) changes.push(`${table}: ${is} rows would be lost, ${was} were shown`)
  }
  if (before.does.join('\n') !== now.does.join('\n')) changes.push('the commands differ')
  const accepted = (of: ApprovalSubject) => (of.accepted ?? []).map((one) => one.digest).join()
  if (accepted(before) !== accepted(now)) changes.push('other findings were accepted')
  for (const [what, of] of shown) {
    if (digestOf(of(before)) !== digestOf(of(now))) changes.push(`${what} changed`)
  }
  if (before.target !== now.target) changes.push(`the target is ${now.target}, not ${before.target}`)
  return changes.length > 0 ? changes.join('; ') : 'the target or the evidence is not the same any more'
}
