import type { Failure } from '../step.ts'
import { type ErrorCode, errorCatalogue } from './catalogue.ts'

/** Values that fill the `{placeholders}` of a catalogue sentence. Redact them before they come here. */
export type Facts = { readonly [name: string]: string | number }

/** An error that a person will read: a stable code, what was seen, what to do next. */
export class SalvorError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  readonly facts: Facts
  readonly excerpt: string | undefined

  constructor(code: ErrorCode, facts: Facts = {}, more: { cause?: unknown; excerpt?: string } = {}) {
    const entry = errorCatalogue[code]
    super(fill(entry.says, facts), { cause: more.cause })
    this.name = 'SalvorError'
    this.code = code
    this.facts = facts
    this.hint = fill(entry.hint, facts)
    this.excerpt = more.excerpt
  }
}

/** The one place where an error's message is composed. */
function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole))
}

/**
 * What is kept of any thrown value. What is not in the catalogue becomes `unexpected`, because a failure
 * without words is worse than a clumsy one. `redact` is applied to text that did not come from the catalogue.
 */
export function describeFailure(thrown: unknown, redact: (text: string) => string): Failure {
  if (thrown instanceof SalvorError) {
    const { code, message, hint, excerpt } = thrown
    return {
      code,
      said: redact(message),
      hint: redact(hint),
      ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
    }
  }
  const seen = thrown instanceof Error ? thrown.message : String(thrown)
  const unexpected = new SalvorError('unexpected', { seen: redact(seen).slice(0, 300) })
  return { code: unexpected.code, said: unexpected.message, hint: unexpected.hint }
}
