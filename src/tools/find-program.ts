import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { SalvorError } from '../domain/errors/fail.ts'

/** Debian's package of the tools that Salvor starts, for the hint of `tool_missing`. */
const packages: { readonly [program: string]: string } = {
  pg_dump: 'postgresql-client',
  pg_restore: 'postgresql-client',
  psql: 'postgresql-client',
  pgbackrest: 'pgbackrest',
  systemctl: 'systemd',
  journalctl: 'systemd',
  ssh: 'openssh-client',
}

/**
 * The absolute path of a program: searched on `path` (the tool's own PATH, not ours), or the given absolute path.
 * Resolved before the start because a wrapper in front of it would turn "not found" into an exit code.
 * Throws SalvorError `tool_missing`; a relative path with a slash counts as missing, it would depend on the folder.
 */
export function findProgram(program: string, path: string): string {
  const found = isAbsolute(program) ? [program] : program.includes('/') ? [] : searchPlaces(program, path)
  const usable = found.find(isExecutable)
  if (usable === undefined)
    throw new SalvorError('tool_missing', { tool: program, package: packages[program] ?? program })
  return usable
}

/** The same, without an error: for probes. */
export function lookForProgram(program: string, path: string): string | undefined {
  return searchPlaces(program, path).find(isExecutable)
}

function searchPlaces(program: string, path: string): string[] {
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, program))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
