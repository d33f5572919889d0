import { chinese } from './messages/chinese.ts'
import { french } from './messages/french.ts'
import { german } from './messages/german.ts'
import { italian } from './messages/italian.ts'
import { japanese } from './messages/japanese.ts'
import { korean } from './messages/korean.ts'
import { russian } from './messages/russian.ts'
import { spanish } from './messages/spanish.ts'

/** One message of a language, ready to be looked for. */
export interface LocalMessage {
  /** The longest piece of it that never varies: a text without it is not this message. */
  readonly literal: string
  readonly pattern: RegExp
  /** The English message, with `%1` for what the first group of the pattern holds. */
  readonly english: string
}

export interface Language {
  /** What its texts have and others have not: characters, or for Latin letters words. */
  readonly script: RegExp
  messages(): readonly LocalMessage[]
}

const sources = [
  { source: korean, script: /[\uac00-\ud7af]/ },
  { source: japanese, script: /[\u3040-\u30ff\u4e00-\u9fff]/ },
  { source: chinese, script: /[\u4e00-\u9fff]/ },
  { source: russian, script: /[\u0400-\u04ff]/ },
  { source: german, script: null },
  { source: french, script: null },
  { source: spanish, script: null },
  { source: italian, script: null },
] as const

const argument = /%(?:(\d)\$)?(?:l{0,2}|z|h{0,2})[sdumi]/

/**
 * Words before a message in languages of PostgreSQL whose messages are not at hand: so that level and parts are known,
 * and what stands in COPY's context is found by its place.
 */
const furtherWords = `
ERROR | ERRO
DETAIL | DETALHE
HINT | DICA
CONTEXT | CONTEXTO
STATEMENT | COMANDO
ERROR | BŁĄD
DETAIL | SZCZEGÓŁY
HINT | PODPOWIEDŹ
CONTEXT | KONTEKST
STATEMENT | WYRAŻENIE
ERROR | HATA
DETAIL | AYRINTI
HINT | İPUCU
CONTEXT | BAĞLAM
STATEMENT | İFADE
ERROR | FEL
DETAIL | DETALJ
CONTEXT | KONTEXT
STATEMENT | SATS
ERROR | ПОМИЛКА
DETAIL | ДЕТАЛІ
HINT | ПІДКАЗКА
CONTEXT | КОНТЕКСТ
STATEMENT | ІНСТРУКЦІЯ
ERROR | CHYBA
WARNING | VAROVÁNÍ`

/** Words before a message, such as a level, in any of the languages, each with the English one. */
export const localWords: ReadonlyMap<string, string> = new Map(
  [furtherWords, ...sources.map(({ source }) => source.words)].flatMap((words) =>
    readPairs(words).flatMap(([english, local]) => [
      // Drivers write what programs write small with a capital: `Dettaglio: `.
      [`${local.charAt(0).toUpperCase()}${local.slice(1)}`, english] as const,
      [local, english] as const,
    ]),
  ),
)

/** Accents and quotes of languages in Latin letters, and words of theirs that no English message has. */
const latin = makeLatin()

function makeLatin(): RegExp {
  const pairs = sources.flatMap(({ source, script }) => (script === null ? readPairs(source.messages) : []))
  const english = new Set(pairs.flatMap(([id]) => id.toLowerCase().match(/[a-z]{3,}/g) ?? []))
  const words = new Set<string>()
  for (const [, local] of pairs) {
    const own = (local.match(/(?<![%\w])[A-Za-z]{4,}/g) ?? []).filter((word) => !english.has(word.toLowerCase()))
    const [longest] = own.sort((one, other) => other.length - one.length)
    // Accents are looked for by themselves.
    if (longest && !/[À-ÿ«»]/.test(local)) words.add(longest)
  }
  const heads = [...localWords.keys()].filter((word) => /^[A-Za-z]{5,}$/.test(word))
  return new RegExp(`[À-ž«»]|\\b(?:${[...words, ...heads].join('|')}|(?:ERRO|FEL|HATA|DICA|SATS):)(?!\\w)`)
}

/** Whether a line may be of one of the languages: told before any message is looked for. */
export function mayBeLocal(line: string): boolean {
  return /[\u0370-\uffff]/.test(line) || latin.test(line)
}

/** Compiled when a text of it comes: most logs hold none. */
export const languages: readonly Language[] = sources.map(({ source, script }) => {
  let compiled: readonly LocalMessage[] | null = null
  return { script: script ?? latin, messages: () => (compiled ??= compileMessages(source.messages)) }
})

function compileMessages(text: string): readonly LocalMessage[] {
  return (
    readPairs(text)
      .map(([english, local]) => compileMessage(english, local))
      .filter(
        ({ literal, english }) => isLineMark(english) || literal.length >= (/[\u0080-\uffff]/.test(literal) ? 3 : 7),
      )
      // What says more is looked for first.
      .sort((one, other) => other.pattern.source.length - one.pattern.source.length)
  )
}

function readPairs(text: string): (readonly [english: string, local: string])[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(' | ')
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 3)] as const]
  })
}

function compileMessage(english: string, local: string): LocalMessage {
  /** Which argument of the English message each group of the pattern is. */
  const order: number[] = []
  const pieces = local.split(new RegExp(argument.source.replace('(\\d)', '\\d'), 'g'))
  const marks = [...local.matchAll(new RegExp(argument, 'g'))]
  let source = ''
  for (const [index, piece] of pieces.entries()) {
    // Quotes and blanks are written in more than one way.
    source += escapeForRegExp(piece).replace(/\s+/g, '\\s{1,3}')
    const mark = marks[index]
    if (!mark) continue
    order.push(Number(mark[1] ?? index + 1))
    source += pickGroup(mark[0], piece, pieces[index + 1] ?? '')
  }
  let next = 0
  const rendered = english.replace(new RegExp(argument, 'g'), () => {
    next += 1
    return `%${order.indexOf(next) + 1}`
  })
  const literal = pieces.toSorted((one, other) => other.trim().length - one.trim().length)[0]?.trim() ?? ''
  return { literal, pattern: new RegExp(isLineMark(english) ? `^${source}` : source), english: rendered }
}

/** psql's mark before the line of a statement: too short to be looked for anywhere but at the beginning. */
function isLineMark(english: string): boolean {
  return english.startsWith('LINE %')
}

/** What an argument may be, by what stands around it. */
function pickGroup(mark: string, before: string, after: string): string {
  if (/[du]$/.test(mark)) return '(-?\\d{1,18})'
  // What stands between marks that no English text has may hold quotes of its own.
  if (/[»«]\s?$/.test(before) && /^\s?[»«]/.test(after)) return '([^»«]{0,300}?)'
  if (/["»«]\s?$/.test(before) && /^\s?["»«]/.test(after)) return '([^"»«]{0,300}?)'
  // At the beginning only one word: what stands before it is not part of the message.
  if (before.trim() === '') return '([^\\s:：]{1,120})'
  return after.trim() === '' ? '(.{1,300})' : '(.{1,300}?)'
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
