import type { Label } from '../codes/label.ts'

/** One family of messages. Patterns have no nested quantifiers; gaps are bounded, so that time stays linear. */
export interface Rule {
  readonly label: Label
  readonly pattern: RegExp
  /**
   * `consequence`: follows from a failure before it. `wrapper`: only says that something below it failed.
   * `always`: a cause whatever level the line gives itself.
   */
  readonly role?: 'consequence' | 'wrapper' | 'always'
}

/** Rules of one label, in the order given. */
export function makeRules(label: Label, patterns: readonly RegExp[], role?: Rule['role']): readonly Rule[] {
  return patterns.map((pattern) => ({ label, pattern, ...(role ? { role } : {}) }))
}
