import { parse } from 'libpg-query'
import { walkTree } from '../walk-tree.ts'

type Node = { readonly [key: string]: unknown }

/** Kinds of statements, as PostgreSQL's own parser names them, that a rollback takes back as if they had never been. */
const plainKinds: ReadonlySet<string> = new Set([
  ...['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'TruncateStmt', 'CommentStmt'],
  ...['CreateStmt', 'CreateTableAsStmt', 'AlterTableStmt', 'RenameStmt', 'DropStmt', 'IndexStmt', 'ViewStmt'],
  ...['CreateSeqStmt', 'AlterSeqStmt', 'CreateEnumStmt', 'AlterEnumStmt', 'CreateDomainStmt', 'AlterDomainStmt'],
  ...['CreateSchemaStmt', 'GrantStmt', 'AlterOwnerStmt', 'CreateStatsStmt'],
])

/** PostgreSQL's functions that look at values and answer one; `json…`, `array…` and `to_…` are told by their beginning. */
const plainFunctions: ReadonlySet<string> = new Set([
  ...['count', 'sum', 'min', 'max', 'avg', 'bool_and', 'bool_or', 'every', 'string_agg', 'row_number', 'rank'],
  ...['dense_rank', 'lag', 'lead', 'first_value', 'last_value', 'ntile', 'lower', 'upper', 'initcap', 'trim', 'btrim'],
  ...['ltrim', 'rtrim', 'replace', 'translate', 'reverse', 'regexp_replace', 'regexp_match', 'regexp_matches'],
  ...['regexp_split_to_array', 'regexp_split_to_table', 'substring', 'substr', 'position', 'strpos', 'split_part'],
  ...['left', 'right', 'length', 'char_length', 'octet_length', 'concat', 'concat_ws', 'format', 'lpad', 'rpad'],
  ...['overlay', 'ascii', 'chr', 'md5', 'sha256', 'encode', 'decode', 'convert_from', 'convert_to', 'cardinality'],
  ...['date_trunc', 'date_part', 'extract', 'age', 'now', 'clock_timestamp', 'statement_timestamp', 'timezone'],
  ...['make_date', 'make_time', 'make_timestamp', 'make_timestamptz', 'make_interval', 'justify_days', 'isfinite'],
  ...['abs', 'ceil', 'ceiling', 'floor', 'round', 'trunc', 'mod', 'power', 'sqrt', 'sign', 'unnest', 'string_to_array'],
  ...['generate_series', 'gen_random_uuid', 'quote_literal', 'quote_ident', 'quote_nullable'],
])
const plainFamily = /^(?:jsonb?_|array_|to_(?:char|date|hex|json|jsonb|number|timestamp)$)/

/**
 * What makes a statement more than plain: another kind than data and definitions, or a call of a function that is not
 * among those known to look only; null where it is plain. Triggers and defaults that the tables have by themselves run
 * all the same, as they do for every write.
 */
export async function findBeyondPlain(text: string): Promise<string | null> {
  const { stmts = [] } = await parse(text)
  for (const { stmt } of stmts as { stmt: Node }[]) {
    const kind = Object.keys(stmt).find((one) => !plainKinds.has(one))
    if (kind !== undefined) return kind.replace(/Stmt$/, '')
  }
  for (const [key, inner] of walkTree(stmts)) {
    const beyond = (key === 'FuncCall' ? nameBeyond(inner as Node) : null) ?? findNested(key)
    if (beyond !== null) return beyond
  }
  return null
}

/** Statements that stand inside others, such as a trigger in CREATE SCHEMA. */
function findNested(key: string): string | null {
  return /^[A-Z]\w*Stmt$/.test(key) && !plainKinds.has(key) ? key.replace(/Stmt$/, '') : null
}

function nameBeyond({ funcname }: Node): string | null {
  const names = Array.isArray(funcname)
    ? funcname.map((one: Node) => String((one.String as Node | undefined)?.sval))
    : []
  const name = names.at(-1) ?? ''
  const isOurs = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog')
  return isOurs && (plainFunctions.has(name) || plainFamily.test(name)) ? null : `${names.join('.')}()`
}
