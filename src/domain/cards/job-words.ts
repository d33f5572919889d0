import type { CardButton, ChecklistItem } from '../card.ts'
import type { JobState } from '../job.ts'
import { describeLeft } from '../left-behind.ts'
import type { StepState } from '../step.ts'
import { findCurrentStep, findOpenApproval, type JobView } from '../view.ts'

/** The sign before a job's name; a job at work needs none. */
export const stateIcons: Record<JobState, string> = {
  requested: '⏳',
  planned: '⏳',
  running: '▶',
  awaiting_approval: '✋',
  awaiting_person: '✋',
  succeeded: '✅',
  failed: '❌',
  stopped: '⏹',
  rejected: '🚫',
  needs_person: '❓',
}

/** A job's state in words. */
export const stateWords: Record<JobState, string> = {
  requested: 'asked for',
  planned: 'planned, starts soon',
  running: 'running',
  awaiting_approval: 'waits for approval',
  awaiting_person: 'waits for a person',
  succeeded: 'done',
  failed: 'failed',
  stopped: 'stopped',
  rejected: 'rejected',
  needs_person: 'needs a person',
}

/** How a step is ticked off. A step that only a person can settle is as open as one in doubt. */
export const stepItems: Record<StepState, ChecklistItem['state']> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  failed: 'failed',
  in_doubt: 'in_doubt',
  needs_person: 'in_doubt',
}

/** True for an approval card that ran out while its job stays parked: it can be asked again. */
export function canAskAgain(view: JobView): boolean {
  const isParked = view.job.state === 'awaiting_approval' && findOpenApproval(view) === undefined
  return isParked && view.approvals.at(-1)?.state === 'expired'
}

/** What helps where a job failed, as its kind says. */
export interface Instead {
  /** The best first. */
  readonly offers: readonly CardButton[]
  /** Whether trying again may help as well; else it would end in the same way. */
  readonly retry: boolean
}

/** What people may do with a job beside what its state allows: engine/job-offers.ts finds it. */
export interface JobOffers {
  /** Its effect can still be taken back. */
  readonly undo: boolean
  readonly instead?: Instead | null | undefined
}

/** What can be pressed on a job's card in its state. */
export function listJobButtons(view: JobView, { undo, instead = null }: JobOffers): CardButton[] {
  const { id, state } = view.job
  switch (state) {
    case 'requested':
    case 'planned':
    case 'running':
    case 'awaiting_person':
      return view.job.stopRequestedAt ? [] : [stopButton(id)]
    case 'awaiting_approval':
      if (view.job.stopRequestedAt) return []
      return canAskAgain(view) ? [retryButton(id), stopButton(id)] : [stopButton(id)]
    case 'failed':
    case 'stopped':
      return [...goOnButtons(view, instead), ...cleanUpButton(view)]
    case 'needs_person':
      return goOnButtons(view, instead)
    case 'succeeded':
      return undo ? [{ verb: 'Undo', rest: id, command: `undo ${id}` }] : []
    case 'rejected':
      return cleanUpButton(view)
  }
}

/**
 * How a job that stands still goes on. A failed step is tried again; without one (it failed before its steps were
 * known, or after the last) it is resumed. What was cleaned up must be asked for anew.
 */
function goOnButtons(view: JobView, instead: Instead | null): CardButton[] {
  const { id, state, outcome } = view.job
  if (outcome !== null && typeof outcome === 'object' && 'cleanedUp' in outcome) return []
  const step = findCurrentStep(view)
  // Only a person can settle it: the surface asks which, and how they know.
  if (state === 'needs_person' || step?.state === 'needs_person')
    return [{ verb: 'Resume', rest: id, command: `resume ${id} --settle done` }]
  if (state === 'failed' && step !== undefined) {
    const { offers, retry } = instead ?? { offers: [], retry: true }
    return [...offers, ...(retry ? [retryButton(id)] : [])]
  }
  return [{ verb: 'Resume', rest: id, command: `resume ${id}`, style: 'primary' }]
}

/** Stopping a job that rests puts away what it left behind. */
function cleanUpButton({ job }: JobView): CardButton[] {
  if (job.leftBehind.length === 0 || job.cleanUpRequestedBy !== null) return []
  const confirm = { title: `Clean up ${job.id}?`, text: `Puts away: ${job.leftBehind.map(describeLeft).join(', ')}` }
  return [{ verb: 'Stop', rest: `${job.id}, clean up`, command: `stop ${job.id}`, confirm }]
}

function retryButton(id: string): CardButton {
  return { verb: 'Retry', rest: id, command: `retry ${id}`, style: 'primary' }
}

function stopButton(id: string): CardButton {
  const confirm = { title: `Stop ${id}?`, text: 'It stops for real. The card then says what is left.' }
  return { verb: 'Stop', rest: id, command: `stop ${id}`, style: 'danger', confirm }
}
