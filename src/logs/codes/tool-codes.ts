import type { KnownCode, Label } from './label.ts'
import { readMssqlCode } from './mssql.ts'
import { readMysqlCode } from './mysql.ts'
import { isPostgresCode } from './sqlstate.ts'

/** A code as one program prints it. `weight` as of a found code: 3 names the failure, 2 a class of failures. */
export interface ToolCode {
  readonly code: KnownCode
  readonly weight: 2 | 3
}

interface Form {
  /** A text without it holds none: most texts are told by that. */
  readonly speaks: RegExp
  readonly pattern: RegExp
  /** Null for what only looks like one. */
  read(found: string): ToolCode | null
}

/** ClickHouse's, by number. Source: the list of error codes of its server. */
const clickhouse: { readonly [label in Label]?: string } = {
  mapping_schema: '8 9 10 16 20 47 122',
  missing_object: '46 50 60 81 107 291 370 701',
  duplicate_object: '15 44 57 82',
  data_conversion: '6 19 26 27 32 38 41 53 69 70 72 85 117 131 321 407 419',
  constraint_violation: '349 469',
  syntax: '62 43 42 51 63 215',
  permission_auth: '164 192 193 194 242 497 516',
  connectivity: '209 210 225 279 999',
  lock_deadlock_timeout: '159 160 473',
  resource_disk_memory: '158 202 241 243 252 307',
  version_incompatibility: '1 48 99 344',
  tool_internal: '49 173',
}
const clickhouseLabels = new Map(
  Object.entries(clickhouse).flatMap(([label, list]) => list.split(' ').map((code) => [code, label as Label] as const)),
)

const bare = (code: string): KnownCode => ({ code, name: null, label: null })

const forms: readonly Form[] = [
  // DataX and its kin, SeaTunnel: `Code:[Common-01], Description:[…]`, `ErrorCode:[COMMON-10]`.
  {
    speaks: /[Cc]ode:\s?\[/,
    pattern: /\b(?:Error)?[Cc]ode:\s?\[([A-Za-z]{2,30}-\d{2,5})\]/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  // A code in brackets that begins the message, as Zabbix has it; not a SQLSTATE.
  {
    speaks: /^\[[A-Z]/,
    pattern: /^\[([A-Z]{1,3}\d{3,5})\]:? (?=\S)/g,
    read: (code) => (isPostgresCode(code) || /^S[01]\d/.test(code) ? null : { code: bare(code), weight: 2 }),
  },
  // bcp: the state of ODBC first, then the server's number.
  {
    speaks: /NativeError = /,
    pattern: /\bSQLState = \w{5}, NativeError = ([1-9]\d{1,5})\b/g,
    read: (code) => ({ code: readMssqlCode(Number(code)) ?? bare(code), weight: 3 }),
  },
  // Agents of SQL Server's replication: within the text, and as a field below it.
  {
    speaks: /Agent message code|^Number: /,
    pattern: /\bAgent message code (\d{3,6})\b|^Number: {1,4}([1-9]\d{2,5})\s*$/g,
    read: (code) => ({ code: readMssqlCode(Number(code)) ?? bare(code), weight: 3 }),
  },
  // MySQL, of a statement that it ran for itself.
  {
    speaks: /error code = \d/,
    pattern: /\berror code = ([1-9]\d{2,4}), error message\b/g,
    read: (code) => ({ code: readMysqlCode(Number(code)) ?? bare(code), weight: 3 }),
  },
  // MongoDB: errors that have a place in its source instead of a name.
  {
    speaks: /Location\d/,
    pattern: /\bLocation(\d{4,7})\b/g,
    read: (code) => ({ code: bare(code), weight: 3 }),
  },
  {
    speaks: /DB::|[Cc]lick[Hh]ouse/,
    pattern: /\b[Cc]ode: (\d{1,4})\b(?=[.,:]|$)/g,
    read: (code) => ({ code: { code, name: null, label: clickhouseLabels.get(code) ?? null }, weight: 3 }),
  },
  // Products of Oracle and Informatica beside the server.
  {
    speaks: /[A-Z]{2,4}[-_]\d{4}/,
    pattern:
      /\b((?:OGG|ODI|PRGZ|PRGO|PRCZ|PRCR|PRCT|PRVF|PRVG|DGM|NID|DRG|INS)-\d{4,5}|(?:RR|WRT|CMN|DBGR|TT|PETL|HIER)_\d{4,5})\b/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
]

/** Codes of programs that stand beside no word for a code, or that no list of a server holds. */
export function listToolCodes(text: string): readonly ToolCode[] {
  return forms.flatMap(({ speaks, pattern, read }) =>
    speaks.test(text)
      ? [...text.matchAll(pattern)].flatMap(([, ...groups]) => read(groups.find(Boolean) ?? '') ?? [])
      : [],
  )
}
