import type { Cause, Group, Level, LogAnalysis, LogLine } from './analysis.ts'
import { isHarmless, isTelling } from './classify/gate.ts'
import { createStreamGrouper } from './cluster/index.ts'
import { describeCause } from './describe-cause.ts'
import { createEventAssembler } from './events/assemble-events.ts'
import type { EventLine, LogEvent } from './events/event.ts'
import { createHeaderParser } from './formats/index.ts'
import { decodeLine } from './lines/decode-line.ts'
import { createLineSplitter, type OnLine } from './lines/split-lines.ts'
import { findPlace } from './place/find-place.ts'
import { type JudgedEvent, judgeEvent } from './root/judge-event.ts'
import { type RankedCause, rankCauses } from './root/rank-causes.ts'

/** Lines before an event that are kept as its evidence. */
const beforeCap = 4
const groupCap = 1_000
const tableCap = 200

export interface Analyser {
  /** A raw line as `createLineSplitter` gives it. */
  readonly accept: OnLine
  finish(): LogAnalysis
}

/** Reads a log line by line and says at the end what failed first. Memory: at most 1,000 groups, an event of each. */
export function createAnalyser(): Analyser {
  const parse = createHeaderParser()
  const grouper = createStreamGrouper(groupCap)
  const groups = new Map<number, MutableGroup>()
  const levels = { fatal: 0, error: 0, warn: 0 }
  const formats: Record<string, number> = {}
  const tables: Record<string, number> = {}
  const ring: { raw: string; number: number }[] = []
  let lines = 0
  let events = 0
  let lastNumber = 0

  const assembler = createEventAssembler((event) => {
    const judged = judgeEvent(event)
    if (!judged) return
    events += 1
    const best = judged.lines[0]
    if (!best) return
    const level = event.level ?? 'error'
    if (level === 'fatal' || level === 'error' || level === 'warn') levels[level] += 1
    formats[event.format] = (formats[event.format] ?? 0) + 1
    const place = findPlace(event, best.line.message)
    if (place.table !== undefined && (tables[place.table] !== undefined || Object.keys(tables).length < tableCap))
      tables[place.table] = (tables[place.table] ?? 0) + 1
    const id = grouper.add(best.line.message.slice(0, 500))
    const known = groups.get(id)
    if (known) {
      known.count += 1
      known.lastLine = best.line.number
      known.lastAt = event.at ?? known.lastAt
    } else groups.set(id, makeGroup(judged, level, best.line))
    const group = groups.get(id)
    if (group && place.table !== undefined) group.tables[place.table] = (group.tables[place.table] ?? 0) + 1
  })

  return {
    accept(raw, number) {
      lines += number === lastNumber ? 0 : 1
      lastNumber = number
      const telling = isTelling(raw)
      if (!telling && !assembler.isOpen()) {
        ring.push({ raw, number })
        if (ring.length > beforeCap) ring.shift()
        return
      }
      const text = decodeLine(raw)
      const parsed = parse(text)
      const before: EventLine[] = assembler.isOpen()
        ? []
        : ring.map((line) => ({
            number: line.number,
            text: decodeLine(line.raw),
            message: '',
            kind: 'before' as const,
          }))
      assembler.accept(text, number, parsed, telling && !isHarmless(parsed.text), before)
      ring.length = 0
    },
    finish() {
      assembler.end()
      const list = [...groups.values()].sort((a, b) => a.firstLine - b.firstLine)
      const causes = rankCauses(list.map(({ judged }) => judged))
      const [root, ...others] = causes.map(describe)
      const templates = new Map(grouper.list().map(({ id, template }) => [id, template]))
      const shown = [...groups]
        .map(([id, group]) => showGroup(id, group, templates.get(id) ?? group.sample.text))
        .sort((a, b) => a.firstLine - b.firstLine)
      return {
        lines,
        events,
        levels,
        formats,
        root: root ?? null,
        others: others.slice(0, 4),
        consequences: shown.filter(
          (group) => group.consequence && root !== undefined && group.firstLine > root.line.number,
        ),
        groups: shown,
        tables,
        timeline: [],
      }
    },
  }
}

/** Analyses a whole text. */
export function analyseText(text: string): LogAnalysis {
  const analyser = createAnalyser()
  const splitter = createLineSplitter(analyser.accept)
  splitter.push(Buffer.from(text, 'utf8'))
  splitter.end()
  return analyser.finish()
}

interface MutableGroup {
  readonly judged: JudgedEvent
  readonly level: Level
  readonly sample: LogLine
  count: number
  readonly firstLine: number
  lastLine: number
  readonly firstAt: string | null
  lastAt: string | null
  readonly tables: Record<string, number>
}

function makeGroup(judged: JudgedEvent, level: Level, line: EventLine): MutableGroup {
  return {
    judged,
    level,
    sample: { number: line.number, text: line.text },
    count: 1,
    firstLine: line.number,
    lastLine: line.number,
    firstAt: judged.event.at,
    lastAt: judged.event.at,
    tables: {},
  }
}

function showGroup(id: number, group: MutableGroup, template: string): Group {
  const { judged, level, sample, count, firstLine, lastLine, firstAt, lastAt, tables } = group
  return {
    id,
    template,
    label: judged.label,
    code: judged.code?.code ?? null,
    level,
    consequence: judged.isConsequence,
    count,
    firstLine,
    lastLine,
    firstAt,
    lastAt,
    tables,
    sample,
  }
}

function describe(ranked: RankedCause): Cause {
  const { event, line, label, code, certain } = ranked
  const place = findPlace(event, line.message)
  return {
    line: { number: line.number, text: line.text },
    label,
    code: code?.code ?? null,
    codeName: code?.name ?? null,
    certain,
    level: event.level ?? 'error',
    at: event.at,
    format: event.format,
    words: describeCause(label, code?.name ?? null, place, certain),
    place,
    evidence: event.lines.slice(0, 40).map(({ number, text }: LogEvent['lines'][number]) => ({ number, text })),
  }
}
