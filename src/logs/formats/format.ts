import type { Level } from '../analysis.ts'
import { readLevel } from './level.ts'

/** A line without its header. */
export interface ParsedLine {
  readonly format: string
  /** As printed. */
  readonly at: string | null
  /** Null when the line names none. */
  readonly level: Level | null
  /** Logger, component, file or program that wrote it. */
  readonly source: string | null
  readonly pid: string | null
  readonly text: string
  /** What PostgreSQL and its tools print beside a message. */
  readonly part: 'message' | 'detail'
  /** More of the same event that stood on the same line: detail, stack, code. */
  readonly also: readonly string[]
}

/** The header of one tool's lines. */
export interface Format {
  readonly name: string
  /** Null when the line has no header of this format; never throws. */
  parse(line: string): ParsedLine | null
}

/** A format that one pattern describes, with the groups `at`, `level`, `source`, `pid` and `text`, all optional but the last. */
export function describeFormat(name: string, ...patterns: readonly RegExp[]): Format {
  return {
    name,
    parse(line) {
      for (const pattern of patterns) {
        const groups = pattern.exec(line)?.groups
        if (groups) return makeLine(name, groups.text ?? '', groups)
      }
      return null
    },
  }
}

/** Fills in what a format did not find. */
export function makeLine(
  format: string,
  text: string,
  found: { readonly [name in 'at' | 'level' | 'source' | 'pid']?: string | undefined } = {},
  rest: Partial<Pick<ParsedLine, 'part' | 'also'>> = {},
): ParsedLine {
  return {
    format,
    at: found.at ?? null,
    level: found.level === undefined ? null : readLevel(found.level),
    source: found.source ?? null,
    pid: found.pid ?? null,
    text,
    part: rest.part ?? 'message',
    also: rest.also ?? [],
  }
}
