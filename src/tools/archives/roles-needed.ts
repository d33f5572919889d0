import { parse } from 'libpg-query'
import { isRestored, type TocEntry } from './toc.ts'

/** Kinds of entries whose statements name roles. */
const namingKinds = new Set(['ACL', 'DEFAULT ACL', 'POLICY', 'USER MAPPING'])

/**
 * Roles that a load needs: those that own an entry, and those that the statements of privileges, policies and user
 * mappings name, by PostgreSQL's own grammar. What stands in the body of a function or in a comment is text.
 */
export async function listRolesNeeded(entries: readonly TocEntry[]): Promise<string[]> {
  const roles = new Set<string>()
  for (const entry of entries.filter(isRestored)) {
    if (entry.owner !== null) roles.add(entry.owner)
    if (!namingKinds.has(entry.kind)) continue
    // A statement newer than the grammar names no roles to us; the load will say so itself.
    const tree = await parse(entry.definition).catch(() => null)
    for (const role of listRoles(tree)) roles.add(role)
  }
  return [...roles].sort()
}

/** Roles that a parsed statement names, at whatever depth. `PUBLIC` and `CURRENT_USER` are none. */
function listRoles(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(listRoles)
  if (typeof node !== 'object' || node === null) return []
  const fields = new Map(Object.entries(node))
  const role = fields.get('rolename')
  if (fields.get('roletype') === 'ROLESPEC_CSTRING' && typeof role === 'string') return [role]
  const inner = [...fields.values()].flatMap(listRoles)
  return fields.get('name') === 'session_authorization' ? [...inner, ...listTexts(fields.get('args'))] : inner
}

/** Texts in the arguments of a SET. */
function listTexts(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(listTexts)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'sval' && typeof value === 'string' ? [value] : listTexts(value),
  )
}

/** Tablespaces that the entries of an archive ask for by name. */
export function listTablespacesNeeded(entries: readonly TocEntry[]): string[] {
  return [...new Set(entries.filter(isRestored).flatMap((entry) => entry.tablespace ?? []))].sort()
}
