import type { Finding, Verification } from '../../domain/content.ts'
import type { FindingMessage } from '../../domain/finding-texts.ts'
import type { Json } from '../../domain/json.ts'

type Redact = (text: string) => string

/** Characters of a value that are kept: whole bodies of functions are what people need, megabytes are not. */
const MOST = 2_000
/** Of an object's name: an aggregate of a hundred arguments has one of thousands. */
const MOST_OF_NAME = 400
/** Of what a server printed. */
const MOST_OF_FACT = 500

/**
 * Findings as they may leave the comparison: values are definitions in the server's words, so bodies of functions and
 * options of foreign servers with whatever secrets people wrote into them. Redacted first and then cut, since half a
 * secret is none that a redactor knows.
 */
export function makeFindingsSafe(findings: readonly Finding[], redact: Redact): Finding[] {
  return findings.map(({ evidence: _kept, ...one }) => ({
    ...one,
    // Names of tables are asked for again, and the server keeps them short.
    name: one.subject === 'table' ? one.name : cut(redact(one.name), MOST_OF_NAME),
    expected: makeValueSafe(hideHashes(one, one.expected), redact),
    found: makeValueSafe(hideHashes(one, one.found), redact),
    why: one.why === null ? null : makeMessageSafe(one.why, redact),
  }))
}

/** All lists of a verification. */
export function makeVerificationSafe(verification: Verification, redact: Redact): Verification {
  const { differing, unproven, notComparable, noticed } = verification
  return {
    ...verification,
    differing: makeFindingsSafe(differing, redact),
    unproven: makeFindingsSafe(unproven, redact),
    notComparable: makeFindingsSafe(notComparable, redact),
    noticed: makeFindingsSafe(noticed, redact),
  }
}

/** Options of user mappings are recorded as hashes, and the hash of a short password is as good as the password. */
function hideHashes({ subject, name }: Finding, value: Json): Json {
  if (subject !== 'object' || !name.startsWith('user mapping ') || typeof value !== 'string') return value
  return value.replace(/\b[0-9a-f]{64}\b/g, '***')
}

function makeValueSafe(value: Json, redact: Redact): Json {
  const safe = redactValue(value, redact)
  if (typeof safe === 'string') return cut(safe, MOST)
  const text = JSON.stringify(safe)
  return text.length > MOST ? cut(text, MOST) : safe
}

function redactValue(value: Json, redact: Redact): Json {
  if (typeof value === 'string') return redactText(value, redact)
  if (Array.isArray(value)) return value.map((one) => redactValue(one, redact))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, one]): [string, Json] => [
    redact(name),
    isSecret(name, redact) ? '***' : redactValue(one, redact),
  ])
  const safe: { [name: string]: Json } = Object.create(null)
  for (const [name, one] of entries) safe[name] = one
  return safe
}

/** An option (`password=a b c`) is a secret to the end of its line: nothing in it says where its value would end. */
function redactText(text: string, redact: Redact): string {
  const lines = text.replace(/^([\w.-]{1,80})=[^\r\n]*/gm, (line, name: string) =>
    isSecret(name, redact) ? `${name}=***` : line,
  )
  return redact(lines)
}

/** Whether the redactor would hide what stands behind such a name. */
function isSecret(name: string, redact: Redact): boolean {
  return redact(`${name}=value`) !== `${name}=value`
}

function makeMessageSafe(message: FindingMessage, redact: Redact): FindingMessage {
  const facts = Object.entries(message.facts).map(([name, value]: [string, string | number]) => [
    name,
    typeof value === 'string' ? cut(redact(value), MOST_OF_FACT) : value,
  ])
  return { code: message.code, facts: Object.fromEntries(facts) } as FindingMessage
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`
}
