import { SalvorError } from '../../../domain/errors/fail.ts'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { asAccount } from '../account.ts'
import type { ControlLimits } from './settings.ts'

/** What the restored cluster's control file asks of a server that replays its WAL. Throws scratch_failed. */
export async function readControl(
  run: ToolRunner,
  of: {
    readonly program: string
    readonly account: string
    readonly data: string
    readonly backup: string
    readonly signal: AbortSignal
  },
): Promise<ControlLimits> {
  const [program, ...args] = asAccount(of.account, [of.program, '-D', of.data])
  const result = await run.run({ program, args, signal: of.signal })
  of.signal.throwIfAborted()
  if (result.exitCode !== 0)
    throw new SalvorError('scratch_failed', { backup: of.backup, seen: result.stderrTail.trim().slice(0, 300) })
  const read = (name: string) =>
    Number(new RegExp(`^${name} setting:\\s+(\\d+)$`, 'm').exec(result.stdoutTail)?.[1] ?? 0)
  return {
    connections: read('max_connections'),
    workers: read('max_worker_processes'),
    walSenders: read('max_wal_senders'),
    preparedTransactions: read('max_prepared_xacts'),
    locks: read('max_locks_per_xact'),
  }
}
