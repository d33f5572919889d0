import { readdirSync, readFileSync } from 'node:fs'

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly group: number
}

/** Living processes below `pid`, nearest first. Empty where there is no /proc: there the process group has to do. */
export function listDescendants(pid: number): number[] {
  const all = readTable()
  const found: number[] = []
  for (let level = [pid]; level.length > 0; ) {
    level = all.filter((entry) => level.includes(entry.parent) && !found.includes(entry.pid)).map((entry) => entry.pid)
    found.push(...level)
  }
  return found
}

/** True while a process of the group lives. Zombies are no longer at work and do not count, where /proc can tell. */
export function isGroupAlive(group: number): boolean {
  try {
    process.kill(-group, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return process.platform !== 'linux' || readTable().some((entry) => entry.group === group)
}

/** Sends KILL to a process, or with a negative number to its group; no error when it is already gone. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone, or another user's: whoever waits for the end sees which.
  }
}

function readTable(): Entry[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readEntry(Number(name)) : []))
  } catch {
    return []
  }
}

function readEntry(pid: number): Entry[] {
  try {
    // The name in field 2 stands in parentheses and may itself hold parentheses: the last one ends it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? [] : [{ pid, parent: Number(parent), group: Number(group) }]
  } catch {
    return []
  }
}
