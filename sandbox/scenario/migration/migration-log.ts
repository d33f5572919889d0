import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes lines as most migration scripts do: time in UTC, level, program and process id, words. */
export type MigrationLog = {
  say: (level: 'INFO' | 'WARN' | 'ERROR' | 'FATAL', words: string) => void
  /** A PostgreSQL error with everything that the server said about it. */
  fail: (level: 'ERROR' | 'FATAL', doing: string, error: unknown) => void
}

/** Opens the log for appending. */
export function openMigrationLog(path: string): MigrationLog {
  mkdirSync(dirname(path), { recursive: true })
  const say: MigrationLog['say'] = (level, words) =>
    appendFileSync(path, `${new Date().toISOString()} ${level} migrate-orders[${process.pid}] ${words}\n`)
  return {
    say,
    fail: (level, doing, error) => {
      const seen = error as Error & { code?: string; detail?: string; where?: string }
      const code = seen.code === undefined ? '' : ` (SQLSTATE ${seen.code})`
      say(level, `${doing}: ${seen.message}${code}`)
      for (const [name, text] of [['DETAIL', seen.detail] as const, ['CONTEXT', seen.where] as const])
        if (text !== undefined) appendFileSync(path, `    ${name}: ${text.split('\n')[0]}\n`)
      if (level === 'FATAL') appendFileSync(path, `${stackOf(seen)}\n`)
    },
  }
}

function stackOf(error: Error): string {
  return (error.stack ?? error.message)
    .split('\n')
    .slice(0, 4)
    .map((line) => line.replace(/\(.*\/sandbox\//, '('))
    .join('\n')
}
