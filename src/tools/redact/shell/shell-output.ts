import { announcesFailure, tellsFailure } from '../failure-lines.ts'
import { hidden } from '../hidden.ts'
import { isTag, type Tag } from '../tag.ts'
import { endsOutput, type Prompt, readPrompt } from './prompts.ts'
import { findPrinted, type Printed } from './what-is-printed.ts'

/** Rows of a file that somebody printed between the tool's lines. */
export function hideShellRows(text: string, tag: Tag): string {
  return mapOutput(text, (line, { kind }) => {
    if (kind !== 'rows' && !(kind === 'fields' && isSeparated(line))) return line
    // Without its number, which says nothing of a person.
    const [number = ''] = /^\d{1,9}[:：]/.exec(line) ?? []
    const row = line.slice(number.length)
    return isTag(row) ? line : number + tag('row', row)
  })
}

/** Secrets that somebody printed between the tool's lines. */
export function hideShellSecrets(text: string, onSecret: (secret: string) => void): string {
  return mapOutput(text, (line, { kind }) => {
    if (kind === 'rows' || kind === 'fields') return line
    if (kind === 'variables') return hideVariable(line, onSecret)
    if (line.trim() === hidden) return line
    const word = line.trim()
    if (/^\S{6,200}$/.test(word)) onSecret(word)
    return hidden
  })
}

/** The name of a variable stays, and a value that only switches something. */
function hideVariable(line: string, onSecret: (secret: string) => void): string {
  const [, before = '', value = ''] = /^(\s*(?:export |set )?[A-Za-z_][\w.]{0,80}\s?=\s?)(.*)$/.exec(line) ?? []
  if (before === '') return hidden
  if (/^(?:|["']{2}|true|false|null|\*{3})$/i.test(value.trim())) return line
  onSecret(value.trim())
  return before + hidden
}

/** Fields between signs, as rows have them and sentences have not. */
function isSeparated(line: string): boolean {
  return /^[^\n]{0,2000}(?:[|;\t][^|;\t\n]{0,2000}[|;\t]|,[^,\n]{0,2000},[^,\n]{0,2000})/.test(line)
}

interface Output {
  readonly printed: Printed
  readonly prompt: Prompt
  /** What stands before each line of it: a time, or the name of a container. */
  readonly prefix: string
  lines: number
  /** The lines of the file begin with times themselves. */
  isTimed: boolean
  /** All that was printed is a complaint. */
  isRefused: boolean
  /** The line before said that an error follows. */
  isAnnounced: boolean
}

const time = String.raw`\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?: \[[^\]\n]{1,40}\])?[ \t]{1,3}`
const prefixed = new RegExp(
  String.raw`^(?:${time}|\[?\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\]?[ \t]{1,3}|[\w.-]{1,60} {0,20}\| )`,
)

const isTimed = new RegExp(`^${time}`)
/** A line of a log: its time, at most two words or brackets, and a level. */
const isLogged = new RegExp(
  String.raw`^${time}(?:[\w.:-]{1,60} |[[(][^\])\n]{1,60}[\])] ?){0,2}\[?(?:TRACE|DEBUG|INFO|LOG|NOTICE|WARN|WARNING|ERROR|FATAL|PANIC)\b`,
)

/** The lines between a command that prints so and the next prompt, or the next line of a log. */
function mapOutput(text: string, change: (line: string, printed: Printed) => string): string {
  if (!/[$#%>❯➜+]/.test(text)) return text
  let output: Output | null = null
  const lines = text.split('\n').map((whole) => {
    const before = output?.prefix ?? prefixed.exec(whole)?.[0] ?? ''
    const prefix = output === null ? before : findPrefix(whole, before)
    if (prefix === null) return whole
    const line = whole.slice(prefix.length)
    const prompt = readPrompt(line) ?? (output === null && prefix !== '' ? readPrompt(whole) : null)
    if (prompt !== null && (output === null || endsOutput(output.prompt, prompt))) {
      const printed = findPrinted(prompt.command)
      output = printed && { printed, prompt, prefix, lines: 0, isTimed: false, isRefused: false, isAnnounced: false }
      return whole
    }
    if (output === null || line.trim() === '') return whole
    if (prefix === '' && isTimed.test(line)) {
      // Rows begin with times too: then the first of them does.
      if (output.lines === 0 && !isLogged.test(line)) output.isTimed = true
      else if (!output.isTimed && !isSeparated(line)) {
        output = null
        return whole
      }
    }
    output.lines += 1
    return keeps(line, output) ? whole : prefix + change(line, output.printed)
  })
  return lines.join('\n')
}

/** What stands before a line as it stood before the command; null where another program wrote it. */
function findPrefix(line: string, before: string): string | null {
  if (before === '') return ''
  if (before.endsWith('| ')) return line.startsWith(before) ? before : null
  return prefixed.exec(line)?.[0] ?? ''
}

/** Whether a line is what a program says of itself or of an error. */
function keeps(line: string, output: Output): boolean {
  if (output.isRefused || isTag(line) || !/[\p{L}\p{N}]/u.test(line)) return true
  const isAnnounced = output.isAnnounced && !isSeparated(line)
  output.isAnnounced = announcesFailure(line)
  const isFailure = tellsFailure(line) || complains(line, output.printed)
  if (output.printed.kind === 'vault') {
    // Who was refused prints no secret behind it.
    if (output.lines === 1 && (isFailure || isSentence(line))) output.isRefused = true
    return isFailure || output.isRefused
  }
  if (output.lines === 1 && output.printed.isRemote && isSentence(line) && !isSeparated(line)) return true
  return isFailure || isAnnounced
}

/** `cat: x.csv: No such file`, in whatever language: the name of a program of the command, and what it says. */
function complains(line: string, { programs }: Printed): boolean {
  if (/^The system cannot find /.test(line)) return true
  const [, name = ''] = /^-?([\w./\\-]{1,60})(?:\.exe)? ?: \S/.exec(line) ?? []
  return name !== '' && programs.has((name.split(/[\\/]/).at(-1) ?? '').toLowerCase())
}

/** Words one after the other that say something of something; no names of two persons, no field with its value. */
function isSentence(line: string): boolean {
  const words = line.trim().split(' ')
  if (words.length < 4 || words.includes('') || /:$/.test(words[0] ?? '')) return false
  if (/\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u.test(line)) return false
  return words.length > 6 || /[.!?]$/.test(line) || /\S \S+: /.test(line)
}
