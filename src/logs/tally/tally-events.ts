import type { Group, Level, LogAnalysis, LogLine } from '../analysis.ts'
import { type JudgedEvent, judgeEvent } from '../cause/judge-event.ts'
import type { SeenEvent } from '../cause/rank-causes.ts'
import { createStreamGrouper } from '../cluster/stream-groups.ts'
import { completeLines, type EventLine, type LogEvent } from '../events/event.ts'
import { findTablePattern } from '../place/find-place.ts'
import type { ScannedLine } from '../scan/scan-log.ts'
import { createTimeline } from './timeline.ts'
import { findWording } from './wording.ts'

/** Groups that are kept, and wordings whose verdict is remembered. */
const groupCap = 1_000
const wordingCap = 4_000
/** Wordings that are judged once there is no room for a group of its own: the rest are only counted. */
const judgedCap = 1_000
/** Tables that are counted: of the whole log, of a group. */
const tableCap = 200
const groupTableCap = 20

export interface EventTally {
  /** Judges and counts an event; what comes back counts further ones of its kind. */
  add(event: LogEvent): KnownWording
  /** Counts one more event of a kind, by its raw lines. */
  repeat(known: KnownWording, lines: readonly ScannedLine[]): void
  /** One judged event of each group, the first that was seen. */
  listFirst(): readonly SeenEvent[]
  summarise(): Pick<LogAnalysis, 'events' | 'levels' | 'formats' | 'groups' | 'tables' | 'timeline'>
}

interface OpenGroup {
  readonly id: number
  /** Its earliest event, and the line of it that told. */
  judged: JudgedEvent
  sample: LogLine
  readonly level: Level
  readonly tables: Map<string, number>
  count: number
  lastLine: number
  lastAt: string | null
  /** The last event's first line, when it was only counted: its time is read when it is asked for. */
  lastRaw: string | null
}

/** What is known of a wording: its group, which of an event's lines told, and how its table was found. */
export interface KnownWording {
  /** False for one that says nothing. */
  readonly isCounted: boolean
  readonly group: OpenGroup | null
  readonly tablePattern: RegExp | null
  readonly level: Level
  readonly format: string
}

/** What is left when there is no room for more groups. */
const ungrouped = { isCounted: true, group: null, tablePattern: null } as const

