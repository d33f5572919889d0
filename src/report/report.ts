import type { JobState } from '../domain/job.ts'

/**
 * The outcome of an incident as data, before any surface draws it. Everything comes from the journal; what it does
 * not say is null or said as unknown. Texts may carry marks (domain/text.ts); words of people carry none.
 */
export interface Report {
  readonly incident: number
  readonly title: string
  readonly severity: number
  readonly state: 'open' | 'recovered' | 'closed'
  readonly openedAt: string
  readonly openedBy: string
  readonly beganAt: string | null
  readonly beganSource: string | null
  readonly deadline: string | null
  readonly recoveredAt: string | null
  readonly recoveredBy: string | null
  readonly closedAt: string | null
  /** From opening to recovered, in milliseconds; null while it is not. */
  readonly tookMs: number | null
  /** From recovered to the deadline, negative when late; null when either is unknown. */
  readonly toSpareMs: number | null
  /** What somebody did alone because nobody answered. */
  readonly emergencies: readonly { readonly at: string; readonly by: string; readonly text: string }[]
  /** Findings over which somebody went on, and why. */
  readonly accepted: readonly ReportedNote[]
  readonly cause: string
  readonly jobs: readonly ReportedJob[]
  readonly proven: readonly string[]
  readonly lost: readonly string[]
  readonly left: readonly string[]
  readonly failures: readonly ReportedFailure[]
  readonly approvals: readonly ReportedApproval[]
  readonly notes: readonly ReportedNote[]
  readonly lessons: readonly ReportedNote[]
  /** Messages of the thread that people put on the record, in the order in which they were said. */
  readonly pinned: readonly ReportedPin[]
  readonly timeline: readonly TimelineEntry[]
  readonly audit: ReportedAudit
  /** IANA zone of the plan. */
  readonly timezone: string
  readonly madeAt: string
}

export interface ReportedJob {
  readonly id: string
  readonly kind: string
  readonly words: string
  readonly requester: string
  readonly requestedAt: string
  readonly state: JobState
  readonly endedAt: string | null
  readonly approvedBy: readonly string[]
  /** What its kind says of it, or why it ended otherwise; null while at work. */
  readonly summary: string | null
  /** The jobs that took it back, then that, and so on; see `stillStands`. */
  readonly takenBack: readonly string[]
}

export interface ReportedFailure {
  readonly at: string
  readonly job: string
  readonly step: string | null
  readonly code: string
  readonly said: string
}

export interface ReportedApproval {
  readonly id: string
  readonly job: string
  readonly action: string
  readonly code: string
  readonly digest: string
  readonly askedAt: string
  readonly lost: string
  readonly unproven: string
  readonly decisions: readonly {
    readonly person: string
    readonly decision: 'approve' | 'reject'
    readonly reason: string | null
    readonly at: string
  }[]
  /** `asked`, `granted`, `used`, `rejected`, `expired` or `superseded`. */
  readonly state: string
}

export interface ReportedNote {
  readonly at: string
  readonly by: string
  readonly text: string
}

export interface ReportedPin extends ReportedNote {
  /** What its author made of it since. */
  readonly since: 'edited' | 'deleted' | null
}

interface TimelineEntry {
  readonly no: number
  readonly at: string
  readonly by: string
  readonly text: string
}

/** What re-computing the journal's chain found. */
export interface ReportedAudit {
  readonly whole: boolean
  readonly events: number
  readonly headHash: string
  /** Where and why it is broken. */
  readonly why?: string
}
