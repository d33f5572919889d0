/** One-time codes as a person's second factor: who knows only an account or a Slack session cannot decide by it. */
export interface SecondFactor {
  /**
   * Uses a person's code up. Throws totp_unknown where the person has none, totp_wrong, totp_used for a code that
   * counted before, and totp_locked after too many wrong ones.
   */
  use(person: string, code: string): Promise<void>
}

/** How one attempt ended; `until` is ISO 8601 UTC, `left` how many more may be wrong. */
export type CodeVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'locked'; readonly until: string }

/** Remembers which codes counted and which were wrong, over all processes. Keeps no code. */
export interface CodeLedger {
  /**
   * One attempt of a person; attempts of one person happen one after another. `judge` answers the time step that
   * the code belongs to, null for a wrong one; it is not asked while the person is locked out.
   */
  attempt(person: string, judge: () => number | null): Promise<CodeVerdict>
}
