import type { RemedyTools } from '../../ports/remedy-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { createLineRedactor } from '../redact/lines.ts'
import { sayEnd } from '../services/run-command.ts'
import { followFile } from './follow-file.ts'

/** Lines kept for a failure's excerpt. */
const keptLines = 20

/** Runs a program of the plan so that it cannot outlive this process, and passes its lines on without secrets. */
export async function runPlanArgv(
  deps: { readonly run: ToolRunner; readonly redact: (text: string) => string },
  { argv, cwd, signal, onLine, follow }: Parameters<RemedyTools['runArgv']>[0],
): ReturnType<RemedyTools['runArgv']> {
  const [program = '', ...args] = argv
  const tail: string[] = []
  const createTake = () => {
    const redactLine = createLineRedactor(deps.redact)
    return (line: string) => {
      const said = redactLine(line).slice(0, 300)
      if (line.trim() === '') return
      tail.push(said)
      if (tail.length > keptLines) tail.shift()
      onLine(said)
    }
  }
  const followed = follow === undefined ? null : await followFile(follow, createTake())
  const result = await deps.run
    .run({ program, args, cwd, signal, onStdoutLine: createTake(), onStderrLine: createTake(), tellsItsId: true })
    .finally(() => followed?.stop())
  return { ...sayEnd(deps, argv, result), tail }
}
