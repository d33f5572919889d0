import { type FoundCode, findCodes } from '../codes/find-codes.ts'
import type { Label } from '../codes/label.ts'
import { callsItselfError } from './error-words.ts'
import { dropNames } from './names.ts'
import type { Rule } from './rule.ts'
import { consequences, headings, wrappers } from './rules/consequences.ts'
import { otherLanguageRules } from './rules/other-languages.ts'
import { postgresRules } from './rules/postgres.ts'
import { programRules } from './rules/programs.ts'
import { serverRules } from './rules/servers.ts'
import { alwaysRules, harmlessRules } from './rules/settled.ts'

/** What one line says about a failure. */
export interface Verdict {
  readonly label: Label | null
  readonly codes: readonly FoundCode[]
  /** What the line is to the failure: its cause, something that wraps it, something that follows from it, or nothing. */
  readonly role: 'cause' | 'wrapper' | 'consequence' | 'harmless' | 'none'
  /** True when a cause was told by a message or a code that names it, whatever the level. */
  readonly always: boolean
}

const causes: readonly Rule[] = [...programRules, ...postgresRules, ...serverRules]
/** Texts with letters that English has not, or words of languages that have few of them. */
const foreign =
  /[\u00c0-\uffff]|\b(?:existiert|nicht|fehlgeschlagen|sintaxis|existe|denegado|esiste|negato|negada|perdida|conexi|connessione|chiave|viola|mevcut|zaten|nie|finns|neexistuje)\b/

/** A notice that servers give a code of its own: nothing was done, and nothing failed. */
const skipped = /(?:already exists|does not exist), skipping/

/** Only this much of a line's beginning and end is looked at: rules must stay cheap on lines of 64 KiB. */
const shownLength = 2_000

/**
 * Judges one line: explicit codes first, then what its message says; names in it are not taken for words. `isError`:
 * whether the line, by its level or its kind, calls itself an error. Then nothing in it is harmless.
 */
export function classifyLine(line: string, isError = false): Verdict {
  const text = line.length <= 2 * shownLength ? line : `${line.slice(0, shownLength)} … ${line.slice(-shownLength)}`
  const codes = findCodes(text)
  const exact = codes.find((code) => code.weight === 3)
  if (!isError && (!exact || skipped.test(text)) && isHarmlessText(text))
    return { label: null, codes: [], role: 'harmless', always: false }
  if (match(headings, text)) return { label: null, codes, role: 'wrapper', always: false }
  const always = match(alwaysRules, text)
  if (always) return { label: always.label, codes, role: 'cause', always: true }
  const words = dropNames(text)
  const consequence = match(consequences, words)
  if (consequence) return { label: consequence.label, codes, role: 'consequence', always: false }
  // A code of no class of its own leaves it to the message.
  if (exact?.label && exact.label !== 'other') return { label: exact.label, codes, role: 'cause', always: false }
  const label =
    match(causes, words)?.label ??
    (foreign.test(words) && (isError || callsItselfError(words))
      ? match(otherLanguageRules, words)?.label
      : undefined) ??
    codes.find((code) => code.label)?.label ??
    null
  // A code that points at another line of its stack, as ORA-31693 does, is not the cause whatever its message says.
  const isPointer = !exact && codes.some((code) => code.weight === 1 && /^(?:ORA|KUP|IMP|UDI|UDE)-/.test(code.code))
  if (label && !isPointer) return { label, codes, role: 'cause', always: false }
  const isWrapper = isPointer || match(wrappers, words) || codes.some((code) => code.weight === 1)
  return { label, codes, role: isWrapper ? 'wrapper' : 'none', always: false }
}

/** What asks an archive for the next segment learns so that it is not there: a recovery ends with it. */
const noSegment = /cannot stat .{0,200}(?:[0-9A-F]{24}|[0-9A-F]{8}\.history)/

/** A warning that every healthy log has, and no sentence beside it that tells of something else. */
function isHarmlessText(text: string): boolean {
  if (noSegment.test(text)) return true
  const words = dropNames(text)
  if (/\b(?:ERROR|FATAL|PANIC|error|fatal): {1,2}\S/.test(words) || !match(harmlessRules, words)) return false
  return words.split(/[.;] /).every((part) => match(harmlessRules, part) || !match(causes, part))
}

function match(rules: readonly Rule[], text: string): Rule | undefined {
  return rules.find(({ pattern }) => pattern.test(text))
}
