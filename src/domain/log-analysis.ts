import { z } from 'zod'
import { byName } from './by-name.ts'

const text = z.string().nullable()
const count = z.number()

/** Where the log says that it went wrong; null is what it does not say. `value` only where the plan shows row data. */
const place = z.object({
  schema: text,
  table: text,
  column: text,
  constraint: text,
  row: count.nullable(),
  inputLine: count.nullable(),
  file: text,
  value: text,
  statement: text,
})

/** A line of a log as people find it: file by its name, line counted from 1. */
const spot = z.object({ file: z.string(), line: count })

const cause = z.object({
  /** What went wrong in plain words, one sentence without row data. */
  words: z.string(),
  label: z.string(),
  code: text,
  codeName: text,
  /** False where the log only tells of consequences. */
  certain: z.boolean(),
  at: text,
  format: z.string(),
  spot,
  /** The line itself without its header, cut. */
  text: z.string(),
  place,
  /** The lines around it, each with its number in front. */
  excerpt: z.array(z.string()),
})

const group = z.object({
  /** The wording with what varies masked. */
  template: z.string(),
  /** The message of its first event, cut. */
  sample: z.string(),
  label: z.string(),
  code: text,
  level: z.string(),
  consequence: z.boolean(),
  count,
  first: spot,
  last: spot,
  firstAt: text,
  lastAt: text,
  tables: byName(count),
})

/**
 * What a log says about a failure, as plain data that may leave the machine: redacted, and bounded to some 100 kB
 * whatever the log holds.
 */
export const logAnalysis = z.object({
  /** The log's name in the plan. */
  log: z.string(),
  /** Names of the files that were read, or of the program that printed it; oldest first. */
  sources: z.array(z.string()),
  lines: count,
  bytes: count,
  /** Lines in an encoding that is not known: what they say was not read. */
  unread: count.default(0),
  /** A stretch of time was asked for, and no line bears a time that can be read: all of it was analysed. */
  isTimeless: z.boolean().default(false),
  /** ISO 8601; null: from its beginning. */
  since: text,
  until: text,
  levels: z.object({ fatal: count, error: count, warn: count }),
  root: cause.nullable(),
  others: z.array(cause),
  /** What followed from failures before it. */
  consequences: z.object({ groups: count, events: count }),
  /** In order of their first line. */
  groups: z.array(group),
  /** Groups that are not among these. */
  moreGroups: count,
  tables: byName(count),
  timeline: z.array(z.object({ at: text, errors: count, warnings: count })),
  /** What the reader of it should know: a rotation in between, a part that could not be read. */
  notes: z.array(z.string()),
})

export type LogAnalysis = z.infer<typeof logAnalysis>
export type LogCause = z.infer<typeof cause>
export type LogGroup = z.infer<typeof group>

/** What a log that is followed looks like now. */
export const logGlance = z.object({
  analysis: logAnalysis,
  /** The newest lines, redacted, oldest first. */
  tail: z.array(z.string()),
  /** Lines since it is followed that are not in the tail. */
  leftOut: count,
})

export type LogGlance = z.infer<typeof logGlance>

/** Lines of a log that a live tail shows. */
export const tailLines = 10

/** Where a log is: exactly one of path (absolute), unit and argv. */
export interface LogSource {
  readonly name: string
  readonly path?: string | undefined
  readonly unit?: string | undefined
  readonly argv?: readonly string[] | undefined
  readonly host?: string | undefined
  /** May values of rows be shown? Credentials never are. */
  readonly rowData: 'hidden' | 'shown'
}
