import { availableParallelism } from 'node:os'
import { type LookByHand, lookByHand } from './job/by-hand.ts'
import { describeFlatness, runJobBenchmark } from './job/run-job-benchmark.ts'
import type { Benchmark } from './measure/result.ts'

/** Salvor's verify job, whole, against the same look by hand. */
export const verify: Benchmark = {
  name: 'verify',
  usage: 'verify [--size 1GB] [--tables 100,2500,20000] [--rounds 3] [--jobs <processors>]',
  async run(words, tell) {
    const runs = await runJobBenchmark({
      words,
      tell,
      jobs: availableParallelism(),
      before: async (salvor) => {
        await salvor.runWhole('backup', { system: 'orders-db' })
      },
      salvor: (salvor) => salvor.runWhole('verify', { system: 'orders-db' }),
      hand: async (hand) => ({ ...(await lookByHand(hand)) }) as Readonly<Record<string, number>>,
      // Counting proves no content: what Salvor is held against reads the rows as well.
      sum: (parts) => {
        const { schema, hash } = parts as unknown as LookByHand
        return schema + hash
      },
    })
    return {
      compares:
        'seconds of the whole verify job against pg_dump -s and a hash of the rows of each table by hand (count is what a count(*) of each table takes instead)',
      ...describeFlatness(runs, 'verify over the same look by hand', 1.2),
    }
  },
}
