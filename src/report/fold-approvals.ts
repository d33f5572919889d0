import type { Event } from '../domain/events.ts'
import { plainText } from '../domain/text.ts'
import type { ReportedApproval } from './report.ts'

type Draft = { -readonly [K in keyof ReportedApproval]: ReportedApproval[K] }

/** Every approval that was asked for, oldest first: what was shown, who decided, how it ended. */
export function foldApprovals(events: readonly Event[]): ReportedApproval[] {
  const approvals = new Map<string, Draft>()
  for (const event of events) {
    if (event.type === 'approval_asked') approvals.set(event.data.approval, begin(event))
    else applyEvent(approvals, event)
  }
  return [...approvals.values()]
}

/** Who approved what was then used, by job: a granted card that was superseded moved nothing. */
export function listApprovers(approvals: readonly ReportedApproval[]): Map<string, readonly string[]> {
  const byJob = new Map<string, readonly string[]>()
  for (const { job, state, decisions } of approvals) {
    if (state !== 'used') continue
    const people = decisions.filter(({ decision }) => decision === 'approve').map(({ person }) => person)
    byJob.set(job, [...new Set([...(byJob.get(job) ?? []), ...people])])
  }
  return byJob
}

function begin(event: Event<'approval_asked'>): Draft {
  const { approval, subject, code, digest } = event.data
  return {
    id: approval,
    job: event.job ?? '',
    action: plainText(subject.action),
    code,
    digest,
    askedAt: event.at,
    lost: plainText(subject.lost),
    unproven: plainText(subject.unproven),
    decisions: [],
    state: 'asked',
  }
}

function applyEvent(approvals: Map<string, Draft>, event: Event): void {
  switch (event.type) {
    case 'approval_decided': {
      const approval = approvals.get(event.data.approval)
      if (!approval) return
      const { decision, reason } = event.data
      const plain = reason === null ? null : plainText(reason)
      approval.decisions = [...approval.decisions, { person: event.actor, decision, reason: plain, at: event.at }]
      if (decision === 'reject') approval.state = 'rejected'
      return
    }
    case 'approval_emergency': {
      const approval = approvals.get(event.data.approval)
      if (!approval) return
      const reason = `alone, nobody answered: ${plainText(event.data.reason)}`
      approval.decisions = [...approval.decisions, { person: event.actor, decision: 'approve', reason, at: event.at }]
      return
    }
    case 'approval_granted':
    case 'approval_used':
    case 'approval_expired':
    case 'approval_superseded': {
      const approval = approvals.get(event.data.approval)
      if (approval) approval.state = event.type.replace('approval_', '')
      return
    }
    default:
      return
  }
}
