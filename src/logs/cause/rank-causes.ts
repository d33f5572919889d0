import type { FoundCode } from '../codes/find-codes.ts'
import type { Label } from '../codes/label.ts'
import type { EventLine, LogEvent } from '../events/event.ts'
import { type JudgedEvent, type JudgedLine, scores } from './judge-event.ts'
import { findRowBehind, findToldAgain } from './told-again.ts'
import { cannotConnect, isWaitOver } from './waits.ts'

/** A line that may be where it began. */
export interface RankedCause {
  readonly event: LogEvent
  readonly line: EventLine
  readonly label: Label
  readonly code: FoundCode | null
  /** Row of the input, where an error behind it names it; null where none does. */
  readonly row: number | null
  /** False when nothing better than a consequence was found. */
  readonly certain: boolean
}

function tier({ score }: JudgedLine): number {
  if (score >= scores.cause) return 3
  if (score >= scores.code) return 2
  if (score > scores.consequence) return 1
  return score >= scores.wrapper ? 0 : -1
}

/** Lines within which an error that no rule knows only announces one that a rule knows. */
const announcedWithin = 200

/** Lines between the last try and the failure of which it was the last. */
const triedWithin = 40

/** The first event of a group, and the line on which its last began. */
export interface SeenEvent {
  readonly judged: JudgedEvent
  readonly lastLine: number
}

/**
 * Candidates for what failed first, best first: the earliest event that names a cause, then what its event says beside
 * it, then later ones; consequences come last. An error that no rule knows is the first when no known cause follows soon.
 */
export function rankCauses(
  events: readonly SeenEvent[],
  log: LogEnd = { lines: 0, endsWell: () => false, listLast: () => [], isCalm: () => false },
): RankedCause[] {
  if (isOvercome(events, log)) return []
  const recovered = findRecovered(events)
  const all = events.map(({ judged }) => judged)
  const ordered = all.toSorted(
    (a, b) =>
      Number(recovered.has(a)) - Number(recovered.has(b)) ||
      bestTier(b) - bestTier(a) ||
      firstNumber(a) - firstNumber(b),
  )
  const unknown = findEarlyUnknown(ordered)
  if (unknown) ordered.unshift(...ordered.splice(ordered.indexOf(unknown), 1))
  const cut = findCutOff(ordered) ?? findCutBefore(ordered)
  if (cut) ordered.unshift(...ordered.splice(ordered.indexOf(cut), 1))
  const before = findToldBefore(ordered)
  if (before) ordered.unshift(...ordered.splice(ordered.indexOf(before), 1))
  const seen = new Set<number>()
  const ranked: RankedCause[] = []
  const add = (judged: JudgedEvent, line: JudgedLine | undefined) => {
    if (!line || seen.has(line.line.number)) return
    seen.add(line.line.number)
    const { event, label } = judged
    const code = judged.code ?? findToldAgain(judged, all)
    const row = findRowBehind(judged, all)
    ranked.push({ event, line: line.line, label, code, row, certain: line.score > scores.consequence })
  }
  const [first, second, ...rest] = ordered
  if (first) for (const line of first.lines.slice(0, 2)) add(first, line)
  if (second) add(second, second.lines[0])
  if (first) add(first, first.lines[2])
  for (const judged of rest.slice(0, 5)) add(judged, judged.lines[0])
  return ranked
}

/** How a log went on. */
interface LogEnd {
  readonly lines: number
  /** Whether its last lines, so many at most, say that all went well. */
  endsWell(lines: number, inPlainWords?: boolean): boolean
  /** The last lines, so many at most as are kept. */
  listLast(lines: number): readonly string[]
  /** Whether none of these says that something went wrong. */
  isCalm(lines: number): boolean
}

/** Lines behind a last try after which it is taken to have gone well, where it was only warned of. */
const goneOnFor = 3

/** Kinds of failures that pass by themselves. */
const passing: ReadonlySet<Label> = new Set<Label>(['connectivity', 'lock_deadlock_timeout'])

/** Kinds that the same again does not mend. */
const lasting: ReadonlySet<Label> = new Set<Label>([
  ...(['syntax', 'duplicate_object', 'constraint_violation', 'data_conversion', 'mapping_schema'] as const),
  ...(['encoding', 'version_incompatibility'] as const),
])

/**
 * Whether all that went wrong was tried again, and the log went on, or says at its end that all went well. What was only
 * warned of, and passes by itself or is no known failure, needs no word of a retry for that.
 */
