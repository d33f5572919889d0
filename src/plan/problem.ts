import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import { SalvorError } from '../domain/errors/fail.ts'
import { findLikely } from '../domain/nearest.ts'

export type PlanPath = readonly (string | number)[]

/** Something wrong in a plan, at a path of keys; `atKey` points at the key itself rather than at its value. */
export interface Problem {
  readonly path: PlanPath
  readonly atKey?: boolean
  readonly problem: string
  readonly fix: string
}

export interface Place {
  readonly line: number
  readonly column: number
}

/** The error for the first problem in the file; the excerpt lists all of them. Values of the file are never repeated. */
export function failPlan(of: {
  readonly path: string
  readonly problems: readonly (Problem & Place)[]
  readonly cause?: unknown
}): SalvorError {
  const sorted = [...of.problems].sort((one, other) => one.line - other.line || one.column - other.column)
  const { line, column, problem, fix } = sorted[0] ?? { line: 1, column: 1, problem: 'unreadable', fix: '' }
  const facts = { path: of.path, line, column, problem, fix }
  const lines = sorted.map((one) => `${one.line}:${one.column} ${one.problem}`)
  return new SalvorError('plan_invalid', facts, {
    ...(of.cause === undefined ? {} : { cause: of.cause }),
    ...(lines.length > 1 ? { excerpt: lines.slice(0, 20).join('\n') } : {}),
  })
}

/** What to do about a name that does not exist. */
export function suggest(word: string, known: readonly string[]): string {
  const nearest = findLikely(word, known)
  const list = known.length === 0 ? 'There are none yet.' : `Known here: ${[...known].sort().join(', ')}.`
  return nearest === undefined ? list : `Did you mean "${nearest}"? ${list}`
}

/** Line and column, both from 1, of a path; of the nearest thing above it when it does not exist. */
export function placeOf(document: Document, lines: LineCounter, { path, atKey }: Problem): Place {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [depth, step] of path.entries()) {
    const here: Node | undefined = isAlias(node) ? node.resolve(document) : (node ?? undefined)
    const pair = isMap(here)
      ? here.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(step))
      : undefined
    const item = isSeq(here) ? here.items[Number(step)] : pair?.value
    const key = isNode(pair?.key) ? pair.key.range?.[0] : undefined
    const isLast = depth === path.length - 1
    if (pair === undefined && item === undefined) break
    offset = (isLast && atKey ? key : isNode(item) ? item.range?.[0] : key) ?? key ?? offset
    node = isNode(item) ? item : null
  }
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}
