import { type StepPhase, stepPhase } from '../../domain/phase.ts'
import type { Progress } from '../../domain/progress.ts'
import { waitsFor } from '../../domain/waiting.ts'
import type { WeighedEntry } from './load-weights.ts'

/** What the server says of work under way: rows of pg_stat_progress_*. */
export interface RunningWork {
  /** COPY: bytes so far by table. */
  readonly copies: readonly { readonly table: string; readonly bytes: number }[]
  /** CREATE INDEX: done part by table, 0 to 1. */
  readonly indexes: readonly { readonly table: string; readonly part: number }[]
  /** Sessions of the load that wait for a lock. */
  readonly waiting: number
}

export interface LoadTracker {
  /** Takes a line that `pg_restore --verbose` printed. */
  takeLine(line: string): void
  /** The progress now, for what the server says is under way. `now` in milliseconds. */
  describe(running: RunningWork, now: number): Progress
}

/** Before this much is done, live speed says nothing yet. */
const ENOUGH = 0.03
/** How far the end may be off, to either side, from the error measured for weighted estimates. */
const EARLY = 0.9
const LATE = 1.25

/**
 * Follows a load: finished entries count with their weight, running ones with the part that the server reports.
 * With -j pg_restore names each entry by its number; with one job only by its name.
 */
export function trackLoad(entries: readonly WeighedEntry[], startedAt: number): LoadTracker {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const done = new Set<number>()
  const running = new Map<number, WeighedEntry>()
  const total = entries.reduce((sum, entry) => sum + entry.weight, 0) || 1
  let last = { bytes: 0, at: startedAt }
  let rate: number | null = null
  let best = 0

  const finish = (entry: WeighedEntry | undefined) => {
    if (entry === undefined) return
    running.delete(entry.id)
    done.add(entry.id)
  }
  const start = (entry: WeighedEntry | undefined) => {
    if (entry !== undefined && !done.has(entry.id)) running.set(entry.id, entry)
  }
  return {
    takeLine(line) {
      const numbered = /(launching|finished|processing) item (\d+) /.exec(line)
      if (numbered) {
        const entry = byId.get(Number(numbered[2]))
        if (numbered[1] === 'finished') finish(entry)
        else if (numbered[1] === 'launching') start(entry)
        else if (entry !== undefined && entry.kind !== 'TABLE DATA') finish(entry)
        return
      }
      const named = /processing data for table "(.+)"|creating (INDEX|CONSTRAINT|FK CONSTRAINT) "(.+)"/.exec(line)
      if (!named || running.size > 1) return
      const [, table, kind, name] = named
      const entry = entries.find((one) =>
        table === undefined
          ? one.kind === kind && !done.has(one.id) && `${one.schema}.${one.tag}` === name
          : one.kind === 'TABLE DATA' && one.name === table,
      )
      if (entry === undefined || running.has(entry.id)) return
      for (const before of [...running.values()]) finish(before)
      start(entry)
    },
    describe(seen, now) {
      const finished = entries.reduce((sum, entry) => sum + (done.has(entry.id) ? entry.weight : 0), 0)
      const partly = [...running.values()].reduce((sum, entry) => sum + entry.weight * partOf(entry, seen), 0)
      // Never backwards: a number that falls would be taken for a fault.
      best = Math.max(best, Math.min(0.999, (finished + partly) / total))
      const loaded = entries.reduce((sum, one) => sum + (done.has(one.id) ? (one.copyBytes ?? 0) : 0), 0)
      const bytes = loaded + seen.copies.reduce((sum, copy) => sum + copy.bytes, 0)
      if (now - last.at >= 900) {
        rate = bytes > last.bytes ? (bytes - last.bytes) / ((now - last.at) / 1000) : null
        last = { bytes, at: now }
      }
      return {
        phase: phaseOf([...running.values()]),
        fraction: best,
        rate,
        readyBetween: best < ENOUGH ? null : estimateEnd(best, now - startedAt, now),
        waitingFor: seen.waiting > 0 ? waitsFor('side_lock') : null,
      }
    },
  }
}

function partOf(entry: WeighedEntry, seen: RunningWork): number {
  if (entry.kind === 'TABLE DATA') {
    const bytes = seen.copies.find((copy) => copy.table === entry.name)?.bytes ?? 0
    return entry.copyBytes ? Math.min(1, bytes / entry.copyBytes) : 0
  }
  const name = entry.kind === 'INDEX' ? undefined : entry.name
  return seen.indexes.find((index) => name === undefined || index.table === name)?.part ?? 0
}

function phaseOf(running: readonly WeighedEntry[]): StepPhase {
  const [first, ...others] = running
  if (first === undefined) return stepPhase('loading')
  const [table, more] = [first.name, others.length]
  const isOne = more === 0
  if (first.kind === 'TABLE DATA') return stepPhase(isOne ? 'loading_table' : 'loading_tables', { table, more })
  if (first.kind === 'FK CONSTRAINT') return stepPhase(isOne ? 'checking_key' : 'checking_keys', { table, more })
  if (first.kind === 'INDEX') return stepPhase(isOne ? 'building_index' : 'building_indexes', { table, more })
  return stepPhase(isOne ? 'building_constraint' : 'building_constraints', { table, more })
}

function estimateEnd(fraction: number, elapsed: number, now: number): [string, string] {
  const left = (elapsed / fraction) * (1 - fraction)
  return [new Date(now + left * EARLY).toISOString(), new Date(now + left * LATE).toISOString()]
}