function isOvercome(events: readonly SeenEvent[], log: LogEnd): boolean {
  const failed = events.filter(({ judged }) => bestTier(judged) >= 0)
  const told = failed.length > 0 ? failed : events
  if (told.length === 0) return false
  const last = Math.max(...told.map(({ judged, lastLine }) => Math.max(lastLine, firstNumber(judged))))
  const endsWell = (inPlainWords: boolean) => log.lines > last && log.endsWell(log.lines - last, inPlainWords)
  // What is only warned of, and of no kind that a migration fails with, is no failure without more.
  if (failed.length === 0)
    return told.every(
      (one) =>
        isMild(one) &&
        ((isWarned(one) && one.judged.label === 'other') ||
          endsWell(true) ||
          (one.judged.isRetried && endsWell(false))),
    )
  if (failed.every((one) => isProbe(one)) && endsWell(false)) return true
  const behind = (judged: JudgedEvent) => log.listLast(log.lines - firstNumber(judged))
  if (failed.every(({ judged }) => isWaitOver(judged, behind(judged))) && log.isCalm(log.lines - last)) return true
  if (failed.every(({ judged }) => judged.isRetried && !lasting.has(judged.label)))
    return endsWell(false) || (failed.every(isMild) && log.lines - last >= goneOnFor)
  const isPassed = (one: SeenEvent) =>
    one.judged.isRetried || (isWarned(one) && (passing.has(one.judged.label) || isHead(one)))
  return failed.every(isPassed) && endsWell(true)
}

/** A tool looks for its own table before it makes it: the server calls that an error of the first start. */
const probe =
  /["'`[.\s](?:migration_model|databasechangelog(?:lock)?|schema_migrations?|alembic_version|flyway_schema_history|schema_version|django_migrations|_prisma_migrations|__EFMigrationsHistory|knex_migrations(?:_lock)?|SequelizeMeta|goose_db_version|gorp_migrations|ar_internal_metadata|doctrine_migration_versions|phinxlog|__drizzle_migrations|_sqlx_migrations|migrations|pg_migrate|dbmate_migrations|atlas_schema_revisions)["'`\]]{0,2}.{0,20}(?:does not exist|doesn't exist)|Invalid object name '[\w.]{0,40}__EFMigrationsHistory'/i

function isProbe({ judged }: SeenEvent): boolean {
  return probe.test(judged.lines[0]?.line.message ?? '')
}

/** The warning itself says it, none of the exceptions below it. */
function isHead({ judged: { lines } }: SeenEvent): boolean {
  return lines[0]?.line.kind === 'head'
}

function isWarned({ judged: { event } }: SeenEvent): boolean {
  return event.level === 'warn' || event.level === 'info' || event.level === 'debug'
}

function isMild({ judged: { event } }: SeenEvent): boolean {
  return event.level !== 'error' && event.level !== 'fatal'
}

/** Lines within which a program tells the same failure once more, louder; and the signs that both must have. */
const toldLouderWithin = 10
const shortestTold = 30

/** The same failure as it was told a few lines before, by what ran into it: there it began. */
function findToldBefore([best, ...others]: readonly JudgedEvent[]): JudgedEvent | undefined {
  const told = best?.lines[0]?.line
  if (!best || !told || isBelow(best) || told.message.length > 1_000) return undefined
  const message = told.message.trim().replace(/ \(\d{3}\)$/, '')
  const ends = [...message.matchAll(/(?:^|: )(?=\S)/g)]
    .map(({ 0: sign, index }) => message.slice(index + sign.length))
    .filter((end) => end.length >= shortestTold)
  return others.find((one) => {
    const distance = firstNumber(best) - firstNumber(one)
    if (distance <= 0 || distance > toldLouderWithin || one.isRetried || one.label !== best.label) return false
    return one.lines.some(({ line }) => ends.some((end) => line.message.includes(end)))
  })
}

/** The cause below an exception is deeper than what was logged of it; an exception with a header of its own is told anew. */
function isBelow({ event: { format, lines: told }, lines: [best] }: JudgedEvent): boolean {
  const kind = best?.line.kind
  if (kind === 'cause') return true
  const isHeaded = format !== 'plain' && told.find((line) => line.kind !== 'before')?.number === best?.line.number
  return kind === 'exception' && !isHeaded
}

/**
 * Failures that were tried again and went well: what failed later for another reason, or long after the last try, is
 * what the log ended with. Without any such failure none has recovered.
 */
