import type { Label } from '../codes/label.ts'
import { dropNames } from './names.ts'

/** Vocabulary of each kind of failure, the most telling first. */
const vocabulary: readonly (readonly [Label, RegExp])[] = [
  ['encoding', /encoding|charset|character set|unicode|utf-?8\b/i],
  ['permission_auth', /privilege|permission|password|credential|authenticat|authoriz|denied/i],
  ['resource_disk_memory', /\bmemory\b|\bdisk\b|\bspace\b|quota|too large|too big/i],
  ['lock_deadlock_timeout', /\block(?:ed|s)?\b|time(?:d )?out/i],
  ['connectivity', /connect|network|socket|unreachable|\bhost\b|\bssl\b/i],
  ['duplicate_object', /\balready exist|duplicate/i],
  ['missing_object', /missing|not found|cannot find|unable to find/i],
  ['syntax', /syntax|pars(?:e|ing)\b/i],
  ['data_conversion', /\bvalue\b|convert|conversion|\bcast\b|\bdata type\b/i],
  ['mapping_schema', /\bcolumn\b|\bschema\b|\bfield\b|mapping/i],
]

/** The likeliest kind of an error that no rule knows, by the words it uses; null when they say nothing. */
export function guessLabel(message: string): Label | null {
  // Names of exceptions and their packages are words of the tool, not of what went wrong.
  const text = dropNames(message.slice(0, 1_000)).replace(/[\w.$]{0,200}(?:Exception|Error)\b/g, ' ')
  return vocabulary.find(([, words]) => words.test(text))?.[0] ?? null
}
