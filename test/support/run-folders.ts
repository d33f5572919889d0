import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'salvor-test-'
const MEMORY = '/dev/shm'
/** PostgreSQL's journal may take 1 GB of it (max_wal_size), and every database of a running test 8 MB and its rows. */
const ENOUGH_MEMORY = 6 * 1024 ** 3

/** Where a run keeps its files. */
export function scratchFolder(): string {
  return tmpdir()
}

/**
 * Where there is room for the cluster in memory; undefined elsewhere, such as in a container with Docker's 64 MB. Each
 * database that a test creates is 300 files, and ext4 looks ever longer for an inode after so many were freed: it took
 * 7 of the 27 s of processor time of tools/databases/crash-points.test.ts.
 */
export function memoryFolder(): string | undefined {
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH_MEMORY ? MEMORY : undefined
  } catch {
    return undefined
  }
}

/** A new folder of this run in `parent`. */
export function makeRunFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`))
  // The servers run as another account when root runs the tests; it must be able to pass through.
  chmodSync(folder, 0o711)
  return folder
}

/** A run that was killed could not tidy up; its servers ended with it, its folders stay until the next run. */
export function removeFoldersOfDeadRuns(): void {
  for (const parent of new Set([scratchFolder(), MEMORY])) for (const folder of foldersIn(parent)) remove(folder)
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent)
      .filter((name) => {
        const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
        return Number.isInteger(pid) && !isAlive(pid)
      })
      .map((name) => join(parent, name))
  } catch {
    // Not every system has a folder in memory.
    return []
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Something in there is still in use, such as a mount: tidiness must not keep this run from starting.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
