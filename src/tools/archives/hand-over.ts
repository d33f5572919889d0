import pg from 'pg'
import type { TargetAddress } from '../../ports/content-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { analyzeReading } from '../analyze.ts'
import { loaderOf, nameLoader } from '../loader.ts'
import { withSession } from '../postgres-session.ts'
import { nameLoadComplaint } from './load-complaint.ts'
import { writeLists } from './load-runs.ts'
import type { PostgresProgram } from './postgres-programs.ts'
import { runRestore } from './run-restore.ts'
import type { TocEntry } from './toc.ts'
import { listGrants, writeOwners } from './write-owners.ts'

const name = pg.escapeIdentifier

export interface HandOver {
  readonly target: TargetAddress
  readonly database: string
  /** Whose the database, and what the archive gives to nobody, is to be. */
  readonly owner: string
  readonly backup: string
  readonly path: string
  readonly entries: readonly TocEntry[]
  readonly tool: PostgresProgram
  readonly server: number
  readonly signal: AbortSignal
}

/** What a load leaves to be done afterwards where a role of its own runs it. */
export function writeApart(target: TargetAddress): readonly string[] {
  return target.loadUrl === undefined ? [] : ['--no-owner', '--no-privileges']
}

/**
 * Gives what a role of no rights has loaded to its owners, by the maintenance role, and grants what the archive grants:
 * neither runs code of the archive. Before it everything is analyzed, reading only, so that the server has no reason to
 * do that by itself later, with the rights of the owners. Does nothing where url's role loads, which gave it away itself.
 */
export async function handOver(run: ToolRunner, of: HandOver): Promise<void> {
  const { target, database, signal, entries, backup } = of
  if (target.loadUrl === undefined) return
  const statements = await writeOwners(entries, backup)
  const grants = await listGrants(entries, backup)
  const loader = nameLoader(target)
  await analyzeReading(loaderOf(target), database, signal)
  const admin = { system: target.system, url: target.adminUrl, session: target.session, database, signal }
  await withSession(admin, async (client) => {
    await client.query(`ALTER DATABASE ${name(database)} OWNER TO ${name(of.owner)}`)
    if (of.server >= 15) await client.query('ALTER SCHEMA public OWNER TO pg_database_owner')
    for (const text of statements) {
      signal.throwIfAborted()
      // One prepared statement: the server refuses a text that holds two.
      await client.query({ text, queryMode: 'extended' } as pg.QueryConfig)
    }
    await client.query(`REASSIGN OWNED BY ${name(loader)} TO ${name(of.owner)}`)
  })
  if (grants.length > 0) await grant(run, of, grants)
}

async function grant(run: ToolRunner, of: HandOver, grants: readonly TocEntry[]): Promise<void> {
  const { target, database, path, tool, server, signal } = of
  const lists = await writeLists([grants])
  try {
    const args = ['--jobs=1', ...lists.paths.map((one) => `--use-list=${one}`)]
    const asAdmin = { ...target, url: target.adminUrl }
    const ended = await runRestore(run, { tool, server, target: asAdmin, database, path, args, settings: {}, signal })
    if (!ended.failed) return
    const role = decodeURIComponent(new URL(target.adminUrl).username)
    throw nameLoadComplaint(ended.stderr, { system: target.system, backup: of.backup, role, entries: of.entries })
  } finally {
    await lists.tidyUp()
  }
}
