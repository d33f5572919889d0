import type { RefusedFinding } from '../acceptance.ts'
import { type FactArguments, type Facts, type FactsFor, fillIn } from '../message.ts'
import type { Failure } from '../step.ts'
import { type ErrorCode, errorCatalogue } from './catalogue.ts'

/** All that is written of an error: what its facts have to fill. */
type TextOf<Code extends ErrorCode> = (typeof errorCatalogue)[Code]['says' | 'hint']

interface More {
  readonly cause?: unknown
  /** A short redacted excerpt of what a tool printed. */
  readonly excerpt?: string
  /** What it refuses for, one by one, safe to be shown. */
  readonly findings?: readonly RefusedFinding[]
}

/**
 * An error that a person will read: a stable code, what was seen, what to do next. A fact that its texts name and that
 * is not given does not compile.
 */
export class SalvorError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly hint: string
  readonly facts: Facts
  readonly excerpt: string | undefined
  readonly findings: readonly RefusedFinding[] | undefined

  constructor(code: Code, ...rest: [...FactArguments<TextOf<Code>>, more?: More]) {
    const [facts = {}, more = {}] = rest as unknown as readonly [facts?: Facts, more?: More]
    const entry = errorCatalogue[code]
    super(fillIn(entry.says, facts), { cause: more.cause })
    this.name = 'SalvorError'
    this.code = code
    this.facts = facts
    this.hint = fillIn(entry.hint, facts)
    this.excerpt = more.excerpt
    this.findings = more.findings
  }

  /** The same without what must not be kept. */
  redacted(redact: (text: string) => string): SalvorError {
    const { code, facts, cause, excerpt, findings } = this
    const more = {
      cause,
      ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
      ...(findings && { findings }),
    }
    return SalvorError.from(code, redactFacts(facts, redact), more)
  }

  /** An error whose code is only known as it runs, with facts that were given for it before. */
  static from(code: ErrorCode, facts: Facts, more: More = {}): SalvorError {
    return new SalvorError<'unexpected'>(code as 'unexpected', facts as FactsFor<TextOf<'unexpected'>>, more)
  }
}

/**
 * What is kept of any thrown value. What is not in the catalogue becomes `unexpected`, because a failure
 * without words is worse than a clumsy one. `redact` is applied to all that a fact or an excerpt may carry.
 */
export function describeFailure(thrown: unknown, redact: (text: string) => string): Failure {
  if (thrown instanceof SalvorError) {
    const { code, excerpt, findings } = thrown
    return {
      code,
      facts: redactFacts(thrown.facts, redact),
      ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
      ...(findings === undefined ? {} : { findings }),
    }
  }
  const seen = redact(thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 300)
  return { code: 'unexpected', facts: { seen } }
}

/** Facts whose texts hold nothing that must not be kept. */
export function redactFacts(facts: Facts, redact: (text: string) => string): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  )
}
