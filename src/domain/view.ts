import type { Acceptance } from './acceptance.ts'
import type { Approval } from './approval.ts'
import type { Ask } from './ask.ts'
import type { Incident } from './incident.ts'
import type { Job } from './job.ts'
import type { Step } from './step.ts'

/** All that a card of one job is drawn from, read in one statement's snapshot. */
export interface JobView {
  readonly job: Job
  /** In the order in which they happen. */
  readonly steps: readonly Step[]
  /** Every approval that was asked for it, oldest first. */
  readonly approvals: readonly Approval[]
  /** Findings over which people went on, oldest first. */
  readonly accepted: readonly Acceptance[]
  /** What people were asked in it, oldest first. */
  readonly asks: readonly Ask[]
}

/** All that an incident's root message, status and report begin with. */
export interface IncidentView {
  readonly incident: Incident
  /** Oldest first. */
  readonly jobs: readonly JobView[]
}

/** The approval that waits for a decision or for its step, if any. */
export function findOpenApproval(view: JobView): Approval | undefined {
  return view.approvals.findLast((approval) => approval.state === 'asked' || approval.state === 'granted')
}

/** The step that is at work, or the next that will be. */
export function findCurrentStep(view: JobView): Step | undefined {
  return view.steps.find((step) => step.state !== 'done' && step.state !== 'skipped')
}
