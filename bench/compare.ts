import { compareMapping } from '../src/domain/compare-mapping.ts'
import { type ComparedTable, differs } from '../src/domain/comparison.ts'
import { silentLog } from '../src/ports/log.ts'
import { createContentTools } from '../src/tools/content/index.ts'
import { buildTwins, type Twins, table } from './compare/build-twins.ts'
import { readCount, readFlags } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { runSql, serverSettings, startServers } from './measure/servers.ts'
import { compareRuns, findMedian, round } from './measure/statistics.ts'

/** Seconds of one round, each over both databases at once. */
interface Round {
  readonly salvor: number
  readonly copy: number
  readonly textSum: number
}

/** One process a side for all alike: no parallel plans. A row of the table takes about a hundred bytes. */
const settings = { max_parallel_workers_per_gather: '0' }

/** Two equal databases compared row by row, against reading the same rows by hand. */
export const compare: Benchmark = {
  name: 'compare',
  usage: 'compare [--rows 1000000,3000000,10000000] [--rounds 3]',
  async run(words, tell) {
    const flags = readFlags(words, ['rows', 'rounds'])
    const sizes = (flags.rows ?? '1000000,3000000,10000000').split(',').map(Number)
    const rounds = readCount(flags, 'rounds', 3)
    const servers = await startServers(undefined, settings)
    try {
      const measured: { rows: number; bytes: number; rounds: Round[] }[] = []
      for (const rows of sizes) {
        tell(`${rows} rows a side …`)
        const twins = await buildTwins(servers.postgres.url('postgres'), rows)
        const runs = [await runRound(twins)]
        for (let at = 0; at < rounds; at += 1) runs.push(await runRound(twins))
        // The first one warmed the caches.
        measured.push({ rows, bytes: twins.bytes, rounds: runs.slice(1) })
        await twins.drop()
      }
      return describe(measured, { rounds, server: servers.version, ...serverSettings, ...settings })
    } finally {
      await servers.close()
    }
  },
}

async function runRound({ here, there }: Twins): Promise<Round> {
  const both = (sql: string) => clock(() => Promise.all([runSql(here, sql), runSql(there, sql)]))
  const copy = await both(`COPY ${table} TO '/dev/null'`)
  const textSum = await both(
    `SELECT count(1) AS cnt, sum(hashtext(one::text)::bigint) AS chksum FROM ONLY ${table} AS one`,
  )
  const salvor = await clock(() => compareTwins(here, there))
  return { salvor, copy, textSum }
}

async function clock(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Whole: columns paired, rows and definitions compared. */
async function compareTwins(here: string, there: string): Promise<void> {
  const content = createContentTools({ log: silentLog })
  const told: ComparedTable[] = []
  const side = (url: string) => ({
    target: { system: 'orders-db', url, adminUrl: url, session: { step: 'bench/compare', fence: 1 } },
  })
  await content.compareAcross({
    here: side(here),
    there: side(there),
    mapping: compareMapping.parse({}),
    done: new Set(),
    folder: null,
    sample: 10,
    signal: AbortSignal.timeout(3_600_000),
    onPiece: async (tables) => {
      told.push(...tables)
    },
    onProgress: () => {},
  })
  if (told.length !== 1 || told.some((one) => differs(one) || one.why !== null))
    throw new Error('two equal databases were not found to be equal')
}

function describe(
  measured: readonly { rows: number; bytes: number; rounds: readonly Round[] }[],
  settings: Readonly<Record<string, unknown>>,
) {
  const of = (rounds: readonly Round[], name: keyof Round) => rounds.map((one) => one[name])
  const bySize = measured.map(({ rows, bytes, rounds }) => ({
    rows,
    megabytes: round(bytes / 1e6),
    seconds: {
      salvor: of(rounds, 'salvor').map(round),
      copy: of(rounds, 'copy').map(round),
      textSum: of(rounds, 'textSum').map(round),
    },
    overCopy: compareRuns(of(rounds, 'salvor'), of(rounds, 'copy')),
    textSumOver: compareRuns(of(rounds, 'textSum'), of(rounds, 'salvor')),
    millionRowsASecond: round(rows / 1e6 / findMedian(of(rounds, 'salvor'))),
  }))
  const last = bySize.at(-1)
  const first = bySize[0]
  return {
    compares:
      "seconds of a whole comparison of two equal databases, one process a side, against COPY of the same table TO '/dev/null' on the server and a sum of hashtext(row::text) (the form of pgcopydb compare data), both sides at once",
    settings,
    measured: { bySize },
    ratios: { overCopy: last?.overCopy, textSumOver: last?.textSumOver },
    goals: [
      setGoal('comparison over COPY TO /dev/null', 0.75, last?.overCopy.median ?? Number.NaN),
      // Turned round, because a goal says what is the most.
      setGoal('comparison over the sum of texts', 1 / 1.9, 1 / (last?.textSumOver.median ?? Number.NaN)),
      setGoal(
        'rows of the largest size a second under those of the smallest',
        1.2,
        (first?.millionRowsASecond ?? Number.NaN) / (last?.millionRowsASecond ?? Number.NaN),
      ),
    ],
  }
}
