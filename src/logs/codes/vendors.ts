import type { KnownCode, Label } from './label.ts'

type Table = { readonly [label in Label]?: string }

/** How one server's programs and drivers print its own codes, and what these say. */
interface Vendor {
  /** A text without it holds none: most texts are told by that. */
  readonly speaks: RegExp
  /** Each with the code in the first of its groups that is there; a state beside it is what it is called. */
  readonly forms: RegExp
  readonly known: ReadonlyMap<string, Label>
  /** The code as people search for it: of what was found, and of all that stood there. */
  write?(found: string, whole: string): string
  /** Codes that only say how far a program has come are none where nothing is known of them. */
  readonly onlyKnown?: true
}

/** Db2: messages by number, and `SQLCODE=-803` of its drivers. Source: IBM's Db2 message reference. */
const db2: Table = {
  constraint_violation: '530 531 532 803 407 545 603 667',
  missing_object: '204 440 1013 3304',
  mapping_schema: '206 205 117 158 408 538 539 542 670',
  duplicate_object: '601 612 624',
  syntax: '104 7 10 29',
  permission_auth: '551 552 1060 1092 1403 1404 30082',
  lock_deadlock_timeout: '911 913',
  data_conversion: '180 181 302 304 406 413 420 433 3117 3118 3119 3125 3137 3191',
  resource_disk_memory: '101 289 954 955 956 959 964 968 973 1040 1585',
  connectivity: '1032 1224 1336 1337 1776 4499 30081',
  version_incompatibility: '2570 5035',
  encoding: '191 330 332',
  other: '290 668 1477 20054',
}

/** Snowflake, six digits. Source: messages of its server and its connectors. */
const snowflake: Table = {
  data_conversion: '100035 100037 100038 100039 100040 100046 100069 100071 100078',
  mapping_schema: '904 2023 100080',
  constraint_violation: '100072',
  missing_object: '2003 2043 90105 90106 91016 253006',
  duplicate_object: '2002 2025',
  syntax: '1003',
  permission_auth: '3001 390100 390114 390144',
  lock_deadlock_timeout: '625 630',
  connectivity: '250001 250003',
  encoding: '100144',
}

/** SAP HANA. Source: its SQL error codes reference. */
const hana: Table = {
  missing_object: '259 328 332 362 397',
  mapping_schema: '260',
  syntax: '257 268',
  permission_auth: '10 258 414 415 416',
  duplicate_object: '288 289 331 386',
  constraint_violation: '287 301 461 462',
  data_conversion: '266 274 303 304 314 339',
  lock_deadlock_timeout: '131 133 146 613',
  resource_disk_memory: '4',
  connectivity: '10709',
}

/** Teradata. Source: its Database messages. */
const teradata: Table = {
  data_conversion: '2616 2617 2620 2621 2665 2666 2673 2679 3535 3996 5407 6760 7454',
  constraint_violation: '2801 2802 2803 3604 3811 5317',
  missing_object: '3802 3807',
  duplicate_object: '3803 3804',
  mapping_schema: '3810 3812 3813 5628',
  syntax: '3706 3707',
  permission_auth: '3523 3524 8017',
  lock_deadlock_timeout: '2631 7423',
  resource_disk_memory: '2644 2646 3710',
  encoding: '6706',
}

/** Cassandra's native protocol, and ScyllaDB's. */
const cassandra: Table = {
  connectivity: '1000 1001 1002',
  lock_deadlock_timeout: '1100 1200',
  syntax: '2000',
  permission_auth: '100 2100',
  duplicate_object: '2400',
}

/** Firebird: the SQL code that isql and drivers print before the message. */
const firebird: Table = {
  constraint_violation: '297 530 625 803',
  missing_object: '204 219',
  mapping_schema: '205 206',
  data_conversion: '303 413 802',
  permission_auth: '551 552 817',
  syntax: '104',
  lock_deadlock_timeout: '913',
  connectivity: '923 924',
}

