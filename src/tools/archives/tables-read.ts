import { parsePlPgSQL } from 'libpg-query'
import type pg from 'pg'
import { writeName } from '../../domain/object-name.ts'
import { listNodes, parseStatements, type StatementNode } from './parse-statements.ts'

/** Tables that functions name in their bodies, in SQL and PL/pgSQL, by PostgreSQL's own grammars. */
export async function listTablesRead(client: pg.Client, functions: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ language: string; definition: string; body: string }>(
    `SELECT l.lanname::text AS language, pg_get_functiondef(p.oid) AS definition,
            coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) AS body
       FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
      WHERE p.oid::text = ANY($1) AND p.prokind = 'f' AND l.lanname IN ('sql', 'plpgsql')`,
    [functions],
  )
  const names = new Set<string>()
  for (const { language, definition, body } of rows) {
    const statements = language === 'sql' ? [body] : await listQueries(definition)
    for (const statement of statements) for (const name of listTables(await parseStatements(statement))) names.add(name)
  }
  return [...names].sort()
}

/** The queries and expressions of a PL/pgSQL function, each as a statement. */
async function listQueries(definition: string): Promise<string[]> {
  const tree = await parsePlPgSQL(definition).catch(() => null)
  return listNodes(tree, 'PLpgSQL_expr').flatMap(({ query, parseMode }) => {
    if (typeof query !== 'string') return []
    if (parseMode === 0) return [query]
    // An assignment's target is no part of what it reads.
    return [`SELECT ${parseMode === 2 ? query : query.replace(/^.*?(?::=|=)/s, '')}`]
  })
}

/** What WITH names is no table. */
function listTables(statements: readonly StatementNode[]): string[] {
  const named = new Set(listNodes(statements, 'CommonTableExpr').map((one) => one.ctename))
  return listNodes(statements, 'RangeVar').flatMap(({ schemaname, relname }) => {
    if (typeof relname !== 'string' || (schemaname === undefined && named.has(relname))) return []
    return [writeName([...(typeof schemaname === 'string' ? [schemaname] : []), relname])]
  })
}
