import type { ArchiveNeeds } from '../../domain/archive-needs.ts'
import { writeName } from '../../domain/object-name.ts'
import { listNodes, listRoleNames, listSettingTexts, parseStatements, type StatementNode } from './parse-statements.ts'
import { describeEntry, isRestored, type TocEntry } from './toc.ts'

/** Kinds of entries that PostgreSQL lets nobody but a superuser create. */
const superuserKinds: ReadonlySet<string> = new Set([
  ...['EVENT TRIGGER', 'FOREIGN DATA WRAPPER', 'OPERATOR CLASS', 'OPERATOR FAMILY', 'ACCESS METHOD'],
  ...['PROCEDURAL LANGUAGE', 'PUBLICATION TABLES IN SCHEMA', 'TEXT SEARCH PARSER', 'TEXT SEARCH TEMPLATE'],
])

/** Kinds of entries that pg_restore gives to their owner by a statement of its own. */
const ownedKinds: ReadonlySet<string> = new Set([
  ...['AGGREGATE', 'BLOB', 'BLOB METADATA', 'COLLATION', 'CONVERSION', 'DOMAIN', 'EVENT TRIGGER'],
  ...['FOREIGN DATA WRAPPER', 'FOREIGN TABLE', 'FUNCTION', 'MATERIALIZED VIEW', 'OPERATOR', 'OPERATOR CLASS'],
  ...['OPERATOR FAMILY', 'PROCEDURAL LANGUAGE', 'PROCEDURE', 'PUBLICATION', 'SCHEMA', 'SEQUENCE', 'SERVER'],
  ...['STATISTICS', 'TABLE', 'TEXT SEARCH CONFIGURATION', 'TEXT SEARCH DICTIONARY', 'TYPE', 'VIEW'],
])

/** Kinds of entries whose statements tell more than their kind. */
const telling: ReadonlySet<string> = new Set([
  ...['ACL', 'DEFAULT ACL', 'POLICY', 'USER MAPPING', 'PUBLICATION', 'FUNCTION', 'PROCEDURE', 'TYPE', 'CAST'],
])

/**
 * What a load needs, from owners, kinds and places in a table of contents and from its statements by PostgreSQL's own
 * grammar. What stands in the body of a function or in a comment is text. A statement newer than the grammar tells
 * nothing here: the load will say so itself.
 */
export async function listNeeds(entries: readonly TocEntry[]): Promise<ArchiveNeeds> {
  const roles = new Set<string>()
  const owners = new Map<string, string>()
  const languages = new Map<string, string>()
  const superuser = new Set<string>()
  const publicGrants = new Map<string, ArchiveNeeds['publicGrants'][number]>()
  const secured = new Set(entries.filter((one) => one.kind === 'ROW SECURITY').map(nameOf))
  const rowSecurity: { table: string; owner: string; forced: boolean }[] = []
  const restored = entries.filter(isRestored)
  for (const entry of restored) {
    const { kind, owner } = entry
    if (owner !== null) roles.add(owner)
    const isOwned = ownedKinds.has(kind) && !isPublic(entry)
    if (owner !== null && isOwned && !owners.has(owner)) owners.set(owner, describeEntry(entry))
    if (superuserKinds.has(kind)) superuser.add(describeEntry(entry))
    const isSecured = kind === 'TABLE' && secured.has(nameOf(entry))
    if (!telling.has(kind) && !isSecured) continue
    const statements = await parseStatements(entry.definition)
    for (const role of listRoleNames(statements)) roles.add(role)
    if (isSecured) rowSecurity.push({ table: nameOf(entry), owner: owner ?? '', forced: isForced(statements) })
    if (kind === 'DEFAULT ACL' && owner !== null) owners.set(owner, owners.get(owner) ?? describeEntry(entry))
    for (const grantor of kind.endsWith('ACL') ? listSettingTexts(statements, 'session_authorization') : [])
      superuser.add(`grant by ${grantor} on ${entry.tag}`)
    if (kind === 'ACL' && entry.tag === 'SCHEMA public')
      for (const one of listGrants(statements)) publicGrants.set(`${one.privilege} ${one.role ?? ''}`, one)
    for (const language of listLanguages(statements))
      if (!languages.has(language)) languages.set(language, describeEntry(entry))
    if (asksSuperuser(statements)) superuser.add(describeEntry(entry))
  }
  return {
    roles: [...roles].sort(),
    owners: [...owners].map(([role, example]) => ({ role, example })),
    publicOwner: restored.find(isPublic)?.owner ?? null,
    publicGrants: [...publicGrants.values()],
    tablespaces: [...new Set(restored.flatMap((one) => one.tablespace ?? []))].sort(),
    extensions: restored.flatMap((one) => (one.kind === 'EXTENSION' ? [one.tag] : [])),
    languages: [...languages].map(([language, example]) => ({ language, example })),
    superuser: [...superuser],
    rowSecurity,
    lockedAtOnce: countLockedAtOnce(restored),
  }
}

