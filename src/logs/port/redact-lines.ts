import type { Redact } from './write-analysis.ts'

/** Deeper than any log line that people could read. */
const deepest = 20

/**
 * Redacts lines that belong together. A line of JSON is also redacted value by value: inside of it quotes and line
 * breaks are escaped, so that what a secret is known by looks different.
 */
export function redactLines(lines: readonly string[], redact: Redact): string[] {
  const singly = lines.map((line) => redactJson(line, redact))
  return redact(singly.join('\n')).split('\n')
}

function redactJson(line: string, redact: Redact): string {
  const from = line.indexOf('{')
  if (from < 0 || !line.trimEnd().endsWith('}')) return line
  try {
    const value: unknown = JSON.parse(line.slice(from))
    return line.slice(0, from) + JSON.stringify(redactValue(value, redact, 0))
  } catch {
    return line
  }
}

function redactValue(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return redactText(value, redact)
  if (value === null || typeof value !== 'object') return value
  if (depth > deepest) return '***'
  if (Array.isArray(value)) return value.map((one) => redactValue(one, redact, depth + 1))
  // Without a prototype: a name such as `__proto__` is one like others.
  const hidden: Record<string, unknown> = Object.create(null)
  for (const [name, one] of Object.entries(value)) hidden[redact(name)] = redactValue(one, redact, depth + 1)
  return hidden
}

/** A text in JSON may be JSON once more. */
function redactText(text: string, redact: Redact): string {
  return redact(text.includes('{') ? redactJson(text, redact) : text)
}
