import { createLogAnalyser } from '../src/logs/analyse.ts'
import { maskText } from '../src/logs/cluster/mask-text.ts'
import { createRedactor } from '../src/tools/redact.ts'
import { readFlags, readSize } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { findMedian, round } from './measure/statistics.ts'

/** What is repeated to make hostile text: beginnings of shapes that patterns look for, never their ends. */
const seeds = [
  ...['e', ' ', '"', "'", '(', '[', '\t', '\r', '\n', '\0', '‹', 'é'],
  ...['ERROR ', 'erro ', 'a.b.C: ', 'Caused by: ', '\tat a.b(C', 'DETAIL: ', "STATEMENT: '", 'COPY ', 'value "'],
  ...['a(b)=(', '://a:', "password='", 'eyJ-', '-----BEGIN A-----', 'a@', 'a.', '1 ', '+1-', '4111 ', 'mysql ', 'a/b'],
  ...['cookie: ', "Duplicate entry '", '{"level":50,"msg":"\\"', 'ORA-0', 'SQLSTATE ', '2026-03-01 ', '<', '</a>'],
] as const

const sizes = [1e3, 1e4, 1e5, 1e6]

const subjects: Readonly<Record<string, (text: string) => void>> = {
  analysis: (text) => {
    const analyser = createLogAnalyser()
    analyser.push(Buffer.from(text))
    analyser.finish()
  },
  redaction: createRedactor(['hunter2-and-more']),
  masks: maskText,
}

/** Whether time for a byte stays the same from a kilobyte to ten megabytes of hostile text, for all that reads logs. */
export const linear: Benchmark = {
  name: 'linear',
  usage: 'linear [--size 10MB]',
  async run(given, tell) {
    const largest = readSize(readFlags(given, ['size']), 10e6)
    const measured: Record<string, unknown> = {}
    const goals = []
    for (const [name, subject] of Object.entries(subjects)) {
      tell(name)
      const rows = seeds.map((seed) => {
        const perByte = [...sizes, largest].map((size) => timePerByte(subject, seed, size))
        // The first sizes are mostly start-up; from 10 kB on a byte has its price.
        const price = Math.max(...perByte.slice(1, -1))
        return { seed, nanosecondsPerByte: perByte.map(round), growth: round((perByte.at(-1) ?? 0) / price) }
      })
      const worst = rows.toSorted((one, other) => other.growth - one.growth)
      measured[name] = { worst: worst.slice(0, 5) }
      goals.push(setGoal(`${name}: a byte of 10 MB over the dearest byte of less`, 2, worst[0]?.growth ?? 0))
    }
    return {
      compares: `a byte of ${largest / 1e6} MB of hostile text with a byte of 10 kB to 1 MB of the same`,
      settings: { seeds: seeds.length, sizes: [...sizes, largest] },
      measured,
      ratios: {},
      goals,
    }
  },
}

/** Nanoseconds; the median of three runs, the small ones over several texts. */
function timePerByte(subject: (text: string) => void, seed: string, size: number): number {
  const text = seed.repeat(Math.ceil(size / seed.length))
  const times = Math.max(1, Math.floor(1e5 / size))
  const runs = Array.from({ length: 3 }, () => {
    const began = performance.now()
    for (let time = 0; time < times; time++) subject(text)
    return ((performance.now() - began) * 1e6) / (times * text.length)
  })
  return findMedian(runs)
}
