import { writeCount } from '../count.ts'
import { adviseOn, nameLabel } from '../log-advice.ts'
import type { LogAnalysis, LogCause, LogGlance, LogGroup } from '../log-analysis.ts'
import type { LogRemedy } from '../log-findings.ts'
import { plainText } from '../text.ts'
import type { KindCard } from './job-card.ts'

const shownGroups = 5
const shownOthers = 2
const longestText = 220
const longestHeadline = 140
const longestSample = 110
/** What one block of code on a card holds with room to spare. */
const longestCode = 2_600
const bars = '▁▂▃▄▅▆▇█'
const widest = 24

/** What was found in a log: what failed first stands first. */
export function describeAnalysis(analysis: LogAnalysis, remedies: readonly LogRemedy[]): KindCard {
  const { root, log } = analysis
  if (root === null) return describeClear(analysis)
  return {
    headline: `${log}: ${say(root.words, longestHeadline).replace(/\.$/, '')}`,
    lines: [
      ...sayTimeless(analysis),
      `First  ${where(root)}: ${say(root.text)}`,
      `Class  ${nameLabel(root.label)}${root.code === null ? '' : ` · ${sayCode(root)}`}`,
      ...listPlace(root),
      ...(root.certain ? [] : ['The cause itself is not in this log: look at the log of what it talked to.']),
      ...listFollowers(analysis),
      ...analysis.others.slice(0, shownOthers).map((other) => `Also  ${where(other)}: ${say(other.text, 120)}`),
      ...listGroups(analysis),
      ...drawTimeline(analysis),
      ...listNotes(analysis),
      `Next  ${adviseOn(root.label)}`,
      ...remedies.map(({ system, remedy, matched }) => `Fix  \`fix ${system} ${remedy}\` · matches ${say(matched)}`),
    ],
    code: cutCode(root.excerpt),
  }
}

/** Nothing was found: that is said of a log only when all of it could be read. */
function describeClear(analysis: LogAnalysis): KindCard {
  const { log, unread } = analysis
  const first = sayTimeless(analysis)
  if (unread > 0)
    return {
      headline: `${log}: ${writeCount(unread)} of its lines could not be read`,
      lines: [
        ...first,
        `No failure among the other ${writeCount(Math.max(0, analysis.lines - unread))} lines.`,
        ...listNotes(analysis),
        'Next  Read those lines where they were written, or let the program write UTF-8.',
      ],
    }
  const seen = `No failure among ${countLines(analysis)}.`
  const lines = [...first, seen, ...listNotes(analysis), 'Next  Look further back with `--since`, or at another log.']
  return { headline: `${log}: nothing failed in it`, lines }
}

function sayTimeless({ isTimeless, since }: LogAnalysis): string[] {
  if (!isTimeless) return []
  return [
    `⚠ No line bears a time that can be read: this is the whole log, not only what is new${since ? ` since ${shortTime(since)}` : ''}.`,
  ]
}

/** A log that is followed: groups and counts, and the newest lines with how many were left out. */
export function describeGlance(log: string, glance: LogGlance | null): KindCard {
  if (glance === null) return { headline: `follows ${log}`, lines: ['It tells what is new in it from now on.'] }
  const { analysis, tail, leftOut } = glance
  const { fatal, error, warn } = analysis.levels
  const errors = fatal + error
  const more = leftOut > 0 ? `… ${writeCount(leftOut)} lines before these are left out` : ''
  const code = tail.filter((line) => line !== '').length === 0 ? '' : cutCode([more, ...tail].filter(Boolean))
  return {
    headline: `follows ${log}: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${warn} ${warn === 1 ? 'warning' : 'warnings'}`,
    lines: [
      `Seen  ${countLines(analysis)}`,
      ...(analysis.root === null ? [] : [`First  ${say(analysis.root.words)} ${say(analysis.root.text)}`]),
      ...listGroups(analysis),
      ...drawTimeline(analysis),
      ...listNotes(analysis),
      `\`logs ${log} --stop\` ends it.`,
    ],
    ...(code === '' ? {} : { code }),
  }
}

/** Words for a log in which no failure was found. */
export function sayClear({ unread }: LogAnalysis): string {
  return unread > 0
    ? `nothing failed in what could be read, ${writeCount(unread)} lines could not`
    : 'nothing failed in it'
}

