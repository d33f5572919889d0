import type { ApprovalSubject } from '../../domain/approval.ts'
import { type ApprovalWhy, approvalWhy } from '../../domain/approval-why.ts'
import { digestOf } from '../../domain/digest.ts'
import type { Json } from '../../domain/json.ts'

/** What else stands on a card, and how it is said that it changed. */
const shown = [
  ['proven_changed', ({ proven }) => proven],
  ['unproven_changed', ({ unproven }) => unproven],
  ['warnings_changed', ({ warnings = [] }) => JSON.parse(JSON.stringify(warnings))],
  ['back_changed', ({ back }) => back],
] as const satisfies readonly (readonly [string, (of: ApprovalSubject) => Json])[]

/** What changed between two cards: at least one thing. */
export function nameChanges(before: ApprovalSubject, now: ApprovalSubject): ApprovalWhy[] {
  const changes: ApprovalWhy[] = []
  for (const table of new Set([...Object.keys(before.ceiling), ...Object.keys(now.ceiling)])) {
    const [was, is] = [before.ceiling[table] ?? 0, now.ceiling[table] ?? 0]
    if (was !== is) changes.push(approvalWhy('rows_lost', { table, now: is, before: was }))
  }
  if (before.does.join('\n') !== now.does.join('\n')) changes.push(approvalWhy('commands_changed'))
  const accepted = (of: ApprovalSubject) => (of.accepted ?? []).map((one) => one.digest).join()
  if (accepted(before) !== accepted(now)) changes.push(approvalWhy('accepted_changed'))
  for (const [code, of] of shown) {
    if (digestOf(of(before)) !== digestOf(of(now))) changes.push(approvalWhy(code))
  }
  if (before.target !== now.target)
    changes.push(approvalWhy('target_other', { now: now.target, before: before.target }))
  return changes.length > 0 ? changes : [approvalWhy('evidence_changed')]
}
