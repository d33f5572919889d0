import { countSlips } from '../../domain/nearest.ts'
import type { AnyCommand } from '../define-command.ts'
import { failUnknownFlag, failUsage } from './problems.ts'
import { readTime } from './read-time.ts'
import { bareWord, joinText, type Token } from './split-words.ts'

export type RawParams = Record<string, string | number | boolean | readonly string[]>

type FlagKind = AnyCommand['syntax']['flags'][string]

/** What remains to be read as positional words, the flags' values by name, and `--incident`. */
export interface FlagsRead {
  readonly rest: readonly Token[]
  readonly values: RawParams
  readonly incident: number | null
}

/**
 * Takes the flags out of a command's tokens. A flag's value runs to the next flag; of a flag that takes one word,
 * or none, what follows falls back to the positional words, so that flags may come first.
 */
export function readFlags(command: AnyCommand, tokens: readonly Token[], zone: string, now: Date): FlagsRead {
  const kinds: Record<string, FlagKind> = { incident: 'number', ...command.syntax.flags }
  const rest: Token[] = []
  const values: RawParams = {}
  const seen = new Set<string>()
  let incident: number | null = null
  for (const { flag, run } of splitRuns(joinDashes(tokens, kinds), kinds)) {
    if (flag === null) {
      rest.push(...run)
      continue
    }
    const kind = Object.hasOwn(kinds, flag) ? kinds[flag] : undefined
    if (kind === undefined) throw failUnknownFlag(command, flag, Object.keys(kinds))
    if (seen.has(flag)) throw failUsage(command, `--${flag} is given twice.`)
    seen.add(flag)
    const { value, left } = readValue(command, flag, kind, run, zone, now)
    rest.push(...left)
    if (flag === 'incident' && typeof value === 'number') incident = value
    else values[flag] = value
  }
  return { rest, values, incident }
}

/**
 * `open X — severity 1`: phones put a dash between spaces. It begins a flag where the word behind it names one and the
 * next fits it, so that prose keeps its dashes.
 */
function joinDashes(tokens: readonly Token[], kinds: Record<string, FlagKind>): Token[] {
  const joined: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const [token, name, value] = tokens.slice(at, at + 3)
    if (token === undefined) break
    const word = name?.text.toLowerCase().replace(/:$/, '') ?? ''
    const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined
    const fits =
      kind !== undefined && value !== undefined && !name?.quoted && fitsFlag(kind, value.text, tokens[at + 3])
    if (/^-{1,2}$/.test(token.text) && !token.quoted && fits) {
      joined.push({ text: `--${word}`, raw: `--${word}`, quoted: false })
      at += 1
    } else joined.push(token)
  }
  return joined
}

function fitsFlag(kind: FlagKind, value: string, next: Token | undefined): boolean {
  if (kind === 'number') return /^#?\d+[.?!]*$/.test(value)
  if (kind === 'moment') return true
  if (kind === 'time' || kind === 'deadline') return /\d|^(?:now|today|yesterday|tomorrow|어제|오늘|내일)$/i.test(value)
  return kind === 'word' && (next === undefined || next.text.startsWith('-'))
}

/** Tokens from one flag to the next; `flag` is null for those before the first. */
function splitRuns(tokens: readonly Token[], kinds: Record<string, FlagKind>): { flag: string | null; run: Token[] }[] {
  const runs: { flag: string | null; run: Token[] }[] = [{ flag: null, run: [] }]
  for (const token of tokens) {
    const match = token.quoted ? null : /^(--?)([a-z][a-z0-9-]*)$/i.exec(token.text)
    const name = match?.[2]?.toLowerCase() ?? null
    // One dash counts only before a flag that exists: free text may well hold a word like -v.
    const isFlag = name !== null && (Object.hasOwn(kinds, name) || (match?.[1] === '--' && !isProse(name, runs, kinds)))
    if (isFlag) runs.push({ flag: name, run: [] })
    else runs.at(-1)?.run.push(token)
  }
  return runs
}

/**
 * A reason that somebody typed into a form may begin a word with a dash («—wrong one»). Inside such a text only what
 * looks like a slip of a real flag is taken for one.
 */
function isProse(name: string, runs: readonly { readonly flag: string | null }[], kinds: Record<string, FlagKind>) {
  const open = runs.at(-1)?.flag ?? null
  if (open === null || !Object.hasOwn(kinds, open) || kinds[open] !== 'text') return false
  return Object.keys(kinds).every((known) => countSlips(name, known) > 2)
}

function readValue(
  command: AnyCommand,
  flag: string,
  kind: FlagKind,
  run: readonly Token[],
  zone: string,
  now: Date,
): { readonly value: RawParams[string]; readonly left: readonly Token[] } {
  if (kind === 'switch') return { value: true, left: run }
  const [first, ...others] = run
  if (first === undefined) throw failUsage(command, `--${flag} needs a value.`)
  switch (kind) {
    case 'word':
      return { value: bareWord(first.text), left: others }
    case 'number': {
      const digits = /^#?(\d{1,9})$/.exec(bareWord(first.text))
      if (!digits) throw failUsage(command, `--${flag} takes a number, not "${first.text.slice(0, 40)}".`)
      return { value: Number(digits[1]), left: others }
    }
    case 'text':
      return { value: joinText(run), left: [] }
    case 'list':
      return {
        value: joinText(run)
          .split(/[\s,]+/)
          .filter(Boolean),
        left: [],
      }
    case 'moment': {
      const text = joinText(run)
      // What no clock tells is taken as it is: the name of a restore point may hold anything.
      if (/^(?:lsn|xid|name):/i.test(text)) return { value: text, left: [] }
      return { value: `time:${readTime(text.replace(/[.?!。]+$/, ''), zone, now, 'past')}`, left: [] }
    }
    case 'time':
      return { value: readTime(joinText(run).replace(/[.?!。]+$/, ''), zone, now, 'past'), left: [] }
    case 'deadline':
      return { value: readTime(joinText(run).replace(/[.?!。]+$/, ''), zone, now, 'ahead'), left: [] }
  }
}
