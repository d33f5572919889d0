import { ack } from './ack.ts'
import { backup } from './backup.ts'
import { compare } from './compare.ts'
import { dispatch } from './dispatch.ts'
import { linear } from './linear.ts'
import { logs } from './logs.ts'
import { type Benchmark, describeMachine, type Result, readLoad } from './measure/result.ts'
import { restore } from './restore.ts'
import { verify } from './verify.ts'

const benchmarks: readonly Benchmark[] = [ack, backup, compare, dispatch, linear, logs, restore, verify]

/** Runs one benchmark. Standard output gets one JSON object; how far it is goes to standard error. */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  const benchmark = benchmarks.find((one) => one.name === name)
  if (!benchmark) {
    process.stderr.write(
      `npm run bench <name> [-- --json-only]\n\n${benchmarks.map((one) => `  ${one.usage}\n`).join('')}`,
    )
    return name === undefined || name === 'help' ? 0 : 2
  }
  const quiet = rest.includes('--json-only')
  const loadBefore = readLoad()
  const began = performance.now()
  const tell = (line: string) => {
    if (!quiet) process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}\n`)
  }
  const words = rest.filter((word) => word !== '--json-only')
  const measured = await benchmark.run(words, tell)
  const result: Result = { benchmark: benchmark.name, machine: describeMachine(loadBefore), ...measured }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  // A missed goal is a result like any other: whoever wants to fail on it reads `holds`.
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}
