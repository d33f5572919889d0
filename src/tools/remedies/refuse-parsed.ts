import { parse } from 'libpg-query'
import { walkTree } from '../walk-tree.ts'
import { keptSettings } from './refuse-statement.ts'

/** Kinds of statements, as PostgreSQL's own parser names them, that act outside the transaction or on the cluster. */
const refusedKinds: { readonly [kind: string]: string } = {
  TransactionStmt: 'it would end or split the transaction that Salvor keeps',
  CopyStmt: 'COPY reads or writes files or programs, which no rollback takes back; use INSERT',
  LoadStmt: 'LOAD brings foreign code into the server',
  AlterSystemStmt: 'ALTER SYSTEM cannot be rolled back',
  CreatedbStmt: 'databases are not made by a remedy',
  DropdbStmt: 'databases are not dropped by a remedy',
  AlterDatabaseStmt: 'databases are not changed by a remedy',
  AlterDatabaseSetStmt: 'databases are not changed by a remedy',
  AlterDatabaseRefreshCollStmt: 'databases are not changed by a remedy',
  CreateTableSpaceStmt: 'tablespaces are files of the server',
  DropTableSpaceStmt: 'tablespaces are files of the server',
  CreateSubscriptionStmt: 'a subscription connects to another server',
  AlterSubscriptionStmt: 'a subscription connects to another server',
  DropSubscriptionStmt: 'a subscription connects to another server',
  CreateForeignServerStmt: 'a foreign server is another machine, whose data no rollback here takes back',
  CreateFdwStmt: 'a foreign-data wrapper is foreign code',
  CreateUserMappingStmt: 'a user mapping is a login at another machine',
  ImportForeignSchemaStmt: 'it asks another machine',
  CreateExtensionStmt: 'an extension brings foreign code into the server',
  AlterExtensionStmt: 'an extension brings foreign code into the server',
  CreateEventTrigStmt: 'an event trigger acts on everybody in the database',
  AlterEventTrigStmt: 'an event trigger acts on everybody in the database',
  CreatePLangStmt: 'a language is foreign code',
  CreateRoleStmt: 'roles belong to the whole cluster',
  AlterRoleStmt: 'roles belong to the whole cluster',
  AlterRoleSetStmt: 'roles belong to the whole cluster',
  DropRoleStmt: 'roles belong to the whole cluster',
  GrantRoleStmt: 'roles belong to the whole cluster',
  ReassignOwnedStmt: 'it takes everything that a role owns',
  DropOwnedStmt: 'it drops everything that a role owns',
  VacuumStmt: 'it does not belong into a transaction',
  CheckPointStmt: 'it does not belong into a transaction',
  DiscardStmt: 'it does not belong into a transaction',
  ListenStmt: 'it does not belong into a transaction',
  UnlistenStmt: 'it does not belong into a transaction',
}

/** Functions of PostgreSQL and its usual extensions whose effect no rollback takes back. */
const refusedFunctions =
  /^(pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile.*|pg_promote|pg_switch_wal|pg_backup_.*|pg_start_backup|pg_stop_backup|pg_create_.*_slot|pg_drop_replication_slot|pg_copy_.*_slot|pg_replication_.*|pg_logical_.*|pg_wal_replay_.*|pg_read_file|pg_read_binary_file|pg_ls_.*|pg_stat_file|pg_file_.*|pg_stat_reset.*|pg_advisory_lock.*|pg_advisory_unlock.*|pg_try_advisory_.*|database_to_xml.*|schema_to_xml.*|cursor_to_xml.*|pg_log_.*|pg_import_system_collations|lo_import|lo_export|dblink.*|postgres_fdw_.*|cron_.*|schedule.*|query_to_xml.*|adminpack.*)$/

/** Settings that are not a remedy's: those of its transaction, and who it is. */
const refusedSettings = new Set([...keptSettings.map((one) => one.toLowerCase()), 'role', 'session_authorization'])

type Node = { readonly [key: string]: unknown }

/**
 * Why a statement is no part of a remedy, by PostgreSQL's own grammar; null when it may be. What a function or a DO
 * block does when it runs no grammar tells: there the rights of the role are the border.
 */
export async function refuseParsed(text: string): Promise<string | null> {
  let tree: unknown
  try {
    tree = await parse(text)
  } catch (thrown) {
    return `PostgreSQL's grammar does not know it: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
  for (const [key, inner] of walkTree(tree)) {
    const why = refuseNode(key, inner as Node)
    if (why !== null) return why
  }
  return null
}

function refuseNode(kind: string, node: Node): string | null {
  if (Object.hasOwn(refusedKinds, kind)) return refusedKinds[kind] ?? null
  if (kind === 'VariableSetStmt') return refuseSetting(node)
  if (kind === 'FuncCall') return refuseCall(node)
  if (kind === 'CreateFunctionStmt') return refuseLanguage(node)
  if (kind === 'DefElem' && node.defname === 'superuser') return 'roles belong to the whole cluster'
  return null
}

function refuseSetting(node: Node): string | null {
  const name = String(node.name ?? 'ALL').toLowerCase()
  if (node.kind !== 'VAR_RESET_ALL' && !refusedSettings.has(name)) return null
  return `SET or RESET ${name.toUpperCase()} would change what Salvor's transaction stands on`
}

function refuseCall(node: Node): string | null {
  const name = (listNames(node.funcname).at(-1) ?? '').toLowerCase()
  if (refusedFunctions.test(name)) return `no rollback takes back what ${name}() does`
  if (name !== 'set_config') return null
  const setting = readConstant(Array.isArray(node.args) ? node.args[0] : undefined)
  if (setting !== null && !refusedSettings.has(setting.toLowerCase())) return null
  return "set_config() would change what Salvor's transaction stands on"
}

/** SQL and PL/pgSQL run with the caller's rights; other languages may do what the server's account may. */
function refuseLanguage(node: Node): string | null {
  const options = Array.isArray(node.options) ? (node.options as Node[]) : []
  for (const option of options) {
    const { defname, arg } = (option.DefElem ?? {}) as { readonly defname?: string; readonly arg?: Node }
    const language = (arg?.String as Node | undefined)?.sval
    if (defname === 'language' && !/^(sql|plpgsql)$/i.test(String(language)))
      return `a function in ${String(language)} is foreign code`
  }
  return null
}

function listNames(names: unknown): string[] {
  return Array.isArray(names) ? names.map((one: Node) => String((one.String as Node | undefined)?.sval ?? '')) : []
}

/** A quoted text, or null for anything that is only known when it runs. */
function readConstant(node: unknown): string | null {
  const constant = (node as Node | undefined)?.A_Const as Node | undefined
  const text = (constant?.sval as Node | undefined)?.sval
  return typeof text === 'string' ? text : null
}
