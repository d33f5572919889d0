import type { ArchiveTools } from '../../ports/archive-tools.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { dumpDatabase } from './dump.ts'
import { removeUnfinished } from './dump-files.ts'
import { foreseeLoad } from './foresee-load.ts'
import { listArchives } from './list.ts'
import { loadArchive } from './load.ts'
import { loadSchema } from './load-schema.ts'
import { readArchiveManifest, writeArchiveManifest } from './manifest.ts'
import { createPostgresPrograms } from './postgres-programs.ts'
import { proveArchive } from './prove.ts'

/** The hands for pg_dump archives. Programs are started by `run`; nothing else here starts one. */
export function createArchiveTools(deps: {
  readonly run: ToolRunner
  readonly log?: Log
  /** For tests: where versions of PostgreSQL's tools are looked for beside PATH. */
  readonly toolFolders?: readonly string[]
}): ArchiveTools {
  const { run, log = silentLog } = deps
  const programs = createPostgresPrograms(run, deps.toolFolders)
  const read = { run, programs }
  return {
    list: (folder) => listArchives(read, folder),
    readManifest: (point) => readArchiveManifest(point.path),
    async prove(of) {
      const proof = await proveArchive(read, of)
      log.info({ backup: of.point.id, tocEntries: proof.tocEntries }, 'archive read to its end')
      return proof
    },
    dump: (of) => dumpDatabase({ runner: run, programs, log }, of),
    removeUnfinished,
    findPrograms: programs.find,
    foreseeLoad: (of) => foreseeLoad(programs, of),
    loadSchema: (of) => loadSchema(read, of),
    async keepRehearsal(point, rehearsal) {
      const manifest = await readArchiveManifest(point.path)
      if (manifest !== null) await writeArchiveManifest(point.path, { ...manifest, rehearsal })
    },
    async load(of) {
      const loaded = await loadArchive(read, of)
      log.info({ backup: of.point.id, database: of.database, seconds: loaded.seconds }, 'archive loaded')
      return loaded
    },
  }
}
