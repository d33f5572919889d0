import type { KnownCode, Label } from './label.ts'
import { readMssqlCode } from './mssql.ts'
import { readMysqlCode, readMysqlName } from './mysql.ts'
import { isOracleWrapper, readOracleCode } from './oracle.ts'
import { readPrismaCode } from './prisma.ts'
import { listSqliteCodes } from './sqlite.ts'
import { isPostgresCode, readSqlstate } from './sqlstate.ts'
import { listToolCodes } from './tool-codes.ts'
import { listVendorCodes } from './vendors.ts'

/** A code in a text. `weight`: how exactly it names the failure; 3 a cause, 2 a class of failures, 1 a tool's own or a wrapper. */
export interface FoundCode extends KnownCode {
  readonly weight: 1 | 2 | 3
}

const sqlstate =
  /(?:SQL[ _-]?State|pgcode|Database error(?: code)?|error code)(?: code| value)?\b["']?\s{0,4}(?:is |of |=> ?|[:=([]){0,2}\s{0,3}["'([]?E?([0-9A-Z]{5})\b/gi
const verbose = /^(?:[A-Z]{3,8}: {1,2}|\S{1,80}: {1,2}[A-Z]{5,7}: {1,2})?([0-9A-Z]{5}): /
const snowflake = /\b\d{6} \(([0-9A-Z]{5})\):/g
/** The server's own form of `ERROR 23505 (unique_violation)`, `[22001] ERROR`, and a code between two colons. */
const stated =
  /\b(?:ERROR|FATAL|PANIC|WARNING) ([0-9A-Z]{5}) \(|(?:\[(?:TARGET|SOURCE) \d{1,9}\] |\.c: )\[([0-9A-Z]{5})\]|(?:^|[\s:)\]])(?<!\b(?:line|row|record|pid|port) )([0-9A-Z]{5}): {1,2}(?=\S)|\(([0-9A-Z]{5})\)(?: \(SQLDriverConnect\)|$)|(?:^|[\s:])\[([0-9A-Z]{5})\] (?:ERROR|FATAL)|\((?:\d{1,6}:)?([0-9A-Z]{5})(?=\)|: )|\b(?:ERROR|FATAL|error) \[([0-9A-Z]{5})\]/g
