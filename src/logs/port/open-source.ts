import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { LogSource } from '../../domain/log-analysis.ts'
import type { LogFiles } from '../../ports/log-files.ts'
import { findPredecessors } from '../reader/rotated-files.ts'

/** The files of a log that a stretch of time needs, oldest first. */
export interface LogParts {
  readonly paths: readonly string[]
  readonly bytes: number
}

/** Throws `log_host` for a log that is elsewhere. */
export function mustBeHere(log: LogSource): void {
  if (log.host !== undefined) throw new SalvorError('log_host', { log: log.name, host: log.host })
}

/**
 * The log and, with `since`, those of its predecessors that were still written after it. Throws `log_missing` and
 * `log_unreadable`.
 */
export async function findParts(
  files: LogFiles,
  log: LogSource & { readonly path: string },
  since: number | null,
): Promise<LogParts> {
  const { path } = log
  const newest = await mustRead(files, log.name, path)
  const paths = [path]
  let bytes = newest.size
  const before = since === null ? [] : findPredecessors(path, await files.listBeside(path)).toReversed()
  for (const one of before) {
    const state = await files.find(one)
    if (state === null) continue
    // Written last before the stretch began: it and all older ones hold nothing of it.
    if (since !== null && state.modifiedAt < since) break
    paths.unshift(one)
    bytes += state.size
  }
  return { paths, bytes }
}

async function mustRead(files: LogFiles, log: string, path: string) {
  try {
    const file = await files.open(path)
    if (file !== null) {
      await file.close()
      return file.state
    }
  } catch (thrown) {
    const seen = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'it cannot be opened'
    throw new SalvorError('log_unreadable', { account: userInfo().username, path: basename(path), seen })
  }
  throw new SalvorError('log_missing', { path: basename(path), log })
}

/** The program that prints a log, as the plan names it or as systemd's journal is asked. */
export function findProgram(
  log: LogSource,
  of: { readonly since: string | null; readonly until: string | null; readonly follows: boolean },
): readonly string[] {
  if (log.argv !== undefined) return log.argv
  const at = (iso: string) => `@${Math.floor(Date.parse(iso) / 1000)}`
  return [
    'journalctl',
    `--unit=${log.unit ?? ''}`,
    '--output=short-iso',
    '--no-pager',
    '--quiet',
    ...(of.since === null ? [] : [`--since=${at(of.since)}`]),
    ...(of.until === null ? [] : [`--until=${at(of.until)}`]),
    ...(of.follows ? ['--follow', '--lines=0'] : []),
  ]
}
