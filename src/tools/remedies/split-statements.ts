/** A statement as the server will get it, and the words of it that stand outside strings, comments and quoted names. */
export interface Statement {
  readonly text: string
  /** Upper case, in order, at most the first forty: enough to tell what it is. */
  readonly words: readonly string[]
  /** Of its first word, counted from 1. */
  readonly line: number
}

/** Something that can be no statement for a server: told with the line where it begins. */
export class NoSql extends Error {
  readonly line: number

  constructor(line: number, seen: string) {
    super(seen)
    this.line = line
  }
}

const keptWords = 40
/** The server's white space: any other sign that looks like it is part of a name. */
const space = /[ \t\n\r\f\v]+/y
const lineComment = /--[^\n\r]*/y
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const number = /\d[\w.]*/y
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y
/** White space with a line break and then a quote: the string before it goes on, by the same rules. */
const goesOn = /(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y

/**
 * Takes a text of SQL apart after PostgreSQL's own lexical rules (standard_conforming_strings on): nested comments,
 * E'…' with escapes, dollar quotes, quoted names, bodies in BEGIN ATOMIC … END, parentheses. What it cannot read it
 * refuses; and since each piece is later sent as one prepared statement, a piece that hides a second one is refused
 * by the server.
 */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = []
  let at = 0
  let from = 0
  let line = 1
  let counted = 0
  let depth = 0
  let bodies = 0
  let words: string[] = []
  let firstAt: number | null = null

  const match = (shape: RegExp): string | undefined => {
    shape.lastIndex = at
    return shape.exec(text)?.[0]
  }
  const lineAt = (index: number): number => {
    for (; counted < index; counted += 1) if (text.charCodeAt(counted) === 10) line += 1
    return line
  }
  const close = () => {
    if (firstAt !== null) statements.push({ text: text.slice(from, at).trim(), words, line: lineAt(firstAt) })
    from = at + 1
    words = []
    firstAt = null
    bodies = 0
    depth = 0
  }
  const begin = () => {
    firstAt ??= at
  }

  while (at < text.length) {
    const sign = text[at] ?? ''
    const skipped = match(space) ?? (sign === '-' ? match(lineComment) : undefined)
    if (skipped !== undefined) {
      at += skipped.length
      continue
    }
    if (text.startsWith('/*', at)) {
      at = endOfComment(text, at, lineAt)
      continue
    }
    if (sign === ';' && depth === 0 && bodies === 0) {
      close()
      at += 1
      continue
    }
    begin()
    if (sign === "'" || sign === '"') {
      at = endOfQuoted(text, at, sign, false, lineAt)
      continue
    }
    const tag = sign === '$' ? match(dollarTag) : undefined
    if (tag !== undefined) {
      const end = text.indexOf(tag, at + tag.length)
      if (end < 0) throw new NoSql(lineAt(at), `the text after ${tag} has no end`)
      at = end + tag.length
      continue
    }
    const found = match(word)
    if (found !== undefined) {
      const next = text[at + found.length]
      if (next === "'" && /^e$/i.test(found)) {
        at = endOfQuoted(text, at + found.length, "'", true, lineAt)
        continue
      }
      at += found.length
      const upper = found.toUpperCase()
      bodies = Math.max(0, bodies + countBody(words, upper, bodies))
      if (words.length < keptWords) words.push(upper)
      continue
    }
    if (sign === '\\') throw new NoSql(lineAt(at), 'commands of psql (\\…) are not SQL')
    if (sign === '(') depth += 1
    if (sign === ')') depth = Math.max(0, depth - 1)
    at += match(number)?.length ?? 1
  }
  close()
  return statements
}

/** Bodies of functions in standard SQL: BEGIN ATOMIC opens one, CASE inside as well, END closes. */
function countBody(words: readonly string[], word: string, bodies: number): number {
  const isRoutine = words[0] === 'CREATE' && words.slice(1, 5).some((one) => one === 'FUNCTION' || one === 'PROCEDURE')
  if (!isRoutine) return 0
  if (word === 'ATOMIC' && words.at(-1) === 'BEGIN') return 1
  if (bodies === 0) return 0
  return word === 'CASE' || word === 'BEGIN' ? 1 : word === 'END' ? -1 : 0
}

type LineAt = (index: number) => number

function endOfComment(text: string, start: number, lineAt: LineAt): number {
  let open = 0
  let at = start
  while (at < text.length) {
    if (text.startsWith('/*', at)) {
      open += 1
      at += 2
    } else if (text.startsWith('*/', at)) {
      open -= 1
      at += 2
      if (open === 0) return at
    } else at += 1
  }
  throw new NoSql(lineAt(start), 'a comment has no end')
}

/** Index behind the closing quote. Doubled quotes belong to the text; backslashes escape only where `escapes`. */
function endOfQuoted(text: string, start: number, quote: string, escapes: boolean, lineAt: LineAt): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') {
      at += 1
      continue
    }
    if (text[at] !== quote) continue
    if (text[at + 1] === quote) {
      at += 1
      continue
    }
    if (quote === '"') return at + 1
    goesOn.lastIndex = at + 1
    const more = goesOn.exec(text)?.[0]
    if (more === undefined) return at + 1
    at += more.length
  }
  throw new NoSql(lineAt(start), `a ${quote === '"' ? 'name' : 'text'} in quotes has no end`)
}
