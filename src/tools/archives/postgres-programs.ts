import { access, constants, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { lookForProgram } from '../find-program.ts'
import { makeToolEnvironment } from '../tool-environment.ts'

/** One of PostgreSQL's programs on this machine, of one version. */
export interface PostgresProgram {
  /** A name where it is the one on PATH, else its path. */
  readonly program: string
  /** `17.12`. */
  readonly version: string
  readonly major: number
}

/** Chooses between the versions of PostgreSQL's client tools that are installed side by side. */
export interface PostgresPrograms {
  /** Dumps a server of this version: one of its own version, else the nearest newer one. Throws tools_older. */
  dumper(server: number): Promise<PostgresProgram>
  /**
   * Loads an archive of this version of the format into a server: one of the server's own version, else an older one,
   * else the nearest newer one, whose settings the server may not know. Throws archive_newer where none can read it.
   */
  loader(archive: { readonly backup: string; readonly minor: number }, server: number): Promise<PostgresProgram>
  /** The versions that would dump a server and load into it an archive of its own; else the newest. */
  find(server: number): Promise<{ readonly dump: string | null; readonly restore: string | null }>
  /** Reads an archive: the one on PATH where that can. Its own words tell why none can. */
  reader(minor: number): Promise<string>
  /** The path of a server's own program (`postgres`, `pg_controldata`), of exactly this version. Throws tool_missing. */
  own(name: string, major: number): Promise<string>
}

/** Where distributions keep the versions: Debian's `/usr/lib/postgresql/17/bin`, Red Hat's `/usr/pgsql-17/bin`. */
const homes: readonly { readonly folder: string; readonly names: RegExp }[] = [
  { folder: '/usr/lib/postgresql', names: /^\d+$/ },
  { folder: '/usr', names: /^pgsql-\d+$/ },
]

/** From this version of the archive format on, the oldest pg_restore that reads it. Older formats all of today's read. */
const readers: ReadonlyMap<number, number> = new Map([
  [14, 12],
  [15, 16],
  [16, 17],
])

export function createPostgresPrograms(run: ToolRunner, folders?: readonly string[]): PostgresPrograms {
  const list = (name: string) => listPrograms(run, name, folders)
  return {
    async dumper(server) {
      const found = await list('pg_dump')
      const chosen = chooseDumper(found, server)
      if (chosen !== undefined) return chosen
      const newest = newestOf(found)
      if (newest === undefined) throw missing('pg_dump')
      throw new SalvorError('tools_older', { tool: 'pg_dump', version: newest.version, server })
    },
    async loader({ backup, minor }, server) {
      const found = await list('pg_restore')
      if (found.length === 0) throw missing('pg_restore')
      const able = found.filter((one) => one.major >= oldestReader(minor))
      const chosen = chooseLoader(able, server)
      if (chosen !== undefined) return chosen
      const versions = found.map((one) => one.version).join(', ')
      const seen = `the format 1.${minor} needs version ${oldestReader(minor)}, found ${versions}`
      throw new SalvorError('archive_newer', { backup, seen })
    },
    async find(server) {
      const [dumps, restores] = await Promise.all([list('pg_dump'), list('pg_restore')])
      const dump = chooseDumper(dumps, server) ?? newestOf(dumps)
      return { dump: dump?.version ?? null, restore: chooseLoader(restores, server)?.version ?? null }
    },
    async reader(minor) {
      const found = await list('pg_restore')
      return found.find((one) => one.major >= oldestReader(minor))?.program ?? 'pg_restore'
    },
    async own(name, major) {
      const found = (await list(name)).find((one) => one.major === major)
      if (found !== undefined) return found.program
      throw new SalvorError('tool_missing', { tool: `${name} of version ${major}`, package: `postgresql-${major}` })
    },
  }
}

function chooseDumper(found: readonly PostgresProgram[], server: number): PostgresProgram | undefined {
  return found.find((one) => one.major === server) ?? nearestAbove(found, server)
}

/** An older one sends nothing that the server does not know. */
function chooseLoader(able: readonly PostgresProgram[], server: number): PostgresProgram | undefined {
  return newestOf(able.filter((one) => one.major <= server)) ?? nearestAbove(able, server)
}

function newestOf(found: readonly PostgresProgram[]): PostgresProgram | undefined {
  return found.toSorted((one, other) => other.major - one.major)[0]
}

function missing(tool: string): SalvorError {
  return new SalvorError('tool_missing', { tool, package: 'postgresql-client' })
}

function oldestReader(minor: number): number {
  return readers.get(minor) ?? (minor > 16 ? 17 : 0)
}

function nearestAbove(found: readonly PostgresProgram[], server: number): PostgresProgram | undefined {
  return found.filter((one) => one.major > server).toSorted((one, other) => one.major - other.major)[0]
}

/** The one on PATH first. What does not say its version is none. */
async function listPrograms(run: ToolRunner, name: string, folders?: readonly string[]): Promise<PostgresProgram[]> {
  const { PATH } = makeToolEnvironment(process.env)
  const onPath = lookForProgram(name, PATH) === undefined ? [] : [name]
  const beside: string[] = []
  for (const folder of folders ?? (await listFolders())) {
    const path = join(folder, name)
    if (await isThere(path)) beside.push(path)
  }
  const found = await Promise.all([...onPath, ...beside].map((program) => askVersion(run, program)))
  return found.flatMap((one) => one ?? [])
}

async function listFolders(): Promise<string[]> {
  const found = await Promise.all(
    homes.map(async ({ folder, names }) => {
      const inside = await readdir(folder).catch(() => [])
      return inside.filter((one) => names.test(one)).map((one) => join(folder, one, 'bin'))
    }),
  )
  return found.flat()
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Most time that `--version` may take. */
const VERSION_MS = 5_000

/** `pg_restore (PostgreSQL) 17.12 (Debian 17.12-0+deb13u1)`; a beta says `18beta1`. */
async function askVersion(run: ToolRunner, program: string): Promise<PostgresProgram | null> {
  const { signal } = new AbortController()
  const { stdoutTail } = await run.run({ program, args: ['--version'], signal, timeoutMs: VERSION_MS })
  const version = /\(PostgreSQL\) (\d+\S*)/.exec(stdoutTail)?.[1]
  return version === undefined ? null : { program, version, major: Number.parseInt(version, 10) }
}