/** Counts events by what they say. Each wording is judged once; memory is bounded by the caps. */
export function createEventTally(findTime: (raw: string) => string | null): EventTally {
  const grouper = createStreamGrouper(groupCap)
  const timeline = createTimeline()
  const groups = new Map<string, OpenGroup>()
  const known = new Map<string, KnownWording>()
  const formats = new Map<string, number>()
  const tables = new Map<string, number>()
  const levels = { fatal: 0, error: 0, warn: 0 }
  let events = 0
  let judgedInVain = 0

  function learn(wording: string, event: LogEvent): KnownWording {
    if (judgedInVain > judgedCap) return { ...ungrouped, level: event.level ?? 'error', format: event.format }
    const judged = judgeEvent(event)
    const best = judged?.lines[0]
    const kind = { level: event.level ?? 'error', format: event.format }
    const found: KnownWording =
      judged && best
        ? {
            ...kind,
            isCounted: true,
            group: openGroup(judged, best.line),
            tablePattern: findTablePattern(event, best.line.message),
          }
        : { ...kind, isCounted: false, group: null, tablePattern: null }
    known.set(wording, found)
    const [oldest] = known.keys()
    if (known.size > wordingCap && oldest !== undefined) known.delete(oldest)
    return found
  }

  /** Null where there is no room: a group that is not kept must not be held by its wording. */
  function openGroup(judged: JudgedEvent, line: EventLine): OpenGroup | null {
    const id = grouper.add(line.message.slice(0, 500))
    // Alike in words but not in kind, as `value too long` and `value too large` of two servers: kept apart.
    const key = `${id} ${judged.label} ${judged.code?.code ?? ''}`
    const there = groups.get(key)
    if (there) return there
    if (groups.size >= groupCap) {
      judgedInVain += 1
      return null
    }
    const { event } = judged
    const group: OpenGroup = {
      id: groups.size + 1,
      judged: { ...judged, event: completeLines(event) },
      level: event.level ?? 'error',
      sample: { number: line.number, text: line.text },
      tables: new Map(),
      count: 0,
      lastLine: line.number,
      lastAt: event.at,
      lastRaw: null,
    }
    groups.set(key, group)
    return group
  }

  /** Counts an event of a kind; the time is asked for only where it is shown. */
  function countOne(known: KnownWording, number: number, table: string | undefined, at: () => string | null): void {
    const { group, level, format, isCounted } = known
    if (!isCounted) return
    events += 1
    if (level === 'fatal' || level === 'error' || level === 'warn') levels[level] += 1
    formats.set(format, (formats.get(format) ?? 0) + 1)
    timeline.add(number, at, level === 'warn')
    if (group !== null) {
      group.count += 1
      group.lastLine = Math.max(group.lastLine, number)
    }
    if (!table) return
    count(tables, table, tableCap)
    if (group !== null) count(group.tables, table, groupTableCap)
  }

  return {
    add(event) {
      const wording = findWording(event)
      const kind = known.get(wording) ?? learn(wording, event)
      const head = event.lines.find((line) => line.kind !== 'before')
      if (!kind.isCounted || !head) return kind
      countOne(kind, head.number, kind.tablePattern ? findTable(event, kind.tablePattern) : undefined, () => event.at)
      if (kind.group === null) return kind
      if (head.number < kind.group.sample.number) putFirst(kind.group, event)
      if (head.number < kind.group.lastLine) return kind
      kind.group.lastAt = event.at ?? kind.group.lastAt
      kind.group.lastRaw = null
      return kind
    },
    repeat(kind, lines) {
      const [head] = lines
      if (!kind.isCounted || !head) return
      countOne(kind, head.number, findRawTable(lines, kind.tablePattern), () => findTime(head.raw))
      if (kind.group) kind.group.lastRaw = head.raw
    },
    listFirst: () => [...groups.values()].map(({ judged, lastLine }) => ({ judged, lastLine })),
    summarise() {
      const templates = new Map(grouper.list().map(({ id, template }) => [String(id), template]))
      return {
        events,
        levels,
        formats: Object.fromEntries(formats),
        tables: Object.fromEntries(tables),
        timeline: timeline.list(),
        groups: [...groups]
          .map(([key, group]) =>
            showGroup(readLastTime(group, findTime), templates.get(key.split(' ')[0] ?? '') ?? group.sample.text),
          )
          .sort((a, b) => a.firstLine - b.firstLine),
      }
    },
  }
}

function findTable(event: LogEvent, pattern: RegExp): string | undefined {
  for (const line of event.lines) {
    const table =
      line.kind === 'frame' || line.kind === 'before'
        ? undefined
        : pattern.exec(line.message.slice(0, 1_500))?.groups?.table
    if (table) return table
  }
  return undefined
}

/** Events of processes whose details are waited for come late: the earliest of a group stands for it. */
function putFirst(group: OpenGroup, event: LogEvent): void {
  const judged = judgeEvent(event)
  const best = judged?.lines[0]
  if (!judged || !best || best.line.number >= group.sample.number) return
  group.judged = { ...judged, event: completeLines(event) }
  group.sample = { number: best.line.number, text: best.line.text }
}

function findRawTable(lines: readonly ScannedLine[], pattern: RegExp | null): string | undefined {
  if (pattern === null) return undefined
  for (const { raw } of lines) {
    const table = pattern.exec(raw.length > 1_500 ? raw.slice(0, 1_500) : raw)?.groups?.table
    if (table) return table
  }
  return undefined
}

function readLastTime(group: OpenGroup, findTime: (raw: string) => string | null): OpenGroup {
  if (group.lastRaw !== null) group.lastAt = findTime(group.lastRaw) ?? group.lastAt
  group.lastRaw = null
  return group
}

function count(counts: Map<string, number>, name: string, cap: number): void {
  const before = counts.get(name)
  if (before !== undefined) counts.set(name, before + 1)
  // A copy: as a piece of its line it would hold all of the line.
  else if (counts.size < cap) counts.set(Buffer.from(name).toString(), 1)
}

function showGroup(group: OpenGroup, template: string): Group {
  const { id, judged, level, sample, lastLine, lastAt } = group
  return {
    id,
    template,
    label: judged.label,
    code: judged.code?.code ?? null,
    level,
    consequence: judged.isConsequence,
    count: group.count,
    firstLine: sample.number,
    lastLine: Math.max(sample.number, lastLine),
    firstAt: judged.event.at,
    lastAt,
    tables: Object.fromEntries(group.tables),
    sample,
  }
}
