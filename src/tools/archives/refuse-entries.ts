import { SalvorError } from '../../domain/errors/fail.ts'
import { listNodes, parseOrNull, type StatementNode } from './parse-statements.ts'
import { describeEntry, isRestored, type TocEntry } from './toc.ts'

/** Kinds of statements that no dump holds for a database that exists: they act beyond it, or run code at once. */
const foreign: ReadonlySet<string> = new Set([
  ...['DropdbStmt', 'CreatedbStmt', 'AlterDatabaseStmt', 'AlterDatabaseSetStmt', 'AlterDatabaseRefreshCollStmt'],
  ...['CreateRoleStmt', 'AlterRoleStmt', 'AlterRoleSetStmt', 'DropRoleStmt', 'GrantRoleStmt'],
  ...['ReassignOwnedStmt', 'DropOwnedStmt', 'AlterSystemStmt', 'LoadStmt', 'DoStmt', 'CallStmt', 'CopyStmt'],
  ...['CreateTableSpaceStmt', 'DropTableSpaceStmt', 'AlterTableSpaceOptionsStmt', 'AlterTableMoveAllStmt'],
  ...['TransactionStmt', 'PrepareStmt', 'ExecuteStmt', 'NotifyStmt', 'ListenStmt', 'LockStmt', 'CheckPointStmt'],
])

/** Objects of the whole server: whoever renames, owns, grants or comments them changes what is not in the archive. */
const ofServer: ReadonlySet<unknown> = new Set([
  ...['OBJECT_DATABASE', 'OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_PARAMETER_ACL'],
])
/** Where the grammar's nodes say what kind of object they are about. */
const kindFields = ['objtype', 'objectType', 'renameType'] as const

/** What pg_dump asks of the server in entries of these kinds: where a sequence stands, large objects, statistics. */
const asking: ReadonlyMap<string, RegExp> = new Map([
  ['SEQUENCE SET', /^setval$/],
  ['SEARCHPATH', /^set_config$/],
  ['BLOB', /^lo_create$/],
  ['BLOBS', /^lo_/],
  ['STATISTICS DATA', /^pg_restore_(relation|attribute|extended)_stats$/],
])

/** Where the grammar does not know a statement, what acts beyond the database is at least not in it by these words. */
const beyond = /\b(?:drop|alter|create)\s+(?:database|role|user|group|tablespace|system)\b|\bdo\s*(?:\$|'|language)/i

/**
 * Refuses an archive in which an entry does what no dump does: whoever can write to a backup folder could else drop
 * live by the text of a comment, at the load, which nobody approves. Throws archive_foreign_entry. What functions of the
 * archive do when a load calls them no grammar tells: there the rights of the role are the border.
 */
export async function refuseForeignEntries(entries: readonly TocEntry[], backup: string): Promise<void> {
  for (const entry of entries.filter(isRestored)) {
    const seen = await findForeign(entry)
    if (seen !== null) throw new SalvorError('archive_foreign_entry', { backup, object: describeEntry(entry), seen })
  }
}

async function findForeign({ kind, definition }: TocEntry): Promise<string | null> {
  if (definition.trim() === '') return null
  // Numbers, a line each, which pg_restore puts between quotes without a look at them.
  if (kind === 'BLOB METADATA') return /^[\d\n]*$/.test(definition) ? null : 'more than numbers'
  const statements = await parseOrNull(definition)
  if (statements === null) return beyond.exec(definition)?.[0] ?? null
  for (const statement of statements) {
    const [[name, node] = ['', {}]] = Object.entries(statement) as [string, StatementNode][]
    if (foreign.has(name)) return name
    if (kindFields.some((field) => ofServer.has(node[field]))) return name
    if (name === 'SelectStmt' && !isAsked(kind, statement)) return name
  }
  return null
}

/** Only functions of PostgreSQL's own, and only those that belong to the kind. */
function isAsked(kind: string, statement: StatementNode): boolean {
  const allowed = asking.get(kind)
  const calls = listNodes(statement, 'FuncCall')
  if (allowed === undefined || calls.length === 0) return false
  return calls.every((call) => {
    const names = listNodes(call.funcname, 'String').map((one) => String(one.sval))
    return (names.length === 1 || names[0] === 'pg_catalog') && allowed.test(names.at(-1) ?? '')
  })
}
