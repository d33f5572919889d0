import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCount, readFlags, readSize } from '../measure/read-words.ts'
import { setGoal } from '../measure/result.ts'
import { runSql, serverSettings, startServers } from '../measure/servers.ts'
import { compareRuns, findMedian, round } from '../measure/statistics.ts'
import { buildArchive } from '../restore/build-archive.ts'
import { buildTables } from './build-tables.ts'
import type { Hand } from './by-hand.ts'
import { createStore, type OpenSalvor, openSalvor } from './open-salvor.ts'

type Parts = Readonly<Record<string, number>>

/** The runs on one database: seconds of Salvor's steps and of the parts by hand, round by round. */
interface Runs {
  readonly database: string
  readonly tables: number
  readonly salvor: readonly Parts[]
  readonly hand: readonly Parts[]
  readonly salvorSum: readonly number[]
  readonly handSum: readonly number[]
}

/** What a benchmark of a job measured, the large database first, then those of many tables. */
export interface JobRuns {
  readonly settings: Readonly<Record<string, unknown>>
  readonly runs: readonly Runs[]
}

interface JobBenchmark {
  readonly words: readonly string[]
  readonly tell: (line: string) => void
  readonly jobs: number
  /** Once for each database, not measured. */
  readonly before?: (salvor: OpenSalvor) => Promise<void>
  readonly salvor: (salvor: OpenSalvor) => Promise<Parts>
  readonly hand: (hand: Hand) => Promise<Parts>
  /** The parts that count against Salvor's steps. */
  readonly sum: (parts: Parts) => number
}

/** Runs a job and the work by hand in turn, on one large database and on databases of many small tables. */
export async function runJobBenchmark(of: JobBenchmark): Promise<JobRuns> {
  const flags = readFlags(of.words, ['size', 'tables', 'rounds', 'jobs'])
  const bytes = readSize(flags, 1e9)
  const rounds = readCount(flags, 'rounds', 3)
  const jobs = readCount(flags, 'jobs', of.jobs)
  const counts = (flags.tables ?? '100,2500,20000').split(',').map((text) => readCount({ tables: text }, 'tables', 1))
  // Each table is locked with its indexes by whoever dumps it.
  const locks = Math.max(128, Math.ceil((Math.max(...counts) * 4) / 100))
  const servers = await startServers(undefined, { max_locks_per_transaction: String(locks) })
  const adminUrl = servers.postgres.url('postgres')
  const redisUrl = await servers.startRedis()
  const runs: Runs[] = []
  try {
    const play = async (database: string, tables: number, url: string) => {
      const folder = join(servers.dir, `work-${database}`)
      mkdirSync(folder, { recursive: true })
      await createStore(adminUrl)
      const address = { url, adminUrl, folder, jobs }
      const salvor = await openSalvor({ ...address, storeUrl: servers.postgres.url('salvor'), redisUrl })
      try {
        await of.before?.(salvor)
        runs.push(await playRounds(of, { salvor, hand: address, adminUrl, rounds, database, tables }))
      } finally {
        await salvor.close()
        rmSync(folder, { recursive: true, force: true })
        await runSql(adminUrl, `DROP DATABASE ${database} WITH (FORCE)`)
      }
    }
    const built = await buildArchive({ adminUrl, folder: servers.dir, bytes, jobs, tell: of.tell })
    const large = Object.assign(new URL(adminUrl), { pathname: `/${built.orders.name}` }).href
    await play(built.orders.name, built.point.tables ?? 0, large)
    for (const count of counts) {
      of.tell(`Building ${count} tables …`)
      await play(`bench_tables_${count}`, count, await buildTables(adminUrl, `bench_tables_${count}`, count))
    }
    const settings = { rounds, jobs, databaseBytes: built.databaseBytes, locks }
    return { settings: { ...settings, postgres: { version: servers.version, ...serverSettings } }, runs }
  } finally {
    await servers.close()
  }
}

async function playRounds(
  of: JobBenchmark,
  on: {
    readonly salvor: OpenSalvor
    readonly hand: Hand
    readonly adminUrl: string
    readonly rounds: number
    readonly database: string
    readonly tables: number
  },
): Promise<Runs> {
  const salvor: Parts[] = []
  const hand: Parts[] = []
  // Once each, not counted: caches and compiled code are then warm for both.
  await of.hand(on.hand)
  await of.salvor(on.salvor)
  for (let at = 0; at < on.rounds; at++) {
    const both = [async () => salvor.push(await of.salvor(on.salvor)), async () => hand.push(await of.hand(on.hand))]
    for (const run of at % 2 === 0 ? both : both.toReversed()) {
      await runSql(on.adminUrl, 'CHECKPOINT')
      await run()
    }
    of.tell(`${on.database}, round ${at + 1}: Salvor ${describe(salvor.at(-1))}; by hand ${describe(hand.at(-1))}`)
  }
  const salvorSum = salvor.map((parts) => Object.values(parts).reduce((sum, one) => sum + one, 0))
  return { database: on.database, tables: on.tables, salvor, hand, salvorSum, handSum: hand.map(of.sum) }
}

function describe(parts: Parts | undefined): string {
  return Object.entries(parts ?? {})
    .map(([name, seconds]) => `${name} ${seconds.toFixed(2)}`)
    .join(', ')
}

/** Ratios of each database, and for those of many tables what each table adds beyond the work by hand. */
export function describeFlatness(of: JobRuns, goal: string, atMost: number) {
  const [large, ...many] = of.runs
  if (large === undefined) throw new Error('nothing was measured')
  const ratios = Object.fromEntries(of.runs.map((one) => [one.database, compareRuns(one.salvorSum, one.handSum)]))
  const perTable = many.map((one) => ({
    tables: one.tables,
    milliseconds: round(((findMedian(one.salvorSum) - findMedian(one.handSum)) * 1000) / one.tables),
  }))
  const mid = perTable.at(-2) ?? perTable.at(-1)
  const most = perTable.at(-1)
  return {
    settings: of.settings,
    measured: Object.fromEntries(
      of.runs.map((one) => [
        one.database,
        { salvor: medians(one.salvor), hand: medians(one.hand), salvorRuns: one.salvorSum.map(round) },
      ]),
    ),
    ratios: { ...ratios, addedMillisecondsPerTable: perTable },
    goals: [
      setGoal(goal, atMost, compareRuns(large.salvorSum, large.handSum).median),
      ...many
        .slice(1)
        .map((one) => setGoal(`${goal}, ${one.tables} tables`, atMost, compareRuns(one.salvorSum, one.handSum).median)),
      ...(mid === undefined || most === undefined || mid === most
        ? []
        : [
            setGoal(
              `what a table adds at ${most.tables} over what it adds at ${mid.tables}, in milliseconds`,
              1,
              most.milliseconds - mid.milliseconds,
            ),
          ]),
    ],
  }
}

function medians(all: readonly Parts[]): Parts {
  const names = Object.keys(all[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, round(findMedian(all.map((parts) => parts[name] ?? 0)))]))
}
