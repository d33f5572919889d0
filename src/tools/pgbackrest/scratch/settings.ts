import type { RecoveryMoment } from '../../../domain/physical-backup.ts'
import { quoteWord } from '../../../domain/quote-word.ts'

/** What the server of a scratch cluster must at least have: its backup says so, and it would not start with less. */
export interface ControlLimits {
  readonly connections: number
  readonly workers: number
  readonly walSenders: number
  readonly preparedTransactions: number
  readonly locks: number
}

export interface ScratchSettings {
  readonly socket: string
  readonly preload: readonly string[]
  readonly limits: ControlLimits
  /** What fetches a segment of WAL; `%f` and `%p` are added. */
  readonly archiveGet: readonly string[]
  /** null: to the backup's own end. */
  readonly moment: RecoveryMoment | null
  readonly major: number
}

/**
 * All of a scratch server's settings. Nothing of the backup's own is read: it would archive into the live repository,
 * pull from its primary, run jobs, and load whatever its libraries are.
 */
export function writeSettings(of: ScratchSettings): string {
  const { limits } = of
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: of.socket,
    unix_socket_permissions: '0777',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    log_min_messages: 'log',
    log_statement: 'none',
    log_checkpoints: 'off',
    lc_messages: 'C',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ssl: 'off',
    // Silent to everybody else.
    archive_mode: 'off',
    archive_command: '',
    wal_level: 'minimal',
    max_wal_senders: '0',
    primary_conninfo: '',
    primary_slot_name: '',
    hot_standby: 'off',
    max_logical_replication_workers: '0',
    'cron.launch_active_jobs': 'off',
    shared_preload_libraries: of.preload.join(','),
    session_preload_libraries: '',
    local_preload_libraries: '',
    autovacuum: 'off',
    // It is thrown away: a machine that stops loses nothing by it.
    fsync: 'off',
    full_page_writes: 'off',
    dynamic_shared_memory_type: 'mmap',
    max_connections: String(Math.max(60, limits.connections)),
    max_worker_processes: String(Math.max(8, limits.workers)),
    max_prepared_transactions: String(limits.preparedTransactions),
    max_locks_per_transaction: String(Math.max(256, limits.locks)),
    max_replication_slots: '200',
    ...(of.major >= 15 ? { log_startup_progress_interval: '5s' } : {}),
    restore_command: [...of.archiveGet.map(quoteForShell), '%f', '%p'].join(' '),
    ...writeTarget(of.moment),
    recovery_target_action: 'promote',
  }
  return `${Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
    .join('\n')}\n`
}

function writeTarget(moment: RecoveryMoment | null): Record<string, string> {
  if (moment === null) return { recovery_target: 'immediate', recovery_target_timeline: 'current' }
  return {
    [`recovery_target_${moment.kind}`]: moment.kind === 'time' ? writeTime(moment.value) : moment.value,
    recovery_target_inclusive: moment.before ? 'off' : 'on',
    recovery_target_timeline: moment.timeline === null ? 'latest' : String(moment.timeline),
  }
}

/** While settings are read no abbreviation of a zone is known yet, `Z` neither. */
function writeTime(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '+00')
}

/** Only this account comes in, by the kernel's word for it, and only as the roles that the plan names. */
export function writeAccess(of: { readonly account: string; readonly roles: readonly string[] }): {
  readonly hba: string
  readonly ident: string
} {
  const roles = [...new Set(of.roles)]
  return {
    hba: roles.map((role) => `local all ${quoteName(role)} peer map=salvor\n`).join(''),
    ident: roles.map((role) => `salvor ${quoteName(of.account)} ${quoteName(role)}\n`).join(''),
  }
}

/** In quotes no name is a keyword or a pattern; none can end the quotes or the line. */
function quoteName(name: string): string {
  if (/["\n\r]/.test(name)) throw new RangeError(`a role with a quote or line break in its name: ${name}`)
  return `"${name}"`
}

/** PostgreSQL starts this one command by a shell, and puts values where a percent sign stands. */
function quoteForShell(word: string): string {
  return quoteWord(word).replaceAll('%', '%%')
}
