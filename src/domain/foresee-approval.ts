import { isResting } from './job.ts'
import { findCurrentStep, findOpenApproval, type JobView } from './view.ts'

/** An approval that a job will need when it comes to a step. */
export interface ForeseenApproval {
  /** Title of the step. */
  readonly step: string
  /** Roles that will have to approve. */
  readonly from: readonly string[]
  /** About when, ISO 8601 UTC; null where nothing tells. */
  readonly at: string | null
}

/**
 * Whose approval a job at work will need, and about when: as long as the last one like it took to ask, else as soon as
 * the step at work says that it is ready. Null when none is to come, or it is asked for already.
 */
export function foreseeApproval(view: JobView, last: JobView | undefined, now: Date): ForeseenApproval | null {
  if (isResting(view.job.state) || view.job.state === 'awaiting_approval' || findOpenApproval(view)) return null
  const step = view.steps.find(({ needsApproval, state }) => needsApproval && state === 'waiting')
  if (step?.approvalFrom === undefined || step.approvalFrom.length === 0) return null
  const times = [addTook(view, last), findCurrentStep(view)?.progress?.readyBetween?.[1]]
  const at = times.find((time) => time != null && Date.parse(time) > now.getTime()) ?? null
  return { step: step.title, from: step.approvalFrom, at }
}

/** This one's beginning, plus what the last one took until it asked. */
function addTook(view: JobView, last: JobView | undefined): string | null {
  const asked = last?.approvals[0]?.askedAt
  const [began, before] = [view.steps[0]?.startedAt, last?.steps[0]?.startedAt]
  if (asked === undefined || began == null || before == null) return null
  return new Date(Date.parse(began) + Date.parse(asked) - Date.parse(before)).toISOString()
}
