import type { LogAnalysis, LogCause, LogGroup } from '../../domain/log-analysis.ts'
import type { Cause, LogAnalysis as Found, Group, Place } from '../analysis.ts'
import { describeCause } from '../describe-cause.ts'
import { isField, namesMigration } from '../events/field.ts'
import { createHeaderParser } from '../formats/index.ts'
import { namesStep } from '../scan/naming-lines.ts'
import { redactLines } from './redact-lines.ts'

/**
 * Takes out what must not leave the machine; see the redactor. `together` gives one for texts of one log: what goes in
 * one of them goes in those that come after it.
 */
export interface Redact {
  (text: string): string
  readonly together?: () => (text: string) => string
}

/** File and line of a line of all that was read. */
export type Locate = (line: number) => { readonly file: string; readonly line: number }

const longestLine = 500
const longestTemplate = 300
const mostGroups = 40
const mostTables = 20
const excerptLines = 12
const linesBefore = 4
/** Lines at the beginning of an event: what names the step, what stands directly above it, and its head. */
const headLines = 12
/** Fields of the error that stand further below. */
const fieldLines = 12
/** Lines above the one that told leave room for it. */
const longestAbove = 240

/** The analysis as it may leave the machine: redacted piece by piece, and bounded whatever the log holds. */
export function writeAnalysis(
  found: Found,
  of: {
    readonly log: string
    readonly sources: readonly string[]
    readonly bytes: number
    readonly unread: number
    readonly since: string | null
    readonly until: string | null
    readonly notes: readonly string[]
    readonly showsRows: boolean
    readonly redact: Redact
    readonly locate: Locate
  },
): LogAnalysis {
  const kept = chooseGroups(found.groups)
  return writeParts(found, kept, { ...of, redact: knowAll(found, kept, of.redact) })
}

/** A redactor that has seen all that will be shown: a value may be plain in one place and known for data in another. */
function knowAll({ root, others }: Found, groups: readonly Group[], redact: Redact): Redact {
  if (redact.together === undefined) return redact
  const together = redact.together()
  for (const { evidence } of root === null ? others : [root, ...others])
    redactLines(
      evidence.map(({ text }) => text),
      together,
    )
  for (const { sample } of groups) redactLines([sample.text], together)
  return together
}

function writeParts(found: Found, kept: readonly Group[], of: Parameters<typeof writeAnalysis>[1]): LogAnalysis {
  const { log, sources, bytes, unread, since, until, notes, redact } = of
  return {
    ...{ log, sources: [...sources], bytes, unread, isTimeless: false, since, until },
    lines: found.lines,
    levels: found.levels,
    root: found.root && writeCause(found.root, of),
    others: found.others.map((other) => writeCause(other, of)),
    consequences: {
      groups: found.consequences.length,
      events: found.consequences.reduce((sum, group) => sum + group.count, 0),
    },
    groups: kept.map((group) => writeGroup(group, of)),
    moreGroups: found.groups.length - kept.length,
    tables: writeTables(found.tables, redact),
    timeline: found.timeline.map(({ at, errors, warnings }) => ({ at, errors, warnings })),
    notes: notes.map((note) => cut(redact(note), longestLine)),
  }
}

type Hands = Parameters<typeof writeAnalysis>[1]

/** The first groups and the largest ones: what failed first must not go for what is only frequent. */
function chooseGroups(groups: readonly Group[]): readonly Group[] {
  if (groups.length <= mostGroups) return groups
  const half = mostGroups / 2
  const largest = groups.slice(half).toSorted((one, other) => other.count - one.count)
  const kept = new Set([...groups.slice(0, half), ...largest.slice(0, half)])
  return groups.filter((group) => kept.has(group))
}

function writeCause(cause: Cause, of: Hands): LogCause {
  const { redact, locate } = of
  const hidden = redactLines(
    cause.evidence.map(({ text }) => text),
    redact,
  )
  const text = hideLine(cause, hidden, redact)
  const place = writePlace(cause.place, hidden.join('\n'), of)
  return {
    // Made anew of what may be seen: the words name table and column.
    words: describeCause(cause.label, cause.codeName, toPlace(place), cause.certain),
    label: cause.label,
    code: cause.code,
    codeName: cause.codeName,
    certain: cause.certain,
    at: cause.at,
    format: cause.format,
    spot: locate(cause.line.number),
    text: cut(dropHeader(text), longestLine),
    place,
    excerpt: writeExcerpt(cause, hidden, locate),
  }
}

