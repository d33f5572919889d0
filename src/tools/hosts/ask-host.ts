import type { HostAddress } from '../../ports/host.ts'
import type { ToolResult, ToolRunner } from '../../ports/tool-runner.ts'
import { readEnd, sshArgv } from './ssh-argv.ts'

/** Runs argv there and answers how it ended. Throws host_away, host_key or host_refuses where it was not reached. */
export async function runOnHost(
  run: ToolRunner,
  host: HostAddress,
  of: { readonly argv: readonly string[]; readonly signal: AbortSignal; readonly timeoutMs?: number },
): Promise<ToolResult> {
  const [program = '', ...args] = sshArgv(host, of.argv)
  const limit = of.timeoutMs === undefined ? {} : { timeoutMs: of.timeoutMs }
  const result = await run.run({ program, args, signal: of.signal, ...limit })
  of.signal.throwIfAborted()
  return readEnd(host, result)
}

/** A runner whose programs start on a host. Only for what looks: what is begun there lives on when this side ends. */
export function createHostRunner(run: ToolRunner, host: HostAddress): ToolRunner {
  return {
    run: ({ program, args, signal, timeoutMs }) =>
      runOnHost(run, host, { argv: [program, ...args], signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
  }
}
