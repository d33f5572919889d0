import { type Facts, fillIn } from '../message.ts'
import { type ErrorCode, errorCatalogue } from './catalogue.ts'
import { redactFacts, SalvorError } from './fail.ts'

/** An error as it is listed and stored: a code of the catalogue with its facts, and no sentence. */
export type ErrorMessage = { readonly code: string; readonly facts: Facts }

/** What is kept of anything thrown where it fails nothing. Nothing of it is redacted here: tools do that, see redact-errors.ts. */
export function messageOf(thrown: unknown): ErrorMessage {
  const error =
    thrown instanceof SalvorError
      ? thrown
      : new SalvorError('unexpected', { seen: thrown instanceof Error ? thrown.message : String(thrown) })
  return { code: error.code, facts: error.facts }
}

/** The same with nothing in its facts that must not be kept. */
export function redactMessage({ code, facts }: ErrorMessage, redact: (text: string) => string): ErrorMessage {
  return { code, facts: redactFacts(facts, redact) }
}

/** Its sentence, for where it is shown. A code of another version stands for itself. */
export function describeError({ code, facts }: ErrorMessage): string {
  return isKnown(code) ? fillIn(errorCatalogue[code].says, facts) : code
}

/** What to do about it, in a sentence. */
export function hintOf({ code, facts }: ErrorMessage): string {
  return isKnown(code) ? fillIn(errorCatalogue[code].hint, facts) : ''
}

/** The same as an error, for where it ends something after all. */
export function toError(message: ErrorMessage): SalvorError {
  const { code, facts } = message
  return isKnown(code) ? SalvorError.from(code, facts) : new SalvorError('unexpected', { seen: code })
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}
