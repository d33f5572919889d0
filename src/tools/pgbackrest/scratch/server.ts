import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SalvorError } from '../../../domain/errors/fail.ts'
import type { ToolRunner } from '../../../ports/tool-runner.ts'
import { lastLine } from '../../last-line.ts'
import { asAccount } from '../account.ts'
import { readServerLog, type ServerLog } from './server-log.ts'

export interface ScratchServer {
  readonly log: ServerLog
  /** Throws scratch_failed with the server's words where it ends before it is ready. */
  untilReady(): Promise<void>
  /** Ends it as its owner would, so that nothing of it stays in memory. */
  stop(): Promise<void>
}

const LOOK_MS = 50
/** A server that does not end by itself in this time is ended with its tree. */
const STOP_MS = 30_000

/** Starts the server of a restored cluster in the foreground; it ends with this process at the latest. */
export function startServer(
  run: ToolRunner,
  of: {
    readonly program: string
    readonly account: string
    readonly data: string
    readonly settings: { readonly config: string; readonly hba: string; readonly ident: string }
    readonly backup: string
    readonly signal: AbortSignal
  },
): ScratchServer {
  const log = readServerLog()
  const stop = new AbortController()
  const { config, hba, ident } = of.settings
  const [program, ...args] = asAccount(of.account, [
    of.program,
    ...['-D', of.data, '-c', `config_file=${config}`, '-c', `hba_file=${hba}`, '-c', `ident_file=${ident}`],
  ])
  const end: { said: string | undefined; over: boolean } = { said: undefined, over: false }
  const ended = run
    .run({
      program,
      args,
      cwd: of.data,
      signal: AbortSignal.any([of.signal, stop.signal]),
      onStderrLine: (line) => log.take(line),
      // Its pid file names it, and by that it is stopped.
      tellsItsId: true,
    })
    .then(
      (result) => {
        end.said = log.fatal ?? lastLine(result.stderrTail).slice(0, 300)
      },
      (thrown: unknown) => {
        end.said = thrown instanceof Error ? thrown.message : String(thrown)
      },
    )
    .finally(() => {
      end.over = true
    })
  return {
    log,
    async untilReady() {
      while (!log.isReady && !end.over) await delay(LOOK_MS)
      of.signal.throwIfAborted()
      if (log.isReady) return
      await ended
      throw new SalvorError('scratch_failed', { backup: of.backup, seen: end.said ?? 'it ended without a word' })
    },
    async stop() {
      if (!end.over) await interrupt(of.data)
      const late = new AbortController()
      const timer = delay(STOP_MS, undefined, { signal: late.signal }).then(
        () => stop.abort(),
        () => {},
      )
      await ended
      late.abort()
      await timer
    },
  }
}

/** Fast shutdown, asked of the very process that works in this data directory. */
async function interrupt(data: string): Promise<void> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  if ((await readlink(`/proc/${pid}/cwd`).catch(() => '')) !== data) return
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It has just ended.
  }
}