const quoted = /\b(?:code|status_code|sql_?state|errorCode)["']?\s?[:=]\s?["']([0-9A-Z]{5})["']/gi
const bracketed = /^\[([0-9A-Z]{5})\](?:\[\d{1,6}\])?:? /
const named = /\b(ER_[A-Z0-9_]{4,60}|CR_[A-Z_]{5,40}|PROTOCOL_CONNECTION_LOST)\b/g
const oracle = /\b(?:ORA|TNS)-(\d{4,5})\b/g
const clientError = /\bERROR (\d{4}) \(([0-9A-Z]{5})\)/gi
const numbered =
  /\b(?:SQL Error|Error ?Code|NativeError|Native error|errno|vendor ?code|Got error|mysql error|Error|error number|code|Error_code|MY-0{0,2})\b["']?\s{0,4}(?:=>|[:=#-])?\s{0,2}["'[(]?(\d{3,6})\b(?![-/.:]\d)|\[Failed SQL: \((\d{3,5})\)| \((\d{4})\)$|\([0-9A-Z]{5}\/(\d{4})\)|\((\d{4}), ["']|\bfailed: \[(\d{4})\] |\((\d{4}): (?=[A-Z])/gi
/** `Msg 2628, Level 16, State 1`, in whatever language sqlcmd speaks: number, level and state by their places. */
const message =
  /(?<![\p{L}\d])\p{L}{2,12}\.? ?(\d{2,6}) ?[,、，] ?\p{L}{2,12}\.? ?\d{1,2} ?[,、，] ?\p{L}{2,12} ?\d{1,3}(?=\s?(?:[,:、，]|$))/gu
/** Properties of SqlClient's error. */
const properties = /\bNumber ?[=:] ?(-?\d{1,10})[ ,]{1,3}(?:Class|State|Severity)\b|\bSQL Error (-\d{1,2}) - /g
const odbc = /\((\d{1,6})\) \(SQL[A-Za-z]{3,20}\)/g
const mongo = /\bE(11000|11001)\b|\bcode\b"?\s?:\s?(\d{1,5})\b/g
const prisma = /\b(P[1-4]\d{3})\b/g
const pdo = /SQLSTATE\[([0-9A-Z]{5})\](?:[^\d\n]{0,120}?\b(\d{4})\b)?/g
const db2 = /\bSQLCODE\s?[:=]\s?(-?\d{2,5})/gi
const tool =
  /\b((?:SQL\*Loader|SP2|PLS|IMP|EXP|KUP|UDI|UDE|LRM|RMAN|DPI|DPY|OCI|MY|CDC|SQLLDR|IM|DIA|QSM|LPX)-\d{3,6}|SQL\d{4,5}N)\b/g
const internal = /\[(1\d{6})\]/g
const clickhouse =
  /(?:clickhouse.{0,80}Exception[^\n]{0,20}?: |^)Code: (\d{1,4})\b|\bcode: (\d{1,4}), message: |\bfrom server: code=([0-9a-f]{4})\b/g
const pgbackrest = /(?:\bERROR: |^)\[(\d{3})\]: /g
/** Results of COM, as SSIS prints them. */
const result = /\b(?:Code|HRESULT|Error code|error code):? {1,3}(0x[0-9A-F]{8})\b/gi

const sqlServer =
  /(?<!My)SQL ?Server|mssql|Msg \d|\bsqlcmd|\bbcp\b|ODBC Driver \d|SqlException|Class:\d|Severity: ?\d|\p{L}{2,12}\.? ?\d{2,6} ?[,、，] ?\p{L}{2,12}\.? ?\d{1,2} ?[,、，] ?\p{L}{2,12} ?\d{1,3} ?[,、，]/iu

/** No code is without a digit but those that are words. */
const mayHoldCode = /\d|ER_|CR_|PROTOCOL_|SQLITE_|\[[A-Z]{3,40}_|:Err[A-Z]|ErrorCode=[A-Z]/

/** All codes that a text names, most exact first, each once. */
export function findCodes(text: string): readonly FoundCode[] {
  if (!mayHoldCode.test(text)) return []
  const found = new Map<string, FoundCode>()
  const add = (code: KnownCode | null, weight: FoundCode['weight']) => {
    if (code && (found.get(code.code)?.weight ?? 0) < weight) found.set(code.code, { ...code, weight })
  }
  const mssql = sqlServer.test(text)
  const addNumber = (digits: string | undefined) => {
    const number = Number(digits)
    if (!digits || number === 0) return
    if (/ORA-\d/.test(text)) return
    const known = mssql
      ? readMssqlCode(number)
      : (readMysqlCode(number) ?? (number > 200 ? readMssqlCode(number) : null))
    add(known ?? (mssql ? { code: digits, name: null, label: null } : null), 3)
  }
  for (const { code, weight } of listToolCodes(text)) add(code, weight)
  // The server's own number says more than the state that it prints beside it.
  for (const code of listVendorCodes(text)) add(code, code.label ? 3 : 2)
  for (const code of listSqliteCodes(text)) add(code, code.label ? 3 : 2)
  for (const [, digits] of text.matchAll(oracle)) {
    const number = Number(digits)
    add(readOracleCode(number), isOracleWrapper(number) ? 1 : 3)
  }
  for (const [, number, state] of text.matchAll(clientError)) {
    // The client's own form: a number that no table has is one all the same.
    if (readMysqlCode(Number(number)) ?? mssql) addNumber(number)
    else add(bare(number), 3)
    if (state) add(readSqlstate(state), 2)
  }
  for (const [, state, number] of text.matchAll(pdo)) {
    addNumber(number)
    if (state) addState(state, add)
  }
  for (const [, state = ''] of text.matchAll(sqlstate)) {
    if (/\d/.test(state) && !/^P[1-6]\d{3}$/.test(state)) addState(state.toUpperCase(), add)
  }
  for (const [, state = ''] of text.matchAll(quoted)) if (isPostgresCode(state)) addState(state, add)
  for (const [, state = ''] of text.matchAll(snowflake)) addState(state, add)
  for (const [, ...states] of text.matchAll(stated)) {
    const state = states.find(Boolean)
    if (state && isPostgresCode(state)) addState(state, add)
  }
  const shown = verbose.exec(text)?.[1] ?? bracketed.exec(text)?.[1]
  for (const [, name = ''] of text.matchAll(named)) add(readMysqlName(name), 3)
  if (shown && isPostgresCode(shown)) addState(shown, add)
  for (const [, number] of text.matchAll(message)) add(readMssqlCode(Number(number)) ?? bare(number), 3)
  for (const [, number, other = number] of text.matchAll(properties))
    add(readMssqlCode(Number(other)) ?? bare(other), 3)
  for (const [, number] of text.matchAll(odbc)) add(readMssqlCode(Number(number)) ?? bare(number), 3)
  for (const [, number, other] of text.matchAll(mongo)) {
    if (number) add({ code: number, name: 'DuplicateKey', label: 'constraint_violation' }, 3)
    else if (other && mongoCodes[other]) add({ code: other, ...mongoCodes[other] }, 3)
  }
  // TiDB: the part of it that failed, and MySQL's number.
  for (const [, number] of text.matchAll(
    /\[(?:types|schema|kv|executor|planner|table|ddl|parser|expression|privilege|server|domain|meta|variable|json|tikv):(\d{4,5})\]/g,
  ))
    addNumber(number)
  if (!/\b(?!MY-)[A-Z]{2,3}-\d{5}/.test(text) && !/DB::Exception|clickhouse/i.test(text))
    for (const [, ...numbers] of text.matchAll(numbered)) addNumber(numbers.find(Boolean))
  for (const [, code = ''] of text.matchAll(prisma)) {
    const known = readPrismaCode(code)
    add(known, known?.label ? 3 : 1)
  }
  for (const [, number = ''] of text.matchAll(db2)) add({ code: number, name: null, label: null }, 1)
  for (const [, code = ''] of text.matchAll(tool)) add({ code, name: null, label: null }, 1)
  for (const [, ...codes] of text.matchAll(clickhouse)) add(bare(codes.find(Boolean)), 1)
  for (const [, code = ''] of text.matchAll(pgbackrest)) add({ code, name: null, label: null }, 1)
  for (const [, code = ''] of text.matchAll(result)) add(readResult(code), 2)
  for (const [, code = ''] of text.matchAll(internal)) add({ code, name: null, label: null }, 1)
  return [...found.values()].sort((a, b) => b.weight - a.weight)
}

const mongoCodes: { readonly [code: string]: Omit<KnownCode, 'code'> } = {
  '13': { name: 'Unauthorized', label: 'permission_auth' },
  '18': { name: 'AuthenticationFailed', label: 'permission_auth' },
  '26': { name: 'NamespaceNotFound', label: 'missing_object' },
  '48': { name: 'NamespaceExists', label: 'duplicate_object' },
  '50': { name: 'MaxTimeMSExpired', label: 'lock_deadlock_timeout' },
  '85': { name: 'IndexOptionsConflict', label: 'duplicate_object' },
  '86': { name: 'IndexKeySpecsConflict', label: 'duplicate_object' },
  '112': { name: 'WriteConflict', label: 'lock_deadlock_timeout' },
  '121': { name: 'DocumentValidationFailure', label: 'constraint_violation' },
  '251': { name: 'NoSuchTransaction', label: 'other' },
  '10334': { name: 'BSONObjectTooLarge', label: 'resource_disk_memory' },
  '11000': { name: 'DuplicateKey', label: 'constraint_violation' },
}

/** Of SSIS only those that say what is wrong; the others (`PrimeOutput failed`) point at these. */
const results: { readonly [code: string]: Label } = {
  C02020A1: 'data_conversion',
  C020902A: 'data_conversion',
  C0209029: 'data_conversion',
  C02020C5: 'data_conversion',
  C0202091: 'mapping_schema',
  C0202005: 'mapping_schema',
  C020801C: 'connectivity',
  C020200E: 'missing_object',
}

function readResult(code: string): KnownCode {
  return { code, name: null, label: results[code.slice(2).toUpperCase()] ?? null }
}

function bare(code: string | undefined): KnownCode | null {
  return code ? { code, name: null, label: null } : null
}

function addState(state: string, add: (code: KnownCode | null, weight: FoundCode['weight']) => void): void {
  const known = readSqlstate(state)
  // A native number beside it says more than the class of failures that other servers use SQLSTATE for.
  add(
    known,
    known?.label && isPostgresCode(state) && !/^(?:23000|22000|22001|42000|0A000|28000|08004|08S01)$/.test(state)
      ? 3
      : 2,
  )
}
