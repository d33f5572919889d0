import { parse } from 'libpg-query'
import { walkTree } from '../walk-tree.ts'

/** A node of PostgreSQL's parse tree: its fields by name. */
export type StatementNode = { readonly [field: string]: unknown }

/** The statements of a definition by PostgreSQL's own grammar; none where that does not know them. */
export async function parseStatements(sql: string): Promise<StatementNode[]> {
  return (await parseOrNull(sql)) ?? []
}

/** The same; null where the grammar does not know them. */
export async function parseOrNull(sql: string): Promise<StatementNode[] | null> {
  try {
    return (await parse(sql)).stmts?.map((one) => one.stmt as StatementNode) ?? []
  } catch {
    return null
  }
}

/** Each statement of a text with its own part of that text; null where the grammar does not know them. */
export async function splitStatements(sql: string): Promise<{ text: string; node: StatementNode }[] | null> {
  const bytes = Buffer.from(sql)
  try {
    return ((await parse(sql)).stmts ?? []).map(({ stmt, stmt_location: from = 0, stmt_len: length }) => ({
      text: bytes
        .subarray(from, length === undefined || length === 0 ? undefined : from + length)
        .toString()
        .trim(),
      node: stmt as StatementNode,
    }))
  } catch {
    return null
  }
}

/** The fields of every node of a kind, at whatever depth. */
export function listNodes(tree: unknown, kind: string): StatementNode[] {
  return [...walkTree(tree)].flatMap(([key, inner]) =>
    key === kind && typeof inner === 'object' && inner !== null ? [inner as StatementNode] : [],
  )
}

/** Roles that statements name. `PUBLIC` and `CURRENT_USER` are none, and some grammars leave the node's kind away. */
export function listRoleNames(tree: unknown): string[] {
  return [...walkTree([tree])].flatMap(([, inner]) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return []
    const node = inner as StatementNode
    if (node.roletype === 'ROLESPEC_CSTRING' && typeof node.rolename === 'string') return [node.rolename]
    return listSettingTexts([node], 'session_authorization')
  })
}

/** What statements SET a setting to. */
export function listSettingTexts(statements: readonly StatementNode[], setting: string): string[] {
  return statements.flatMap((one) => {
    const set = one.VariableSetStmt as StatementNode | undefined
    if (set?.name !== setting) return []
    return listNodes(set.args, 'A_Const').flatMap((constant) => {
      const text = (constant.sval as StatementNode | undefined)?.sval
      return typeof text === 'string' ? [text] : []
    })
  })
}
