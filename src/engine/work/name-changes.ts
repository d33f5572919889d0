import type { ApprovalSubject } from '../../domain/approval.ts'

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
  if (before.target !== now.target) changes.push(`the target is ${now.target}, not ${before.target}`)
  return changes.length > 0 ? changes.join('; ') : 'the target or the evidence is not the same any more'
}
