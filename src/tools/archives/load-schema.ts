import type { LoadDoubt } from '../../domain/content.ts'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { loaderOf, nameLoader } from '../loader.ts'
import { handOver, writeApart } from './hand-over.ts'
import { nameLoadComplaint } from './load-complaint.ts'
import { writeLists } from './load-runs.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { probeExpressions } from './probe-expressions.ts'
import { readFormatMinor } from './read-header.ts'
import { runRestore } from './run-restore.ts'
import { readServerMajor } from './server-major.ts'
import { isData, readToc } from './toc.ts'
import { watchSurroundings } from './watch-surroundings.ts'

/**
 * Loads everything of an archive but rows and large objects, into an empty database: what it will bring back, without
 * the time that its data takes. Where sequences stand comes with it. Throws as a load does, and where a row could not
 * get in by what the schema asks of it.
 */
export async function loadSchema(
  deps: { readonly run: ToolRunner; readonly programs: PostgresPrograms },
  of: Parameters<ArchiveTools['loadSchema']>[0],
): Promise<{ doubts: readonly LoadDoubt[] }> {
  const { point, database, signal } = of
  const target = loaderOf(of.target)
  const entries = await readToc(point.path)
  const server = await readServerMajor(target, database)
  const minor = await readFormatMinor(point.path)
  const tool = await deps.programs.loader({ backup: point.id, minor }, server)
  const lists = await writeLists([entries.filter((one) => !isData(one))])
  try {
    const args = [...lists.paths.map((path) => `--use-list=${path}`), ...writeApart(of.target)]
    const settings = { synchronous_commit: 'off' }
    const common = { tool, server, target, database, path: point.path, args, settings, signal }
    const backup = point.id
    const doubts = await watchSurroundings(of.target, of.signal, async () => {
      const ended = await runRestore(deps.run, common)
      const load = { system: target.system, backup, role: nameLoader(of.target), entries }
      if (ended.failed) throw nameLoadComplaint(ended.stderr, load)
      return probeExpressions({ target, database, backup, filled: of.filled, signal })
    })
    const given = entries.filter((one) => !isData(one))
    const { owner, target: whole } = of
    await handOver({ target: whole, database, owner, backup, entries: given, server, signal })
    return { doubts }
  } finally {
    await lists.tidyUp()
  }
}
