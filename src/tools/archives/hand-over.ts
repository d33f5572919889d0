import pg from 'pg'
import { roleOfUrl } from '../../domain/role-of-url.ts'
import type { TargetAddress } from '../../ports/content-tools.ts'
import { analyzeReading } from '../analyze.ts'
import { loaderOf, nameLoader } from '../loader.ts'
import { withSession } from '../postgres-session.ts'
import { nameRefusedStatement } from './load-complaint.ts'
import type { TocEntry } from './toc.ts'
import { type Grant, listGrants, writeOwners } from './write-owners.ts'

const name = pg.escapeIdentifier

export interface HandOver {
  readonly target: TargetAddress
  readonly database: string
  /** Whose the database, and what the archive gives to nobody, is to be. */
  readonly owner: string
  readonly backup: string
  readonly entries: readonly TocEntry[]
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
export async function handOver(of: HandOver): Promise<void> {
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
      await runOne(client, text)
    }
    await client.query(`REASSIGN OWNED BY ${name(loader)} TO ${name(of.owner)}`)
    await grantAll(client, of, grants)
  })
}

/** Not by pg_restore: besides an entry's definition that would run its data, which may be any SQL, as this role. */
async function grantAll(client: pg.Client, of: HandOver, grants: readonly Grant[]): Promise<void> {
  const { target, backup, entries, signal } = of
  // Since version 11 an archive names everything with its schema; before, names were looked up in the entry's own.
  const isQualified = entries.some((one) => one.kind === 'SEARCHPATH')
  for (const { entry, text } of grants) {
    signal.throwIfAborted()
    const path = isQualified || entry.schema === null ? '' : `${name(entry.schema)}, pg_catalog`
    await client.query(`SELECT pg_catalog.set_config('search_path', $1, false)`, [path])
    try {
      await runOne(client, text)
    } catch (thrown) {
      if (!(thrown instanceof pg.DatabaseError) || /^(?:08|57)/.test(thrown.code ?? '')) throw thrown
      const role = roleOfUrl(target.adminUrl)
      throw nameRefusedStatement(thrown.message, { system: target.system, backup, role, entry, text })
    }
  }
}

/** One prepared statement: the server refuses a text that holds two. */
async function runOne(client: pg.Client, text: string): Promise<void> {
  await client.query({ text, queryMode: 'extended' } as pg.QueryConfig)
}
