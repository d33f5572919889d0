import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type pg from 'pg'

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL'

/** Writes lines as most migration scripts do: time in UTC, level, program and process id, words. */
export type MigrationLog = {
  say: (level: Level, words: string) => void
  /** A PostgreSQL error with everything that the server said about it; with FATAL the stack and its causes as well. */
  fail: (level: 'WARN' | 'ERROR' | 'FATAL', doing: string, error: unknown) => void
}

/** Opens the log for appending. */
export function openMigrationLog(path: string): MigrationLog {
  mkdirSync(dirname(path), { recursive: true })
  const append = (text: string) => appendFileSync(path, `${text}\n`)
  const say: MigrationLog['say'] = (level, words) =>
    append(`${new Date().toISOString()} ${level} migrate-orders[${process.pid}] ${words}`)
  return {
    say,
    fail: (level, doing, error) => {
      const seen = error as pg.DatabaseError
      say(level, `${doing}: ${describe(seen)}`)
      const parts = [
        ['DETAIL', seen.detail],
        ['HINT', seen.hint],
        ['CONTEXT', seen.where],
      ] as const
      for (const [name, text] of parts)
        if (text !== undefined) append(`    ${name}: ${text.replaceAll('\n', '\n        ')}`)
      if (level === 'FATAL') append(stackOf(seen))
    },
  }
}

/** Passes on what the server remarks by itself: notices and warnings. */
export function hearNotices(client: pg.Client, log: MigrationLog): void {
  client.on('notice', ({ severity, message }) =>
    log.say(severity === 'WARNING' ? 'WARN' : 'INFO', `server: ${severity}: ${message}`),
  )
}

function describe(error: Error & { code?: string | undefined }): string {
  const code = error.code ?? (error.cause as { code?: string } | undefined)?.code
  return code === undefined ? error.message : `${error.message} (SQLSTATE ${code})`
}

/** The first frames of the error and of what caused it, without the folders of this machine. */
function stackOf(error: Error): string {
  const own = (error.stack ?? error.message)
    .split('\n')
    .filter((line, index) => index === 0 || /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.replace(/(file:\/\/)?\/\S*?\/(sandbox|node_modules)\//, '$2/'))
    .join('\n')
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own
}
