import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { round } from './statistics.ts'

/** A limit that was set before anything was measured, beside what was measured. */
export interface Goal {
  readonly goal: string
  readonly atMost: number
  readonly measured: number
  readonly holds: boolean
}

/** What a benchmark prints: one JSON object. */
export interface Result {
  readonly benchmark: string
  /** What is compared with what, in one sentence. */
  readonly compares: string
  readonly machine: Machine
  readonly settings: Readonly<Record<string, unknown>>
  readonly measured: Readonly<Record<string, unknown>>
  readonly ratios: Readonly<Record<string, unknown>>
  readonly goals: readonly Goal[]
}

/** Where it ran. The load averages tell how much else ran: figures from a busy machine are worth less. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly loadBefore: readonly number[]
  readonly loadAfter: readonly number[]
}

/** One benchmark: `run` gets the words after its name and tells how far it is. */
export interface Benchmark {
  readonly name: string
  readonly usage: string
  run(words: readonly string[], tell: (line: string) => void): Promise<Omit<Result, 'benchmark' | 'machine'>>
}

export function setGoal(goal: string, atMost: number, measured: number): Goal {
  return { goal, atMost, measured: round(measured), holds: measured <= atMost }
}

/** Describes this machine; `loadBefore` is what `readLoad` answered before the first measurement. */
export function describeMachine(loadBefore: readonly number[]): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore,
    loadAfter: readLoad(),
  }
}

/** Load averages over 1, 5 and 15 minutes. */
export function readLoad(): number[] {
  return loadavg().map((one) => Math.round(one * 100) / 100)
}
