import { availableParallelism } from 'node:os'
import { type BackupByHand, backUpByHand } from './job/by-hand.ts'
import { describeFlatness, type JobRuns, runJobBenchmark } from './job/run-job-benchmark.ts'
import type { Benchmark } from './measure/result.ts'

/** Salvor's backup job, whole, against the same work by hand. */
export const backup: Benchmark = {
  name: 'backup',
  usage: 'backup [--size 1GB] [--tables 100,2500,20000] [--rounds 3] [--jobs <processors>]',
  async run(words, tell) {
    const runs = await runJobBenchmark({
      words,
      tell,
      jobs: availableParallelism(),
      salvor: (salvor) => salvor.runWhole('backup', { system: 'orders-db' }),
      hand: async (hand) => ({ ...(await backUpByHand(hand)) }) as Readonly<Record<string, number>>,
      sum: (parts) => {
        const { dump, readBack, rehearse, count } = parts as unknown as BackupByHand
        return dump + readBack + rehearse + count
      },
    })
    return describe(runs)
  },
}

function describe(runs: JobRuns) {
  return {
    compares:
      'seconds of the whole backup job (each step in its runner) against pg_dump -Fd -j, pg_restore -f /dev/null, the schema into a scratch database and a count(*) of each table by hand',
    ...describeFlatness(runs, 'backup over the same work by hand', 1.2),
  }
}
