/**
 * What Salvor has said in Slack, so that nothing is said twice and every card can still be settled after a restart.
 * A message is known by its key (`root:7`, `job:restore-3`, `ask:<approval>:thread`), not by what it says.
 */
export interface PostedMessage {
  readonly key: string
  /** 0 for answers outside any incident. */
  readonly incident: number
  readonly channel: string
  /** Timestamp of the thread's root; null for a message of its own. */
  readonly thread: string | null
  /**
   * `intended`: the request may or may not have reached Slack. `refused`: Slack will never take it. `deleted`: somebody
   * took it away in Slack, and whether it comes back is not decided yet.
   */
  readonly state: 'intended' | 'posted' | 'refused' | 'deleted'
  /** Slack's name for it within its channel; null until known. */
  readonly ts: string | null
  /** SHA-256 of what it shows now; null until known. */
  readonly shows: string | null
  /** When the intent was recorded, ISO 8601: a search for a lost answer begins there. */
  readonly intendedAt: string
  /** True if it mentions or writes to a person, so that the phone rings; counted by job. */
  readonly notifies: boolean
  /** The job it is about, if any. */
  readonly job: string | null
}

/** Remembers messages and how far the journal of each incident has been told. Keeps no text. */
export interface MessageStore {
  find(key: string): Promise<PostedMessage | undefined>
  /** Every message of an incident whose key begins so, in the order of intent. */
  list(incident: number, keyPrefix: string): Promise<PostedMessage[]>
  /**
   * Records the intent to post, before posting. `fresh` is false where the key was known already: then an earlier
   * attempt may have reached Slack, and `message` is that one, unchanged. A deleted one is fresh: it is surely not there.
   */
  intend(
    of: Omit<PostedMessage, 'state' | 'ts' | 'shows'>,
  ): Promise<{ readonly fresh: boolean; readonly message: PostedMessage }>
  /** `thread` where it came to another one than was intended: its root had been deleted meanwhile. */
  recordPosted(key: string, ts: string, shows: string, thread?: string): Promise<void>
  /** After an edit in place. */
  recordShown(key: string, shows: string): Promise<void>
  recordRefused(key: string): Promise<void>
  /** The message in this place of Slack, if it is Salvor's. */
  findAt(channel: string, ts: string): Promise<PostedMessage | undefined>
  /** Somebody deleted it. False unless it was still known there: one deletion counts once, however it is heard of. */
  recordDeleted(key: string, ts: string): Promise<boolean>
  /** Deleted ones whose return is not decided yet, oldest first. */
  listDeleted(): Promise<PostedMessage[]>
  /** Number of the newest event of the incident that was told; 0 for none. */
  position(incident: number): Promise<number>
  advance(incident: number, no: number): Promise<void>
  /** Incidents (but not the journal `system`) that have events beyond their position, oldest first. */
  listBehind(): Promise<number[]>
  /**
   * One publisher at a time over all processes: true if `owner` holds the lease now, for the next `forMs`
   * milliseconds; calling again renews it. `forMs` 0 gives it back.
   */
  holdLease(owner: string, forMs: number): Promise<boolean>
}

/** Claims things that must count once: signatures of requests within their window. */
export interface RequestLedger {
  /** True for the first claim of an id, over all processes; false for every later one. */
  claim(id: string): Promise<boolean>
}
