import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** The process that a pid file names, if that very process still runs. `born` tells it from a later one with its number. */
export type RecordedProcess = { pid: number; born: string }

/** Reads the pid file; undefined when there is none, it is stale, or its number now belongs to something else. */
export function readRecord(pidFile: string): RecordedProcess | undefined {
  if (!existsSync(pidFile)) return undefined
  const [pidText, born] = readFileSync(pidFile, 'utf8').trim().split(' ')
  const pid = Number(pidText)
  return born !== undefined && birthOf(pid) === born ? { pid, born } : undefined
}

/** When a process began, in whatever unit the system counts; undefined when it does not run. */
export function birthOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
        .trim()
        .replaceAll(' ', '_')
    // Fields after the name in parentheses: state is the first, the start time in clock ticks the twentieth.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
