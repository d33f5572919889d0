import type { Discovery } from '../../domain/discovery.ts'
import { SalvorError } from '../../domain/errors/fail.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { findDatabases } from './find-databases.ts'
import { findDumpFolders, usualPlaces } from './find-dump-folders.ts'
import { findStanzas } from './find-stanzas.ts'
import { findUnits } from './find-units.ts'

/** Where and with what to look. */
export interface DiscoverOptions {
  readonly run: ToolRunner
  readonly archives: Pick<ArchiveTools, 'list'>
  /** Takes passwords out of what servers say. */
  readonly redact: (text: string) => string
  /** Maintenance address of a database server; without it no database is looked for. */
  readonly url?: string
  /** Folders to search for archives; default: where distributions and people put them. */
  readonly places?: readonly string[]
}

/** Looks at this machine and, if given, a database server. Changes nothing; what fails becomes a note. */
export async function discover(options: DiscoverOptions): Promise<Omit<Discovery, 'people'>> {
  const { run, archives, redact, url, places = usualPlaces } = options
  const notes: string[] = []
  const attempt = async <T>(what: string, fallback: T, look: () => Promise<T>): Promise<T> => {
    try {
      return await look()
    } catch (thrown) {
      const missing = thrown instanceof SalvorError && thrown.code === 'tool_missing'
      const said = thrown instanceof Error ? thrown.message : String(thrown)
      if (!missing) notes.push(redact(`${what} could not be looked at: ${said}`))
      return fallback
    }
  }
  const nothing = { role: null, serverVersion: null, databases: [] }
  return {
    ...(url === undefined ? nothing : await attempt('the database server', nothing, () => findDatabases(url))),
    dumpFolders: await attempt('dump folders', [], () => findDumpFolders(archives, places)),
    stanzas: await attempt('pgBackRest', [], () => findStanzas(run)),
    units: await attempt('systemd', [], () => findUnits(run)),
    notes,
  }
}
