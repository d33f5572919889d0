export type IncidentState = 'open' | 'recovered' | 'closed'

/** The legal moves of an incident; reopening leads back to `open`. */
export const incidentMoves: Record<IncidentState, readonly IncidentState[]> = {
  open: ['recovered', 'closed'],
  recovered: ['open', 'closed'],
  closed: ['open'],
}

/** Where the beginning of the migration is known from: typed by a person, or read from its log. */
export type BeganSource = 'said' | 'log'

/** The human occasion: one channel, one thread. Times are ISO 8601 in UTC. */
export interface Incident {
  /** Counts from 1 over the whole installation; shown as `#7`. Number 0 is the journal `system`. */
  readonly number: number
  readonly title: string
  readonly severity: 1 | 2 | 3 | 4
  readonly state: IncidentState
  /** The Slack channel; null when it was opened in a terminal while Slack was not configured. */
  readonly channel: string | null
  /** The system named with `--system`, if any. */
  readonly system: string | null
  readonly openedBy: string
  readonly openedAt: string
  /** Who leads it since it was handed over; null while whoever opened it does. */
  readonly lead: string | null
  /** The newest words for those who wait for the outcome, whose they are, and when they were said. */
  readonly updateText: string | null
  readonly updatedBy: string | null
  readonly updatedAt: string | null
  /** When the migration began: backups are chosen by this. */
  readonly beganAt: string | null
  readonly beganSource: BeganSource | null
  /** The time by which service must be back (`--by`). */
  readonly deadline: string | null
  readonly recoveredAt: string | null
  readonly closedAt: string | null
  /** Number and hash of the newest event: the head of the journal's chain. */
  readonly headNo: number
  readonly headHash: string
}

/** Who leads an incident: whoever opened it, until somebody takes over. */
export function leadOf(incident: Incident): string {
  return incident.lead ?? incident.openedBy
}