/** Words of a cause for one line elsewhere, such as in a report: kind of failure, code, place, where it stands. */
export function sayCause(root: LogCause): string {
  return `${say(root.words).replace(/\.$/, '')}${root.code === null ? '' : `, ${root.code}`} (${where(root)})`
}

function where({ spot, at }: LogCause): string {
  return `${say(spot.file)} line ${spot.line}${at === null ? '' : `, ${shortTime(at)}`}`
}

function sayCode({ code, codeName }: LogCause): string {
  return codeName === null ? say(code ?? '') : `${say(code ?? '')} ${say(codeName)}`
}

function listPlace({ place }: LogCause): string[] {
  const { schema, table, column, constraint, row, inputLine, file, value } = place
  const parts = [
    table === null ? '' : `table ${schema === null ? '' : `${schema}.`}${table}`,
    column === null ? '' : `column ${column}`,
    constraint === null ? '' : `constraint ${constraint}`,
    row === null ? '' : `row ${row}`,
    file === null ? '' : `file ${file}`,
    inputLine === null ? '' : `line ${inputLine}`,
    value === null ? '' : `value ${value}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? [] : [`Place  ${say(parts.join(', '))}`]
}

function listFollowers({ consequences }: LogAnalysis): string[] {
  const { events, groups } = consequences
  if (events === 0) return []
  const what =
    events === 1
      ? '1 consequence'
      : `${writeCount(events)} consequences in ${groups === 1 ? '1 group' : `${groups} groups`}`
  return [`After it  and ${what}`]
}

function listGroups({ groups, moreGroups }: LogAnalysis): string[] {
  const largest = groups.toSorted((one, other) => other.count - one.count)
  const shown = largest.slice(0, shownGroups).map((group) => `• ${writeCount(group.count)} × ${sayGroup(group)}`)
  const rest = groups.length - shown.length + moreGroups
  return rest > 0 ? [...shown, `and ${rest} more groups`] : shown
}

function sayGroup({ sample, firstAt, lastAt, first, last, consequence }: LogGroup): string {
  const from = firstAt === null ? `line ${first.line}` : shortTime(firstAt)
  const to = lastAt === null ? `line ${last.line}` : shortTime(lastAt)
  const when = from === to ? from : `${from} – ${to}`
  return `${say(sample, longestSample)} · ${when}${consequence ? ' · consequence' : ''}`
}

/** Errors and warnings over the log, one bar a stretch: `▁▁█▂ 02:10:07 – 02:41:00`. */
function drawTimeline({ timeline }: LogAnalysis): string[] {
  if (timeline.length < 2) return []
  const size = Math.ceil(timeline.length / widest)
  const sums = Array.from({ length: Math.ceil(timeline.length / size) }, (_, index) =>
    timeline.slice(index * size, (index + 1) * size).reduce((sum, one) => sum + one.errors + one.warnings, 0),
  )
  const most = Math.max(...sums, 1)
  const drawn = sums.map((sum) => (sum === 0 ? '·' : bars.charAt(Math.ceil((sum / most) * bars.length) - 1)))
  const times = timeline.flatMap(({ at }) => (at === null ? [] : [shortTime(at)]))
  const span = times.length < 2 ? '' : ` ${times[0]} – ${times.at(-1)}`
  return [`Over it  ${drawn.join('')}${span}`]
}

function listNotes({ notes }: LogAnalysis): string[] {
  return notes.map((note) => `⚠ ${say(note)}`)
}

function countLines({ lines, sources }: LogAnalysis): string {
  const files = sources.length > 1 ? ` of ${sources.length} files` : ''
  return `${writeCount(lines)} ${lines === 1 ? 'line' : 'lines'}${files}`
}

/** A clock where the text has one: dates and zones are in the file. */
function shortTime(at: string): string {
  return /\d{1,2}:\d{2}(?::\d{2})?/.exec(at)?.[0] ?? say(at, 40)
}

/** Words of a log among words of ours: no marks, no code, one line. */
function say(text: string, length = longestText): string {
  const plain = plainText(text).replaceAll('`', "'").replace(/\s+/g, ' ').trim()
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain
}

function cutCode(lines: readonly string[]): string {
  const text = plainText(lines.join('\n'))
  return text.length > longestCode ? `${text.slice(0, longestCode)}\n… cut, the file has it` : text
}