/** The largest tree of partitions, where there are foreign keys: each statement else locks one table. */
function countLockedAtOnce(entries: readonly TocEntry[]): number {
  if (!entries.some((one) => one.kind === 'FK CONSTRAINT')) return 0
  const names = new Map(entries.map((one) => [one.id, nameOf(one)]))
  const parents = new Map<number, number>()
  for (const entry of entries.filter((one) => one.kind === 'TABLE ATTACH')) {
    const child = entry.needs.find((id) => names.get(id) === nameOf(entry))
    const parent = entry.needs.find((id) => id !== child && names.has(id))
    if (child !== undefined && parent !== undefined) parents.set(child, parent)
  }
  const sizes = new Map<number, number>()
  for (const child of parents.keys()) {
    const above = new Set<number>()
    // A table of contents that somebody made may go in circles.
    for (let one = parents.get(child); one !== undefined && !above.has(one); one = parents.get(one)) {
      above.add(one)
      sizes.set(one, (sizes.get(one) ?? 1) + 1)
    }
  }
  return Math.max(0, ...sizes.values())
}

/** A dump never creates it, and says whose it is where that is not what the dump's version takes for usual. */
function isPublic({ kind, tag }: TocEntry): boolean {
  return kind === 'SCHEMA' && tag === 'public'
}

function nameOf({ schema, tag }: TocEntry): string {
  return writeName([schema ?? '', tag])
}

/** ALTER TABLE … FORCE ROW LEVEL SECURITY stands with the table. */
function isForced(statements: readonly StatementNode[]): boolean {
  return listNodes(statements, 'AlterTableCmd').some((one) => one.subtype === 'AT_ForceRowSecurity')
}

/** Privileges on a schema one by one, in the order of their statements. */
function listGrants(statements: readonly StatementNode[]): ArchiveNeeds['publicGrants'] {
  return listNodes(statements, 'GrantStmt').flatMap((grant) => {
    const named = listNodes(grant.privileges, 'AccessPriv').map((one) => String(one.priv_name))
    const roles = listNodes(grant.grantees, 'RoleSpec').map((one) =>
      one.roletype === 'ROLESPEC_PUBLIC' ? null : String(one.rolename),
    )
    const privileges = named.length === 0 ? ['usage', 'create'] : named
    return roles.flatMap((role) => privileges.map((privilege) => ({ role, privilege, given: grant.is_grant === true })))
  })
}

/** What the kind alone does not tell: a publication of everything, a leakproof function, a base type, a cast of bits. */
function asksSuperuser(statements: readonly StatementNode[]): boolean {
  const leakproof = listNodes(statements, 'DefElem').some((one) => one.defname === 'leakproof' && isTrue(one.arg))
  const publishes = listNodes(statements, 'CreatePublicationStmt').some((one) => one.for_all_tables === true)
  const base = listNodes(statements, 'DefineStmt').some(
    (one) => one.kind === 'OBJECT_TYPE' && one.definition !== undefined,
  )
  const bits = listNodes(statements, 'CreateCastStmt').some((one) => one.func === undefined && one.inout !== true)
  return leakproof || publishes || base || bits
}

/** LEAKPROOF carries true, NOT LEAKPROOF nothing. */
function isTrue(arg: unknown): boolean {
  return listNodes(arg, 'Boolean').some((one) => one.boolval === true)
}

function listLanguages(statements: readonly StatementNode[]): string[] {
  return listNodes(statements, 'CreateFunctionStmt').flatMap((one) =>
    listNodes(one, 'DefElem').flatMap((option) => (option.defname === 'language' ? textOf(option.arg) : [])),
  )
}

function textOf(node: unknown): string[] {
  return listNodes(node, 'String').flatMap((one) => (typeof one.sval === 'string' ? [one.sval] : []))
}
