import { SalvorError } from '../../domain/errors/fail.ts'
import { inPhase } from '../../domain/phase.ts'
import type { ClusterProvider } from '../../ports/backup-providers.ts'
import { tellWhile } from './progress.ts'
import { describeEnd, type PgBackRestDeps, runPgBackRest } from './run.ts'

/** Takes a backup of the whole cluster, with whatever retention the tool's configuration says. Answers its label. */
export async function takeBackup(
  deps: PgBackRestDeps,
  { place, type, signal, onProgress }: Parameters<ClusterProvider['backup']>[0],
): Promise<string> {
  const seen: { label: string | undefined; done: string | undefined } = { label: undefined, done: undefined }
  const onLine = (line: string) => {
    seen.label = /new backup label = (\S+)/.exec(line)?.[1] ?? seen.label
    seen.done = /\((?:[\d.]+[KMGT]?B, )?([\d.]+)%\)/.exec(line)?.[1] ?? seen.done
  }
  const describe = () => {
    const fraction = seen.done === undefined ? null : Math.min(1, Number(seen.done) / 100)
    return { ...inPhase('backing_up', { type }), fraction }
  }
  const args = [`--type=${type}`, '--log-level-console=detail']
  const result = await tellWhile(onProgress, describe, () =>
    runPgBackRest(deps, { place, command: 'backup', args, signal, onLine }),
  )
  signal.throwIfAborted()
  if (result.exitCode === 0 && seen.label !== undefined) return seen.label
  throw new SalvorError('backup_tool_failed', { action: `take a ${type} backup`, seen: describeEnd(result) })
}
