import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What stands in place of the step in the command line of a runner that is told it later, on standard input. */
export const toldLater = 'waits-to-be-told-its-step'

/**
 * The step of this runner process: the one in its command line, or the first line of standard input. Null where the
 * worker ended before it told one. From then on the process is called `salvor runner <step>`.
 */
export async function readToldStep(argument: string | undefined, input: Readable): Promise<string | null> {
  const step = argument === toldLater ? await readLine(input) : (argument ?? '')
  if (step !== null) process.title = `salvor runner ${step}`
  return step
}

async function readLine(input: Readable): Promise<string | null> {
  for await (const line of createInterface({ input })) return line
  return null
}