/** The line as it stands in the hidden evidence, where what came before it was known. */
function hideLine({ line, evidence }: Cause, hidden: readonly string[], redact: Redact): string {
  const index = evidence.findIndex(({ number }) => number === line.number)
  const inEvidence = hidden.length === evidence.length ? hidden[index] : undefined
  return inEvidence ?? redactLines([line.text], redact).join(' ')
}

/**
 * Lines around the one that told, what names the step in front of them, and below them the fields of the error and the
 * migration's own frame. A secret of several lines becomes one: then no line can be told its number any more.
 */
function writeExcerpt({ evidence, line }: Cause, hidden: readonly string[], locate: Locate): string[] {
  if (hidden.length !== evidence.length) return hidden.slice(0, excerptLines).map((text) => cut(text, longestLine))
  const root = evidence.findIndex(({ number }) => number === line.number)
  const from = Math.max(0, root - linesBefore)
  // Within a long event, the last two above that name what was being done.
  const steps = new Set(
    evidence.flatMap(({ text }, index) => (index < from && namesStep(text) ? [index] : [])).slice(-2),
  )
  const isShown = (index: number) =>
    steps.has(index) ||
    (index >= from && index < from + excerptLines) ||
    index < Math.min(from, headLines) ||
    (index >= from + excerptLines && isTelling(evidence[index]?.text ?? ''))
  return hidden
    .flatMap((text, index) => (isShown(index) ? [{ text, index, number: evidence[index]?.number ?? 0 }] : []))
    .slice(0, excerptLines + headLines + fieldLines)
    .map(({ text, index, number }) => `${locate(number).line}  ${cut(text, index < root ? longestAbove : longestLine)}`)
}

function isTelling(text: string): boolean {
  return isField(text) || namesMigration(text)
}

/** Of a place only what still stands in the hidden text, so that nothing comes back that was taken out. */
function writePlace(place: Place, hidden: string, { redact, showsRows }: Hands): LogCause['place'] {
  const keep = (piece: string | undefined) =>
    piece !== undefined && hidden.includes(piece) && redact(piece) === piece ? cut(piece, longestLine) : null
  return {
    schema: keep(place.schema),
    table: keep(place.table),
    column: keep(place.column),
    constraint: keep(place.constraint),
    row: place.row ?? null,
    inputLine: place.inputLine ?? null,
    file: keep(place.file),
    value: showsRows ? keep(place.value) : null,
    statement: place.statement === undefined ? null : hideStatement(place.statement, hidden, redact),
  }
}

/** By itself a statement does not look like one: its values are known by the word that stands before it. */
function hideStatement(statement: string, hidden: string, redact: Redact): string | null {
  const mark = 'STATEMENT:  '
  const shown = redact(`${mark}${statement}`).slice(mark.length)
  return hidden.includes(statement) || shown !== statement ? cut(shown, longestLine) : null
}

function toPlace(place: LogCause['place']): Place {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== null)) as Place
}

function writeGroup(group: Group, { redact, locate }: Hands): LogGroup {
  const hidden = redactLines([group.sample.text], redact).join(' ')
  return {
    template: hideTemplate(group.template, hidden, redact),
    sample: cut(dropHeader(hidden), longestTemplate),
    label: group.label,
    code: group.code,
    level: group.level,
    consequence: group.consequence,
    count: group.count,
    first: locate(group.firstLine),
    last: locate(group.lastLine),
    firstAt: group.firstAt,
    lastAt: group.lastAt,
    tables: writeTables(group.tables, redact),
  }
}

const variable = '<*>'

/**
 * Masks may have taken away what a secret is known by, so each word of the wording must also stand in the hidden
 * sample: a word that was hidden there is hidden here.
 */
function hideTemplate(template: string, hidden: string, redact: Redact): string {
  const words = redact(template)
    .split(/(\s+|<\*>)/)
    .map((word) => (/^\s*$/.test(word) || word === variable || hidden.includes(word) ? word : variable))
  return cut(words.join('').replace(/(?:<\*>){2,}/g, variable), longestTemplate)
}

function writeTables(tables: Readonly<Record<string, number>>, redact: Redact): Record<string, number> {
  const safe = Object.entries(tables).filter(([table]) => redact(table) === table)
  return Object.fromEntries(safe.toSorted(([, one], [, other]) => other - one).slice(0, mostTables))
}

/** Time, level and program say less than the message, and stand elsewhere. */
function dropHeader(text: string): string {
  const message = createHeaderParser()(text).text.trim()
  return message === '' ? text : message
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
