import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'
import { findCodes } from '../../../src/logs/codes/find-codes.ts'

/** How programs and drivers of each server print its codes, and what is found. */
const shapes: readonly (readonly [printed: string, code: string, label: string])[] = [
  // PostgreSQL
  ['ERROR: value too long for type character varying(12) (SQLSTATE 22001)', '22001', 'data_conversion'],
  ['[42P01] ERROR: relation "orders" does not exist', '42P01', 'missing_object'],
  // MySQL, MariaDB, TiDB
  ["mysqli_real_connect(): (HY000/1045): Access denied for user 'app'@'db1'", '1045', 'permission_auth'],
  ["mysqli_query(): (42S02/1146): Table 'shop.orders' doesn't exist", '1146', 'missing_object'],
  ["Error 1062 (23000): Duplicate entry 'x' for key 'PRIMARY'", '1062', 'constraint_violation'],
  ['Error 9002: TiKV server timeout', '9002', 'connectivity'],
  ['Error 9007 (HY000): Write conflict, txnStartTS=1', '9007', 'lock_deadlock_timeout'],
  // SQLite
  [
    'SqliteException(1555): while executing statement, UNIQUE constraint failed: cups.id',
    '1555',
    'constraint_violation',
  ],
  [
    'SQLiteConstraintException: FOREIGN KEY constraint failed (code 787 SQLITE_CONSTRAINT_FOREIGNKEY)',
    '787',
    'constraint_violation',
  ],
  ["SQLite Error 19: 'NOT NULL constraint failed: a.b'.", '19', 'constraint_violation'],
  ['UPDATE failed: constraint failed: UNIQUE constraint failed: a.b (2067)', '2067', 'constraint_violation'],
  ['error: SQLITE_BUSY: database is locked', 'SQLITE_BUSY', 'lock_deadlock_timeout'],
  ['cannot write: SQLITE_READONLY: attempt to write a readonly database', 'SQLITE_READONLY', 'permission_auth'],
  [
    'org.sqlite.SQLiteException: [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed',
    'SQLITE_CONSTRAINT_UNIQUE',
    'constraint_violation',
  ],
  // SQL Server
  ['failed: Execution Timeout Expired. Error Number:-2,State:0,Class:11', '-2', 'lock_deadlock_timeout'],
  ['SqlException: Invalid object name. Error Number:208,State:1,Class:16', '208', 'missing_object'],
  // Oracle
  ['ORA-01439: column to be modified must be empty to change datatype', 'ORA-01439', 'mapping_schema'],
  // Db2
  [
    'SQL0530N  The insert or update value of the FOREIGN KEY "A.B" is not equal.  SQLSTATE=23503',
    'SQL0530N',
    'constraint_violation',
  ],
  ['SQL0204N  "APP.ORDERS" is an undefined name.  SQLSTATE=42704', 'SQL0204N', 'missing_object'],
  [
    'failed: DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=2;APP.ORDERS, DRIVER=4.26.14',
    '-803',
    'constraint_violation',
  ],
  ['failed: DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=68, DRIVER=4.26.14', '-911', 'lock_deadlock_timeout'],
  // Snowflake
  ["ProgrammingError: 100038 (22018): Numeric value 'x' is not recognized", '100038', 'data_conversion'],
  [
    "ProgrammingError: 002003 (42S02): SQL compilation error: Object 'X' does not exist or not authorized.",
    '002003',
    'missing_object',
  ],
  ['ProgrammingError: 003001 (42501): SQL access control error: Insufficient privileges', '003001', 'permission_auth'],
  // SAP HANA
  ['SQL failed: SAP DBTech JDBC: [258]: insufficient privilege', '258', 'permission_auth'],
  ['failed: SAP DBTech JDBC: [301] (at 41): unique constraint violated', '301', 'constraint_violation'],
  ["hdbcli.dbapi.ProgrammingError: (259, 'invalid table name: Could not find table/view X')", '259', 'missing_object'],
  ['* 260: invalid column name: ORDER_NO: line 1 col 8 SQLSTATE: 42S22', '260', 'mapping_schema'],
  // Teradata
  [
    'failed: [Teradata Database] [TeraJDBC 16.20.00.10] [Error 2616] [SQLState 22003] Numeric overflow',
    '2616',
    'data_conversion',
  ],
  [
    "failed: [Teradata Database] [TeraJDBC 16.20.00.10] [Error 3807] [SQLState 42S02] Object 'X' does not exist.",
    '3807',
    'missing_object',
  ],
  [' *** Failure 2801 Duplicate unique prime key error in shop.orders.', '2801', 'constraint_violation'],
  // Firebird
  ['Statement failed: SQL error code = -204 Table unknown ORDERS', '-204', 'missing_object'],
  ['Statement failed: SQL error code = -803 attempt to store duplicate value', '-803', 'constraint_violation'],
  // Cassandra
  ['Error from server: code=2200 [Invalid query] message="table orders does not exist"', '2200', 'missing_object'],
  [
    'Error from server: code=2100 [Unauthorized] message="User app has no MODIFY permission"',
    '2100',
    'permission_auth',
  ],
  // H2
  ['JdbcSQLException: Value too long for column "ZWECK VARCHAR(140)" [22001-193]', '22001', 'data_conversion'],
  [
    'JdbcSQLSyntaxErrorException: Table "ORDERS" not found; SQL statement: SELECT 1 [42102-214]',
    '42102',
    'missing_object',
  ],
  [
    'JdbcSQLNonTransientException: Unsupported database file version or invalid file header [90048-214]',
    '90048',
    'version_incompatibility',
  ],
]

const places: readonly (readonly [name: string, put: (printed: string) => string])[] = [
  ['alone', (printed) => printed],
  ['behind a time and a level', (printed) => `2026-03-01 02:10:07 ERROR loader - ${printed}`],
  ['behind what failed', (printed) => `ERROR: could not apply the change 0007: ${printed}`],
  ['in a field of JSON', (printed) => JSON.stringify({ level: 'error', msg: printed })],
  [
    'in an error beside a message of JSON',
    (printed) => JSON.stringify({ level: 'error', msg: 'load stopped', error: printed }),
  ],
  ['below a message', (printed) => `2026-03-01 02:10:07 ERROR loader - load stopped\n${printed}`],
  [
    'as a cause',
    (printed) =>
      `java.lang.RuntimeException: load stopped\n\tat a.b.C.d(C.java:1)\nCaused by: a.b.LoadFailed: ${printed}`,
  ],
  ['from a container', (printed) => `loader-1  | ${printed}`],
]

test.each(shapes)('%s bears the code %s, which is %s, wherever it stands', (printed, code, label) => {
  for (const [name, put] of places)
    expect(analyseText(`all is well\n${put(printed)}\n`).root, name).toMatchObject({ code, label })
})

test.each([
  ['SQLITE_BUSY_TIMEOUT=5000'],
  ['SQLITE_PATH=/data/x.db'],
  ['rsync error: some files could not be transferred (code 23) at main.c(1338)'],
  ['SQL3110N  The utility has completed processing.'],
  ['* 12: copied'],
  ['order [12345-67] was moved'],
  ['batch 100038 (22 rows) copied'],
])('%s bears no code that says what failed', (text) => {
  expect(findCodes(text).filter(({ label }) => label !== null)).toEqual([])
})
