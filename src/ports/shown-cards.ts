/** Remembers which card was shown to whom at a terminal: only what was before somebody's eyes can be decided by words. */
export interface ShownCards {
  /** `at` is ISO 8601. The first time counts; showing it again changes nothing. */
  record(approval: string, person: string, at: string): Promise<void>
}
