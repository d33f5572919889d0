import { createHash, createHmac, randomBytes } from 'node:crypto'
import { hideCredentials } from './redact/credentials.ts'
import { hidden, hide } from './redact/hidden.ts'
import { createHiddenValues, type HiddenValues } from './redact/hidden-values.ts'
import { findPersonalData } from './redact/personal.ts'
import { hideRowData } from './redact/rows.ts'
import { furtherLine, isTag, type Tag } from './redact/tag.ts'
import { listForms } from './secret-forms.ts'

/** Shorter values cannot be told from ordinary words. */
const shortestSecret = 6

/**
 * Takes out of a text what must not leave the machine. Safe to apply twice: what it gives, it leaves as it is. To text
 * of any size: linear time. Lines keep their numbers, it never throws.
 *
 * Its unit is a message with all of its lines: a key, a row, a statement go over many, and one line of them looks like
 * nothing. So whoever shows a part cuts it out of what was redacted and never redacts what was cut; whoever shows
 * lines as they come gives each with those before it (`createLineRedactor`).
 *
 * A value that was taken out in one place goes wherever else it stands in the text.
 */
export type Redact = (text: string) => string

export interface Redactor extends Redact {
  /** One for texts that are shown apart and belong together: what went in one goes in those that come after it. */
  readonly together: () => Redact
}

/**
 * Passes after which a text must be as it stays. Hiding one thing may show the next for what it is; real logs are done
 * after one pass, and one more sees that they are.
 */
const mostPasses = 6

/** What may stay. `rowData: 'shown'`: values of rows, mail addresses, phone and card numbers; never credentials. */
export interface RedactOptions {
  readonly rowData?: 'hidden' | 'shown'
}

/**
 * Makes a redactor. `secrets` are values that this process knows (passwords, tokens, whole addresses with a
 * password); they go in every form they may take. Other credentials go by their shape. Data of table rows in
 * databases' messages, mail addresses, phone and card numbers are replaced by their kind and a short tag, so that one
 * value can still be recognised.
 */
export function createRedactor(secrets: readonly string[], options: RedactOptions = {}): Redactor {
  const forms = [...new Set(secrets.flatMap(listForms))]
    .filter((form) => form.length >= shortestSecret)
    // The longest first: an address goes as a whole before its password.
    .sort((one, other) => other.length - one.length)
  const known = forms.length === 0 ? null : new RegExp(forms.map(escapeForRegExp).join('|'), 'g')
  const tag = createTagger(secrets)
  const showsRows = options.rowData === 'shown'
  const pass = (text: string, seen: HiddenValues) => {
    const withoutKnown = known === null ? text : text.replace(known, hide)
    const withoutCredentials = hideCredentials(withoutKnown, seen.addSecret)
    if (showsRows) return seen.hide(withoutCredentials, null)
    const remember: Tag = (kind, value) => {
      if (!isTag(value)) seen.addRow(kind, value)
      return tag(kind, value)
    }
    const withoutRows = joinLines(findPersonalData(hideRowData(partLines(withoutCredentials), remember), tag))
    return seen.hide(withoutRows, tag)
  }
  const redact = (text: string, seen: HiddenValues) => {
    let shown = text
    for (let count = 0; count < mostPasses; count += 1) {
      const next = pass(shown, seen)
      if (next === shown) return shown
      shown = next
    }
    // Made to be hard to read, or by chance: rather nothing of it than a part that may be too much.
    return text.replace(/[^\n]+/g, hidden)
  }
  const together = () => {
    const seen = createHiddenValues()
    return (text: string) => redact(text, seen)
  }
  return Object.assign((text: string) => redact(text, createHiddenValues()), { together })
}

/**
 * `‹email 3f2a›`: kind and 16 bits of a keyed hash. The key comes from the secrets, so that processes which know
 * the same ones agree and nobody else can try values; without any it lives as long as the process.
 */
function createTagger(secrets: readonly string[]): Tag {
  const key =
    secrets.length === 0
      ? randomBytes(32)
      : createHash('sha256')
          .update([...secrets].sort().join('\0'))
          .digest()
  return (kind, value) => {
    if (isTag(value)) return value
    const data = joinLines(value)
    // A column's name is what stands in the text, whatever that is.
    const shown = /[‹›]/.test(kind) ? 'value' : kind
    const further = `\n${furtherLine}`.repeat(value.split('\n').length - 1)
    return `‹${shown} ${createHmac('sha256', key).update(data).digest('hex').slice(0, 4)}›${further}`
  }
}

/**
 * A line break that was escaped, as within JSON, ends in a letter: what follows it would not be seen to begin a word.
 * A form feed stands between them while it is looked at.
 */
function partLines(text: string): string {
  return text.replace(/\\[nrt](?=[\p{L}\d])/gu, '$&\f')
}

function joinLines(text: string): string {
  return text.replace(/(\\[nrt])\f/g, '$1')
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
