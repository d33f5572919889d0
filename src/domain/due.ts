export const dueKinds = [
  'approval_remind',
  'approval_escalate',
  'approval_expire',
  'page',
  'ask_remind',
  'ask_escalate',
  'ask_expire',
] as const

/** What can be due: each kind has one handler (engine/due) and one label where it is shown. */
export type DueKind = (typeof dueKinds)[number]

/** Something that happens at a time, and not because somebody says so. */
export interface Due {
  /** Its kind and what it is about: the same thing is due once. */
  readonly id: string
  readonly kind: DueKind
  /** What it is about, such as an approval's id. */
  readonly subject: string
  readonly incident: number
  readonly job: string | null
  /** When, ISO 8601 in UTC, by the store's clock. */
  readonly at: string
  /** How often it was tried and could not be done. */
  readonly tries: number
}

/** Milliseconds until something that could not be done is tried again: 5 s, doubled each time, at most 5 min. */
export function backoffMs(tries: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, tries), 300_000)
}
