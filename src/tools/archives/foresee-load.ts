import type { ArchiveTools } from '../../ports/archive-tools.ts'
import { writeApart } from './hand-over.ts'
import { isSplit, oneRun } from './load-runs.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { readFormatMinor } from './read-header.ts'
import { listUnknownSettings, writeRestoreCommand } from './run-restore.ts'
import { readToc } from './toc.ts'

/** What a load will start, as its approval shows it: the lists of entries are written when it starts. */
export async function foreseeLoad(
  programs: Pick<PostgresPrograms, 'loader'>,
  of: Parameters<ArchiveTools['foreseeLoad']>[0],
): ReturnType<ArchiveTools['foreseeLoad']> {
  const { point, database, jobs } = of
  const server = Number.parseInt(of.serverVersion, 10)
  const tool = await programs.loader({ backup: point.id, minor: await readFormatMinor(point.path) }, server)
  const apart = writeApart(of.target)
  const isTwo = apart.length === 0 && (await isSplit(await readToc(point.path), jobs))
  const runs = isTwo
    ? [
        [`--jobs=${jobs}`, '--use-list=<all but privileges>'],
        ['--jobs=1', '--use-list=<privileges and what follows them>'],
      ]
    : oneRun(jobs).args
  const stopsAtError = listUnknownSettings(tool.major, server).length === 0
  return runs.map((args) =>
    writeRestoreCommand({ program: tool.program, stopsAtError, args: [...args, ...apart], database, path: point.path }),
  )
}
