/** "Look at job X again." May be lost or doubled without harm: the sweep makes new ones from the store. */
export interface Wakeups {
  /** `eventNo` makes the id, so that the same news wakes once. Never throws: a queue that is down loses nothing. */
  wake(of: { readonly job: string; readonly eventNo: number; readonly worker: string | null }): Promise<void>
}

/** Takes wakeups for one worker name and for `any`. */
export interface WakeupWorker {
  start(): Promise<void>
  /** Takes no new wakeups; waits for those at work up to `graceMs`. */
  stop(graceMs: number): Promise<void>
}
