import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArchiveTools } from '../../ports/archive-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { writeLibpqEnvironment } from '../libpq-environment.ts'
import { nameSession } from '../postgres-session.ts'
import { nameLoadComplaint } from './load-complaint.ts'
import { isData, readToc } from './toc.ts'

/**
 * Loads everything of an archive but rows and large objects, into an empty database: what it will bring back, without
 * the time that its data takes. Where sequences stand comes with it. Throws as a load does.
 */
export async function loadSchema(run: ToolRunner, of: Parameters<ArchiveTools['loadSchema']>[0]): Promise<void> {
  const { point, target, signal } = of
  const entries = await readToc(point.path)
  const folder = await mkdtemp(join(tmpdir(), 'salvor-list-'))
  try {
    const list = join(folder, 'list')
    await writeFile(
      list,
      `${entries
        .filter((one) => !isData(one))
        .map((one) => `${one.id};`)
        .join('\n')}\n`,
    )
    const ended = await run.run({
      program: 'pg_restore',
      args: [
        '--exit-on-error',
        '--no-password',
        '--no-subscriptions',
        `--use-list=${list}`,
        `--dbname=dbname='${of.database.replaceAll(/(['\\])/g, '\\$1')}'`,
        '--',
        point.path,
      ],
      env: {
        ...writeLibpqEnvironment(target.url, { synchronous_commit: 'off' }),
        PGAPPNAME: nameSession(target.session),
      },
      signal,
    })
    signal.throwIfAborted()
    if (ended.exitCode === 0) return
    const role = decodeURIComponent(new URL(target.url).username)
    throw nameLoadComplaint(ended.stderrTail, { system: target.system, backup: point.id, role })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
