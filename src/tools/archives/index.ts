import type { ArchiveTools } from '../../ports/archive-tools.ts'
import { type Log, silentLog } from '../../ports/log.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { dumpDatabase } from './dump.ts'
import { removeUnfinished } from './dump-files.ts'
import { listArchives } from './list.ts'
import { loadArchive, writeLoadCommand } from './load.ts'
import { loadSchema } from './load-schema.ts'
import { readArchiveManifest, writeArchiveManifest } from './manifest.ts'
import { proveArchive } from './prove.ts'

/** The hands for pg_dump archives. Programs are started by `run`; nothing else here starts one. */
export function createArchiveTools(deps: { readonly run: ToolRunner; readonly log?: Log }): ArchiveTools {
  const { run, log = silentLog } = deps
  return {
    list: (folder) => listArchives(run, folder),
    readManifest: (point) => readArchiveManifest(point.path),
    async prove(of) {
      const proof = await proveArchive(run, of)
      log.info({ backup: of.point.id, tocEntries: proof.tocEntries }, 'archive read to its end')
      return proof
    },
    dump: (of) => dumpDatabase({ runner: run, log }, of),
    removeUnfinished,
    loadCommand: writeLoadCommand,
    loadSchema: (of) => loadSchema(run, of),
    async keepRehearsal(point, rehearsal) {
      const manifest = await readArchiveManifest(point.path)
      if (manifest !== null) await writeArchiveManifest(point.path, { ...manifest, rehearsal })
    },
    async load(of) {
      const loaded = await loadArchive(run, of)
      log.info({ backup: of.point.id, database: of.database, seconds: loaded.seconds }, 'archive loaded')
      return loaded
    },
  }
}
