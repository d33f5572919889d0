import { hide } from './hidden.ts'
import { listPieces } from './pieces.ts'
import type { Tag } from './tag.ts'

/** What was taken out of texts that belong together, so that it goes wherever else it stands in one of them. */
export interface HiddenValues {
  /** Data that a tag of this kind stands for, as a whole: it is taken apart here. */
  addRow(kind: string, data: string): void
  addSecret(secret: string): void
  /** Hides what is known wherever it stands by itself, as a value and not as a part of a name. */
  hide(text: string, tag: Tag | null): string
}

/** Values that are kept at most, and those that begin with the same word. */
const mostValues = 5_000
const mostAlike = 16
const longestValue = 400

type Kind = 'row' | 'word' | 'secret'

interface Known {
  readonly value: string
  readonly kind: Kind
}

/** A word, or one sign of a script that writes no blanks between words. */
const token =
  /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_])+/gu

/** What stands for a name of something, in text that is shown. */
const named =
  /(?:\b(?:table|relation|column|constraint|index|key|schema|database|collection|view|function|type|enum|sequence|trigger|role|user|model|class|topic|field|into|update|from|join|references|extension|server|host|container|service|job|task)\s{1,2}(?:if (?:not )?exists )?(?:[\w$]{1,63}["'`\]]?\.)?["'`[\\]{0,3})([\p{L}_][\p{L}\p{N}_$]{0,62})/giu

function rank({ kind }: Known): number {
  return kind === 'secret' ? 0 : 1
}

/** Collects values for texts that belong together: of one log, or of one text. */
export function createHiddenValues(): HiddenValues {
  const byFirst = new Map<string, Known[]>()
  let count = 0
  let secrets = 0

  function add(value: string, kind: Kind): void {
    // Rows are many: they must not push out a secret.
    if ((kind === 'secret' ? secrets : count) >= mostValues || value.length > longestValue) return
    const first = value.match(token)?.[0]
    if (first === undefined) return
    // Signs before the first word cannot be looked for by it.
    const known = { value: value.slice(value.indexOf(first)), kind }
    const there = byFirst.get(first)
    if (there === undefined) byFirst.set(first, [known])
    else if (there.some((one) => one.value === known.value && (one.kind === 'secret' || kind !== 'secret'))) return
    else if (kind !== 'secret' && there.length >= mostAlike) return
    else {
      there.push(known)
      there.sort((one, other) => other.value.length - one.value.length || rank(one) - rank(other))
    }
    if (kind === 'secret') secrets += 1
    else count += 1
  }

  return {
    addRow(kind, data) {
      if (count >= mostValues || kind === 'sql') return
      for (const { value, isWord } of listPieces(data)) {
        // A statement names things by words as well, as in `where table_name = 'orders'`.
        if (isWord && (value.includes('_') || kind === 'text')) continue
        add(value, isWord ? 'word' : 'row')
      }
    },
    addSecret(secret) {
      const value = secret.replace(/^["'`\\]+|["'`\\,;)\]}>]+$/g, '')
      if (value.length >= 6 && /[^A-Za-z]/.test(value) && !/^[\d.:]+$|^[.~/$%{[<]|\*\*\*|‹/.test(value))
        add(value, 'secret')
    },
    hide(text, tag) {
      if (count + secrets === 0) return text
      const names = new Set([...text.matchAll(named)].map(([, name = '']) => name.toLowerCase()))
      const shape = new RegExp(token)
      let done = ''
      let from = 0
      for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
        const found = byFirst.get(match[0])?.find((known) => stands(text, match.index, known, names))
        if (found === undefined) continue
        const end = match.index + found.value.length
        if (found.kind !== 'secret' && tag === null) continue
        const shown = found.kind === 'secret' || tag === null ? hide(found.value) : tag('value', found.value)
        done += text.slice(from, match.index) + shown
        from = end
        shape.lastIndex = end
      }
      return done + text.slice(from)
    },
  }
}

const wide = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/

function stands(text: string, at: number, { value, kind }: Known, names: ReadonlySet<string>): boolean {
  if (!text.startsWith(value, at)) return false
  const before = text[at - 1] ?? ' '
  const end = at + value.length
  const after = text[end] ?? ' '
  const isWide = wide.test(value.at(-1) ?? '')
  if (/[\p{L}\p{N}_]/u.test(after) && !isWide) return false
  if (/[\p{L}\p{N}_]/u.test(before) && !wide.test(before) && !wide.test(value[0] ?? '')) return false
  if (kind === 'secret') return true
  // A place for a value, and a number that counts.
  const ahead = text.slice(Math.max(0, at - 12), at)
  if (ahead.endsWith('%(')) return false
  if (
    /^\d+$/.test(value) &&
    /(?:\b(?:line|lines|row|record|port|pid|process|offset|position|batch|chunk|#)|\[) ?$/i.test(ahead)
  )
    return false
  // Within a tag, a path, a file, a name of several parts.
  if (/[‹/\\.-]/.test(before) && !/(?:^|\s)-$/.test(text.slice(Math.max(0, at - 2), at))) return /\\/.test(before)
  if (/[/›]/.test(after) || /^(?:\.[\p{L}\p{N}_]|-[\p{L}\p{N}_]|\(|::|\\)/u.test(text.slice(end, end + 2))) {
    if (!/^\\["'nrt]/.test(text.slice(end, end + 2))) return false
  }
  if (kind === 'row') return true
  if (names.has(value.toLowerCase())) return false
  const isQuoted = /["'`«»„“]/.test(before) && /["'`«»“”\\]/.test(after)
  const isField = /[,\t|;(]/.test(before) && /[,\t|;)]/.test(after)
  if ((isQuoted || isField) && /[^a-z_]/.test(value)) return true
  // Bare words are taken only for names of people and places: in capitals at their beginning.
  return /^\p{Lu}\p{Ll}{3,}$/u.test(value) && !/^[:=]/.test(after)
}
