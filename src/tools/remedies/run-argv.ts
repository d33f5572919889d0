import type { RemedyTools } from '../../ports/remedy-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
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
  const take = (line: string) => {
    if (line.trim() === '') return
    const said = deps.redact(line).slice(0, 300)
    tail.push(said)
    if (tail.length > keptLines) tail.shift()
    onLine(said)
  }
  const followed = follow === undefined ? null : await followFile(follow, take)
  const result = await deps.run
    .run({ program, args, cwd, signal, onStdoutLine: take, onStderrLine: take, tellsItsId: true })
    .finally(() => followed?.stop())
  return { ...sayEnd(deps, argv, result), tail }
}
