import type { KnownCode, Label } from './label.ts'

/** SQLite's result codes that migrations meet: number, symbol, kind where the code says it. Source: its result codes reference. */
const primary: readonly (readonly [number: number, name: string, label: Label | null])[] = [
  [1, 'ERROR', null],
  [2, 'INTERNAL', 'tool_internal'],
  [3, 'PERM', 'permission_auth'],
  [4, 'ABORT', null],
  [5, 'BUSY', 'lock_deadlock_timeout'],
  [6, 'LOCKED', 'lock_deadlock_timeout'],
  [7, 'NOMEM', 'resource_disk_memory'],
  [8, 'READONLY', 'permission_auth'],
  [9, 'INTERRUPT', 'other'],
  [10, 'IOERR', 'resource_disk_memory'],
  [11, 'CORRUPT', 'other'],
  [13, 'FULL', 'resource_disk_memory'],
  [14, 'CANTOPEN', null],
  [15, 'PROTOCOL', 'lock_deadlock_timeout'],
  [17, 'SCHEMA', null],
  [18, 'TOOBIG', 'data_conversion'],
  [19, 'CONSTRAINT', 'constraint_violation'],
  [20, 'MISMATCH', 'data_conversion'],
  [21, 'MISUSE', 'tool_internal'],
  [23, 'AUTH', 'permission_auth'],
  [25, 'RANGE', null],
  [26, 'NOTADB', null],
]

/** Extended codes by symbol: the primary one stands in the lower byte. Of the others only the symbol is printed. */
const extended: readonly (readonly [number: number, name: string])[] = [
  [261, 'BUSY_RECOVERY'],
  [275, 'CONSTRAINT_CHECK'],
  [517, 'BUSY_SNAPSHOT'],
  [531, 'CONSTRAINT_COMMITHOOK'],
  [787, 'CONSTRAINT_FOREIGNKEY'],
  [1032, 'READONLY_DBMOVED'],
  [1043, 'CONSTRAINT_FUNCTION'],
  [1299, 'CONSTRAINT_NOTNULL'],
  [1544, 'READONLY_DIRECTORY'],
  [1555, 'CONSTRAINT_PRIMARYKEY'],
  [1811, 'CONSTRAINT_TRIGGER'],
  [2067, 'CONSTRAINT_UNIQUE'],
  [2323, 'CONSTRAINT_VTAB'],
  [2579, 'CONSTRAINT_ROWID'],
  [2835, 'CONSTRAINT_PINNED'],
  [3091, 'CONSTRAINT_DATATYPE'],
]

const labels = new Map(primary.map(([number, , label]) => [number, label]))
const names = new Map([...primary, ...extended].map(([number, name]) => [number, `SQLITE_${name}`]))
const first = primary.map(([, name]) => name).join('|')

/** Not a setting, as in `SQLITE_BUSY_TIMEOUT=5000`. */
const symbol = new RegExp(`\\bSQLITE_(${first})(?:_[A-Z]{3,16})?\\b(?!["']?\\s?(?:=|:\\s?\\d))`, 'g')
/**
 * Numbers as drivers print them: `SqliteException(1555)`, `SQLite Error 19:`, `(code 2067 SQLITE_CONSTRAINT_UNIQUE)`,
 * and behind the message as Go's do.
 */
const numbered =
  /\bSqlite(?:3)?(?:Error|Exception)(?: ?\(| \(?code:? )(\d{1,4})\b|\bSQLite error:? \(?(?:code )?(\d{1,4})\b|\((?:code|Sqlite code|extended code:?) (\d{1,4})(?=\)| SQLITE_|,)|\b(?:constraint failed|SQL logic error|database is locked|no such (?:table|column)|datatype mismatch|disk is full|readonly database|database disk image is malformed|disk I\/O error)\b[^\n]{0,200}? \((\d{1,4})\)/gi
const speaks =
  /sqlite|constraint failed|SQL logic error|database is locked|no such (?:table|column)|datatype mismatch|disk is full|readonly database|database disk image|disk I\/O error/i

/** SQLite's codes in a text: by number with its symbol, or by the symbol alone. */
export function listSqliteCodes(text: string): readonly KnownCode[] {
  if (!speaks.test(text)) return []
  const byNumber = [...text.matchAll(numbered)].flatMap(([, ...digits]) => readNumber(Number(digits.find(Boolean))))
  const bySymbol = [...text.matchAll(symbol)].map(([code, name]): KnownCode => {
    const number = primary.find(([, one]) => one === name)?.[0] ?? 0
    return { code, name: null, label: labels.get(number) ?? null }
  })
  return byNumber.length > 0 ? byNumber : bySymbol
}

function readNumber(number: number): KnownCode[] {
  const label = labels.get(number & 0xff)
  return label === undefined ? [] : [{ code: String(number), name: names.get(number) ?? null, label }]
}