/** H2 gives SQLSTATEs, and five digits of its own; its build stands behind them. Source: its ErrorCode class. */
const h2: Table = {
  data_conversion: '22001 22003 22007 22012 22018 22025 22030',
  constraint_violation: '23502 23503 23505 23506 23507 23513 23514',
  missing_object: '42102 42103 42104 42112 90013 90022 90036 90042 90057 90079 90124 90146 90149',
  mapping_schema: '21002 42122',
  duplicate_object: '42101 42111 42121 90033 90035 90045 90078 90114',
  syntax: '42000 42001 90016',
  permission_auth: '28000 90040 90096 90097',
  lock_deadlock_timeout: '40001 50200 57014 90020 HYT00',
  version_incompatibility: '50100 90048',
  connectivity: '90067 90098 90121',
  tool_internal: '90030',
  resource_disk_memory: '90028 90031 90108',
}

const vendors: readonly Vendor[] = [
  {
    speaks: /\bSQL\d{4,5}[NCW]\b|SQLCODE/,
    forms: /\bSQL(\d{4,5})[NCW]\b/g,
    known: readTable(db2),
    onlyKnown: true,
    write: (_digits, whole) => whole,
  },
  {
    speaks: /SQLERRMC|DB2 SQL|com\.ibm\.db2|\[IBM\]\[CLI/i,
    forms: /\bSQLCODE\s?[:=]\s?(-\d{2,5})/gi,
    known: readTable(db2),
  },
  {
    speaks: /\b\d{6} \([0-9A-Z]{5}\):/,
    forms: /\b(\d{6}) \((?<state>[0-9A-Z]{5})\):/g,
    known: readTable(snowflake),
  },
  {
    speaks: /SAP DBTech|HDBODBC|hdbcli|(?:^|\s)\* \d{1,5}: .{0,2000}\bSQLSTATE: |\bhdbsql\b/,
    forms:
      /(?:^|\s)\* (\d{1,5}): |SAP DBTech JDBC:? ?(?:\(at \d{1,9}\) ?)?\[(\d{1,5})\]|\[HDBODBC\][^\n]{0,400}?;(\d{1,5}) |\bhdbcli\.dbapi\.\w{3,40}: \((\d{1,5}), /g,
    known: readTable(hana),
  },
  {
    speaks: /Teradata|TeraJDBC|RDBMS error \d|(?:^|\s)\*\*\* Failure \d{4} /i,
    forms:
      /\[Error (\d{4})\]|(?:^|\s)\*\*\* Failure (\d{4}) |\bTeradata Database\]:? ?\(?(\d{4})\b|\bRDBMS error (\d{4}):/g,
    known: readTable(teradata),
  },
  {
    speaks: /\bcode=\d{4} \[/,
    forms: /\bcode=(\d{4}) \[[A-Z]/g,
    known: readTable(cassandra),
  },
  {
    speaks: /SQL error code = -|335544\d{3}|SQLCODE: -\d{3,4}\b/,
    forms: /\bSQL error code = (-\d{2,4})\b/g,
    known: readTable(firebird),
  },
  {
    speaks: /\[[0-9A-Z]{5}-\d{2,3}\]/,
    forms: /\[([0-9A-Z]{5})-\d{2,3}\]/g,
    known: readTable(h2),
  },
]

/** Codes of servers that count by themselves, where a text shows whose they are. */
export function listVendorCodes(text: string): readonly KnownCode[] {
  return vendors.flatMap(({ speaks, forms, known, write, onlyKnown }) =>
    speaks.test(text)
      ? [...text.matchAll(forms)].flatMap((match) => {
          const found = match.slice(1).find(Boolean) ?? ''
          const label = known.get(found.replace(/^-?0*(?=\d)/, '')) ?? known.get(found) ?? null
          return onlyKnown && label === null
            ? []
            : [{ code: write?.(found, match[0]) ?? found, name: match.groups?.state ?? null, label }]
        })
      : [],
  )
}

function readTable(table: Table): ReadonlyMap<string, Label> {
  return new Map(
    Object.entries(table).flatMap(([label, list]) => list.split(' ').map((code) => [code, label as Label] as const)),
  )
}