function findRecovered(seen: readonly SeenEvent[]): ReadonlySet<JudgedEvent> {
  const waited = findWaited(seen)
  const last = seen
    .filter(({ judged }) => !judged.isRetried && !waited.has(judged) && bestTier(judged) > 0 && isLoud(judged))
    .toSorted((a, b) => bestTier(b.judged) - bestTier(a.judged) || firstNumber(a.judged) - firstNumber(b.judged))[0]
  if (!last) return waited
  const end = firstNumber(last.judged)
  return new Set([
    ...waited,
    ...seen.flatMap(({ judged, lastLine }) => {
      if (!judged.isRetried || firstNumber(judged) > end) return []
      const isSame = judged.label === last.judged.label || bestTier(last.judged) < 3
      return isSame && end - Math.min(lastLine, end) <= triedWithin ? [] : [judged]
    }),
  ])
}

/** Kinds of failures that only a server tells which was reached. */
const served: ReadonlySet<Label> = new Set<Label>([
  ...([
    'constraint_violation',
    'data_conversion',
    'mapping_schema',
    'duplicate_object',
    'lock_deadlock_timeout',
  ] as const),
  ...(['encoding', 'syntax', 'permission_auth'] as const),
])

/** An object that is missing on a server: a file, a host or a program may be missing anywhere. */
const missing =
  /\b(?:relation|table|column|schema|role|function|index|view|collection|sequence) \S{1,130} does(?:n't| not) exist/i

function isServed({ label, lines }: JudgedEvent): boolean {
  return served.has(label) || (label === 'missing_object' && missing.test(lines[0]?.line.message ?? ''))
}

/** Failures to connect before one that only a server tells: the server was waited for, and was there in the end. */
function findWaited(seen: readonly SeenEvent[]): ReadonlySet<JudgedEvent> {
  const answers = seen.flatMap(({ judged }) =>
    isServed(judged) && bestTier(judged) === 3 && isLoud(judged) ? [firstNumber(judged)] : [],
  )
  const end = Math.max(-1, ...answers)
  return new Set(
    seen.flatMap(({ judged, lastLine }) =>
      judged.label === 'connectivity' &&
      Math.max(lastLine, firstNumber(judged)) < end &&
      (judged.isRetried ||
        judged.event.level === 'warn' ||
        judged.lines.some(({ line }) => cannotConnect.test(line.message)))
        ? [judged]
        : [],
    ),
  )
}

function isLoud({ event, lines }: JudgedEvent): boolean {
  if (event.level === 'warn') return (lines[0]?.line.kind ?? 'head') !== 'head' && (lines[0]?.score ?? 0) > 25
  return event.level === 'error' || event.level === 'fatal' || (event.level === null && (lines[0]?.score ?? 0) > 25)
}

function findEarlyUnknown(ordered: readonly JudgedEvent[]): JudgedEvent | undefined {
  const [best] = ordered
  if (!best || bestTier(best) <= 1) return undefined
  const isUnknown = (judged: JudgedEvent) =>
    bestTier(judged) === 1 && (judged.event.level === 'error' || judged.event.level === 'fatal')
  const first = ordered.find(isUnknown)
  return first && firstNumber(first) + announcedWithin < firstNumber(best) ? first : undefined
}

/** A connection that was cut, where nothing behind it but errors that no rule knows was told: these follow from it. */
function findCutOff(ordered: readonly JudgedEvent[]): JudgedEvent | undefined {
  const [best] = ordered
  if (!best || bestTier(best) !== 1) return undefined
  return ordered.find(
    (one) => one.isConsequence && one.label === 'connectivity' && firstNumber(one) < firstNumber(best),
  )
}

/**
 * A connection that was cut, as the client says with its code, before anything else failed: what failed later for want
 * of what it was to bring follows from it, unless that is a reason for the cut itself.
 */
function findCutBefore(ordered: readonly JudgedEvent[]): JudgedEvent | undefined {
  const [best] = ordered
  if (!best || bestTier(best) !== 3 || !(served.has(best.label) || best.label === 'missing_object')) return undefined
  return ordered.find(
    (one) =>
      one.isConsequence &&
      one.label === 'connectivity' &&
      one.code?.weight === 3 &&
      !one.isRetried &&
      firstNumber(one) < firstNumber(best),
  )
}

function bestTier(judged: JudgedEvent): number {
  const best = judged.lines[0]
  return best ? tier(best) : 0
}

function firstNumber(judged: JudgedEvent): number {
  return judged.lines[0]?.line.number ?? 0
}
