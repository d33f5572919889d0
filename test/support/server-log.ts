import { readFileSync, statSync } from 'node:fs'
import { inject } from 'vitest'

/** A statement that reached the server, as its log tells it (DDL only: log_statement=ddl). */
export type LoggedStatement = { at: string; pid: number; application: string; database: string; sql: string }

/** A place in the cluster's log: read from here on. */
export type LogMark = { offset: number }

const LINE = /^(\S+ \S+ \S+) \[(\d+)\] app=(.*?) db=(\S*) (\w+): {2}(.*)$/
const STATEMENT = /^(?:statement|execute [^:]*): ([\s\S]*)$/

/** The end of the log now. */
export function markServerLog(): LogMark {
  return { offset: statSync(inject('postgresLog')).size }
}

/**
 * Statements since the mark that match, in the order of their start: what arrived at the server, whatever Salvor's own
 * tables say. A logged statement may have failed; loggedErrors() tells.
 */
export function loggedStatements(mark: LogMark, pattern: RegExp): LoggedStatement[] {
  return readEntries(mark).flatMap(({ level, text, ...where }) => {
    const sql = level === 'LOG' ? STATEMENT.exec(text)?.[1] : undefined
    return sql !== undefined && pattern.test(sql) ? [{ ...where, sql }] : []
  })
}

/** Messages of level ERROR, FATAL or PANIC since the mark that match. */
export function loggedErrors(mark: LogMark, pattern = /^/): string[] {
  return readEntries(mark)
    .filter(({ level, text }) => /^(ERROR|FATAL|PANIC)$/.test(level) && pattern.test(text))
    .map(({ text }) => text)
}

type Entry = Omit<LoggedStatement, 'sql'> & { level: string; text: string }

function readEntries(mark: LogMark): Entry[] {
  const entries: Entry[] = []
  for (const line of readFileSync(inject('postgresLog')).subarray(mark.offset).toString('utf8').split('\n')) {
    const [, at, pid, application, database, level, text] = LINE.exec(line) ?? []
    const last = entries.at(-1)
    // PostgreSQL indents the further lines of a statement by a tab.
    if (at === undefined && line.startsWith('\t') && last !== undefined) last.text += `\n${line.slice(1)}`
    else if (at !== undefined)
      entries.push({
        at,
        pid: Number(pid),
        application: application ?? '',
        database: database ?? '',
        level: level ?? '',
        text: text ?? '',
      })
  }
  return entries
}
