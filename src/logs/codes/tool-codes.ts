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
const clickhouseLabels = readLabels(clickhouse)

const bare = (code: string): KnownCode => ({ code, name: null, label: null })

/** Amazon Redshift's, of what a load could not read. Source: its Load error reference. */
const redshift: { readonly [label in Label]?: string } = {
  data_conversion: '1200 1204 1205 1206 1207 1208 1209 1210 1211 1214 1215 1216 1217 1218 15007',
  mapping_schema: '1201 1202 1203 8001',
  missing_object: '1212',
  constraint_violation: '1213',
  encoding: '1219 1220 1221',
}

/** The system's own errors, as MySQL's and MariaDB's programs give their numbers. */
const system: { readonly [label in Label]?: string } = {
  missing_object: '2',
  resource_disk_memory: '5 12 23 24 27 28 122',
  permission_auth: '1 13 30',
}

/** What Spark calls its errors tells of which kind they are; the first that holds counts. */
const sparkNames: readonly (readonly [Label, RegExp])[] = [
  ['syntax', /SYNTAX/],
  ['permission_auth', /PERMISSION|PRIVILEGE|DENIED/],
  [
    'data_conversion',
    /CAST_|CANNOT_PARSE|CONVERSION|OVERFLOW|OUT_OF_RANGE|DIVIDE_BY_ZERO|MALFORMED|EXCEED_LIMIT_LENGTH/,
  ],
  ['constraint_violation', /CONSTRAINT|NOT_NULL|DUPLICATED?_(?:KEY|ROW)/],
  ['mapping_schema', /(?:^|_)COLUMN|SCHEMA_(?!NOT)|MISMATCH|INCOMPATIBLE|FIELD_NOT_FOUND|ARITY/],
  ['duplicate_object', /ALREADY_EXISTS/],
  ['missing_object', /NOT_FOUND|NOT_EXIST|UNRESOLVED_ROUTINE/],
  ['lock_deadlock_timeout', /CONCURRENT|TIMEOUT/],
  ['version_incompatibility', /UNSUPPORTED|NOT_SUPPORTED|UNKNOWN_PROTOCOL|VERSION/],
]

const redshiftLabels = readLabels(redshift)
const systemLabels = readLabels(system)

function readLabels(table: { readonly [label in Label]?: string }): ReadonlyMap<string, Label> {
  return new Map(
    Object.entries(table).flatMap(([label, list]) => list.split(' ').map((code) => [code, label as Label] as const)),
  )
}

/** A code that is one by what its program's list says of it, or by its name alone. */
const labelled = (code: string, label: Label | undefined): ToolCode => ({
  code: { code, name: null, label: label ?? null },
  weight: label ? 3 : 2,
})

const forms: readonly Form[] = [
  // TiDB's tools: part, stage and name.
  {
    speaks: /:Err[A-Z]/,
    pattern: /\[([A-Z]\w{1,30}:\w{2,30}:Err\w{3,60})\]/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  {
    speaks: /\[code=\d/,
    pattern: /\[code=(\d{5}):class=/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  // Spark's and Delta's error classes, in front of the message.
  {
    speaks: /\[[A-Z]{3,40}_[A-Z_.]{2,80}\]/,
    pattern:
      /(?:^|(?:Exception|Error|error):? )\[([A-Z][A-Z0-9]{2,40}(?:_[A-Z0-9]{1,40}){1,10}(?:\.[A-Z][A-Z0-9_]{2,60})?)\](?= \S)/g,
    read: (code) => labelled(code, sparkNames.find(([, name]) => name.test(code))?.[0]),
  },
  // Redshift, in a message and in the box that it prints.
  {
    speaks: /Redshift|stl_load_errors|^\s{0,4}code: {4,10}\d/i,
    pattern: /\bError #(\d{4})\b|^\s{0,4}code: {4,10}(\d{4,5})\s*$/g,
    read: (code) => labelled(code, redshiftLabels.get(code)),
  },
  // MySQL and MariaDB, of what the system told them.
  {
    speaks: /errno|Errcode/,
    pattern: /\b(?:OS errno|errno:|Errcode:) ?([1-9]\d{0,2})(?= ["'-])/g,
    read: (code) => ({ code: { code, name: null, label: systemLabels.get(code) ?? null }, weight: 2 }),
  },
  // What mydumper ends its line with; a field of SQL Server's drivers for Node; a registry of schemas.
  {
    speaks: / - [12]\d{3}$/,
    pattern: /^Error .{1,600} - ([12]\d{3})$/g,
    read: (code) => ({ code: readMysqlCode(Number(code)) ?? bare(code), weight: 3 }),
  },
  {
    speaks: /^\s{2,12}number: \d/,
    pattern: /^\s{2,12}number: (\d{2,6}),?$/g,
    read: (code) => ({ code: readMssqlCode(Number(code)) ?? bare(code), weight: 3 }),
  },
  {
    speaks: /RestClientException/,
    pattern: /; error code: (\d{3,5})\b/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  // MySQL Shell's own.
  {
    speaks: /MYSQLSH/,
    pattern: /\(MYSQLSH (5[0-9]{4})\)/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  // Azure Data Factory: a word, and the server's number behind it.
  {
    speaks: /ErrorCode=[A-Z]/,
    pattern: /\bErrorCode=([A-Z][A-Za-z]{5,80})(?=,')/g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
  // Vertica: four digits behind the level, and as a field of its driver's.
  {
    speaks: /ERROR \d{4}: {2}\S|, Error Code: \d{4}, /,
    pattern: /\bERROR (\d{4}): {2}(?=\S)|, Error Code: (\d{4}), /g,
    read: (code) => ({ code: bare(code), weight: 2 }),
  },
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
  // MongoDB: errors whose name is their place in its source.
  {
    speaks: /Location\d/,
    pattern: /\bLocation(\d{4,7})\b/g,
    read: (code) => ({ code: { code, name: `Location${code}`, label: null }, weight: 3 }),
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
