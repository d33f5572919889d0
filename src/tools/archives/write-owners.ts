import pg from 'pg'
import { SalvorError } from '../../domain/errors/fail.ts'
import { listNodes, parseOrNull, type StatementNode, splitStatements } from './parse-statements.ts'
import { describeEntry, isRestored, type TocEntry } from './toc.ts'

const name = pg.escapeIdentifier

/** Kinds that a schema and a name tell apart. */
const inSchema: ReadonlySet<string> = new Set([
  ...['TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SEQUENCE', 'TYPE', 'DOMAIN', 'COLLATION', 'CONVERSION'],
  ...['TEXT SEARCH CONFIGURATION', 'TEXT SEARCH DICTIONARY', 'STATISTICS'],
])
/** Kinds that a name tells apart in a database. */
const byName: ReadonlySet<string> = new Set(['SCHEMA', 'SERVER', 'PUBLICATION'])
/** Kinds that arguments tell apart, which stand in the statement that drops them. */
const byArguments: ReadonlySet<string> = new Set(['FUNCTION', 'PROCEDURE', 'AGGREGATE', 'OPERATOR'])

/** What a grant of a dump consists of: nothing in it runs code of the archive. */
const granting: ReadonlySet<string> = new Set(['GrantStmt', 'AlterDefaultPrivilegesStmt', 'VariableSetStmt'])

/**
 * The statements that give what one role loaded to the owners whom the archive names. They run with more rights than the
 * load, so nothing of the archive's text goes into them but what PostgreSQL's own grammar takes for the name of an
 * object. Sequences come last: one that a column owns has followed its table by then.
 */
export async function writeOwners(entries: readonly TocEntry[], backup: string): Promise<string[]> {
  const owned = entries.filter((one) => one.owner !== null && isRestored(one))
  const first = owned.filter((one) => one.kind !== 'SEQUENCE')
  const statements: string[] = []
  for (const entry of [...first, ...owned.filter((one) => one.kind === 'SEQUENCE')])
    statements.push(...(await writeOwner(entry, backup)))
  return statements
}

async function writeOwner(entry: TocEntry, backup: string): Promise<string[]> {
  const { kind, schema, tag, owner } = entry
  if (owner === null) return []
  const to = `OWNER TO ${name(owner)}`
  // A table's row type and its arrays have no entries, and a fresh database has a schema public.
  if (kind === 'SCHEMA' && tag === 'public' && owner === 'pg_database_owner') return []
  if (inSchema.has(kind) && schema !== null) return [`ALTER ${kind} ${name(schema)}.${name(tag)} ${to}`]
  if (byName.has(kind)) return [`ALTER ${kind} ${name(tag)} ${to}`]
  if (kind === 'BLOB' || kind === 'BLOB METADATA')
    return listLargeObjects(entry).map((oid) => `ALTER LARGE OBJECT ${oid} ${to}`)
  if (!byArguments.has(kind)) return []
  const statement = `${entry.drop
    .trim()
    .replace(/^DROP\b/, 'ALTER')
    .replace(/;$/, '')} ${to}`
  const [only, ...more] = (await parseOrNull(statement)) ?? []
  const node = only?.AlterOwnerStmt as StatementNode | undefined
  const given = (node?.newowner as StatementNode | undefined)?.rolename
  if (more.length === 0 && node?.objectType === `OBJECT_${kind}` && given === owner) return [statement]
  throw new SalvorError('archive_foreign_entry', {
    backup,
    object: describeEntry(entry),
    seen: entry.drop.slice(0, 100),
  })
}

/** One by its tag; since version 17 many in one entry, a line each. */
function listLargeObjects({ kind, tag, definition }: TocEntry): string[] {
  return (kind === 'BLOB' ? [tag] : definition.split('\n')).map((one) => one.trim()).filter((one) => /^\d+$/.test(one))
}

/** A statement that grants, and the entry that holds it. */
export interface Grant {
  readonly entry: TocEntry
  readonly text: string
}

/** What the archive grants. Throws archive_foreign_entry where an entry of privileges does anything else. */
export async function listGrants(entries: readonly TocEntry[], backup: string): Promise<Grant[]> {
  const grants: Grant[] = []
  for (const entry of entries.filter((one) => (one.kind === 'ACL' || one.kind === 'DEFAULT ACL') && isRestored(one))) {
    const statements = await splitStatements(entry.definition)
    const nodes = (statements ?? []).map((one) => one.node)
    const other = nodes.flatMap((one) => Object.keys(one)).find((one) => !granting.has(one))
    const sets = listNodes(nodes, 'VariableSetStmt').some((one) => one.name !== 'session_authorization')
    if (statements === null || other !== undefined || sets) {
      const seen = other ?? 'a statement that does not grant'
      throw new SalvorError('archive_foreign_entry', { backup, object: describeEntry(entry), seen })
    }
    const texts = statements.flatMap(({ text }) => repeatForLargeObjects(text, entry, entries))
    grants.push(...texts.map((text) => ({ entry, text })))
  }
  return grants
}

/** Since version 17 one entry grants many large objects: it names one, and the others are in the entry that it needs. */
function repeatForLargeObjects(text: string, entry: TocEntry, entries: readonly TocEntry[]): string[] {
  const one = /(?<= ON LARGE OBJECT )\d+/
  const made = entries.find(({ id, kind }) => id === entry.needs[0] && kind === 'BLOB METADATA')
  if (!entry.tag.startsWith('LARGE OBJECTS ') || made === undefined || !one.test(text)) return [text]
  return listLargeObjects(made).map((oid) => text.replace(one, oid))
}
