import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeMixedLog } from './logs/write-mixed-log.ts'
import { writeOddLogs } from './logs/write-odd-logs.ts'
import { readCount, readFlags, readSize } from './measure/read-words.ts'
import { type Benchmark, setGoal } from './measure/result.ts'
import { compareRuns, findMedian, round } from './measure/statistics.ts'

const child = fileURLToPath(new URL('./logs/analyse-file.ts', import.meta.url))

/** Thirty words of trouble, as somebody would put them into grep. */
const words = [
  ...[
    'ERROR',
    'FATAL',
    'PANIC',
    'SEVERE',
    'CRITICAL',
    'Exception',
    'Traceback',
    'Caused by',
    'violates',
    'duplicate key',
  ],
  ...[
    'does not exist',
    'permission denied',
    'too long',
    'out of range',
    'invalid input',
    'deadlock',
    'timeout',
    'timed out',
  ],
  ...[
    'refused',
    'No space left',
    'out of memory',
    'cannot connect',
    'terminated',
    'aborted',
    'ORA-',
    'SQLSTATE',
    'Msg ',
  ],
  ...['rejected', 'corrupt', 'failed'],
]

/** How fast a log is analysed, beside a grep of thirty words over the same file, and how much memory it takes. */
export const logs: Benchmark = {
  name: 'logs',
  usage: 'logs [--size 1GB] [--rounds 3]',
  async run(given, tell) {
    const flags = readFlags(given, ['size', 'rounds'])
    const bytes = readSize(flags, 2 ** 30)
    const rounds = readCount(flags, 'rounds', 3)
    const folder = mkdtempSync(join(tmpdir(), 'salvor-bench-logs-'))
    try {
      const path = join(folder, 'mixed.log')
      tell('writing the log')
      writeMixedLog(path, bytes)
      const cache = join(folder, 'compiled')
      const analyse = (one: string) => analyseFile(one, cache)
      // Once each unmeasured: grep brings the log into memory, ours its compiled code onto the disk.
      grep(path)
      analyse(writeFirstLines(path, folder))
      const greps: number[] = []
      const ours: number[] = []
      const runs: Run[] = []
      for (let round = 1; round <= rounds; round++) {
        tell(`round ${round} of ${rounds}`)
        greps.push(grep(path))
        const began = performance.now()
        runs.push(analyse(path))
        ours.push((performance.now() - began) / 1_000)
      }
      const odd = writeOddLogs(folder).map(({ name, path: one }) => {
        tell(`odd: ${name}`)
        const run = analyse(one)
        return { name, mb: round(statSync(one).size / 1e6), ...run }
      })
      const speed = (seconds: readonly number[]) => round(bytes / 1e6 / findMedian(seconds))
      const ratio = compareRuns(greps, ours)
      const peak = Math.max(...runs.map(({ peakMb }) => peakMb), ...odd.map(({ peakMb }) => peakMb))
      const distinct = odd.find(({ name }) => name.includes('distinct'))
      return {
        compares:
          'analysing a log, process start (from compiled code) and all, with LC_ALL=C grep -cE of 30 words over the same file',
        settings: { bytes, rounds, words: words.length },
        measured: {
          mbPerSecond: { salvor: speed(ours), grep: speed(greps) },
          peakMb: round(peak),
          lines: runs[0]?.lines ?? 0,
          root: runs[0]?.root ?? null,
          odd,
        },
        ratios: { salvorOverGrep: ratio },
        goals: [
          setGoal('time of grep over time of the analysis at least 1, so its inverse at most 1', 1, 1 / ratio.median),
          setGoal('peak memory in MB', 200, peak),
          setGoal('seconds for 300,000 distinct errors', 10, distinct?.seconds ?? 0),
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface Run {
  readonly seconds: number
  readonly peakMb: number
  readonly lines: number
  readonly root: string | null
}

/** Seconds. Its count goes through a pipe: with its output on /dev/null grep stops at the first line that it finds. */
function grep(path: string): number {
  const began = performance.now()
  execFileSync('grep', ['-cE', words.join('|'), path], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return (performance.now() - began) / 1_000
}

/** The beginning of a log as one of its own. */
function writeFirstLines(path: string, folder: string): string {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(64_000)
  const first = join(folder, 'first.log')
  writeFileSync(first, bytes.subarray(0, readSync(file, bytes)))
  closeSync(file)
  return first
}

/** With Node's cache of compiled code, as grep is compiled already. */
function analyseFile(path: string, cache: string): Run {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache }
  return JSON.parse(execFileSync(process.execPath, [child, path], { encoding: 'utf8', env })) as Run
}
