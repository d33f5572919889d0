/**
 * A card as data: what a job, approval or answer says, before any surface draws it. Builders in `cards/` are
 * pure functions of state; Slack draws blocks of it, a terminal lines. Texts may carry marks (text.ts).
 */
export interface Card {
  /** First line, short enough for a phone: about 40 characters before it wraps. */
  readonly headline: string
  readonly rows: readonly CardRow[]
  readonly buttons: readonly CardButton[]
  /** What a lock screen shows: action, target, loss, deadline. No marks for people who need no alert. */
  readonly fallback: string
}

export type CardRow =
  | { readonly kind: 'text'; readonly text: string }
  /** Label and value, aligned where the surface can: `Lost  at most 212 orders`. */
  | { readonly kind: 'fact'; readonly label: string; readonly text: string }
  | { readonly kind: 'bar'; readonly fraction: number; readonly text: string }
  | { readonly kind: 'checklist'; readonly items: readonly ChecklistItem[] }
  /** Exact commands or a log excerpt, never interpreted. */
  | { readonly kind: 'code'; readonly text: string /** Somebody decides about it: never cut. */; readonly whole?: true }
  /** Small print. */
  | { readonly kind: 'small'; readonly text: string }
  /** Buttons in the middle of a card, as a list of restore points has one a row. */
  | { readonly kind: 'buttons'; readonly buttons: readonly CardButton[] }

export interface ChecklistItem {
  readonly state: 'done' | 'running' | 'waiting' | 'failed' | 'skipped' | 'in_doubt'
  readonly title: string
  readonly detail?: string
}

/** The first word of a button; every one has a command that does the same. */
export type ButtonVerb =
  | 'Approve'
  | 'Reject'
  | 'Details'
  | 'Stop'
  | 'Resume'
  | 'Retry'
  | 'Undo'
  | 'Restore'
  | 'Start full recovery'
  | 'Show backups'
  | 'Verify'
  | 'Close'
  | 'What failed?'
  | 'Pass'
  | 'Fail'
  | 'Blocked'
  | 'Comment'
  | 'Acknowledge'
  | 'Done'

export const buttonAsks = ['code', 'whole', 'whole and code'] as const

export type ButtonAsks = (typeof buttonAsks)[number]

export interface CardButton {
  readonly verb: ButtonVerb
  /** Words after the verb: `Approve switch`, `Stop restore-1`. */
  readonly rest: string
  /** The command that does the same, without a digest: `stop restore-1`. */
  readonly command: string
  /** For Approve and Reject: the approval's id and the full digest of what the card shows. */
  readonly approval?: { readonly id: string; readonly digest: string }
  readonly style?: 'primary' | 'danger'
  /** What must come before it takes effect: a one-time code, a window that shows all of the commands, or both. */
  readonly asks?: ButtonAsks
  /** A question asked before it takes effect. */
  readonly confirm?: { readonly title: string; readonly text: string }
}
