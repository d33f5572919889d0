import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'connectivity',
    null,
    1,
    '2026-01-01T10:00:00.000+0000\tFailed: error connecting to db server: no reachable servers',
  ],
  [
    'connectivity',
    null,
    1,
    'Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): A network-related or instance-specific error occurred while establishing a connection to SQL Server. The server was not found or was not accessible.',
  ],
  [
    'connectivity',
    null,
    1,
    '2016-03-17T02:47:32.285-0400\tFailed: a.posts: error restoring from dump/a/posts.bson: insertion error: EOF',
  ],
  [
    'constraint_violation',
    '11000',
    1,
    'BulkWriteError({ "writeErrors" : [ { "index" : 0, "code" : 11000, "errmsg" : "E11000 duplicate key error collection: a.b index: _id_ dup key" } ] })',
  ],
  [
    'constraint_violation',
    '2627',
    1,
    "com.microsoft.sqlserver.jdbc.SQLServerException: Violation of PRIMARY KEY constraint 'PK_A'. Cannot insert duplicate key in object 'dbo.A'. (Error 2627)",
  ],
  [
    'constraint_violation',
    '11000',
    1,
    '2026-01-01T10:00:00.000+0000\tcontinuing through error: E11000 duplicate key error collection: a.b index: _id_ dup key: { _id: 1 }',
  ],
  [
    'constraint_violation',
    '515',
    1,
    "Msg 515, Level 16, State 2, Line 1\nCannot insert the value NULL into column 'a', table 'b.dbo.c'; column does not allow nulls. INSERT fails.",
  ],
  [
    'data_conversion',
    null,
    1,
    '2026-01-01T10:00:00.000+0000\tFailed: cannot decode: invalid BSON: failed to parse date',
  ],
  [
    'data_conversion',
    '245',
    1,
    "Msg 245, Level 16, State 1, Line 1\nConversion failed when converting the varchar value 'x' to data type int.",
  ],
  [
    'data_conversion',
    '2628',
    1,
    "pyodbc.DataError: ('22001', \"[22001] [Microsoft][ODBC Driver 17 for SQL Server][SQL Server]String or binary data would be truncated in table 'a.dbo.b', column 'c'. (2628) (SQLExecDirectW)\")",
  ],
  [
    'data_conversion',
    '22001',
    1,
    '2026-01-01T10:00:00 [TARGET_LOAD     ]E:  RetCode: SQL_ERROR  SqlState: 22001 NativeError: 1 Message: ERROR: value too long for type character varying(5)',
  ],
  [
    'data_conversion',
    null,
    1,
    "2026-01-01T10:00:00.000+0000\tFailed: error processing document #1: invalid character 'x' looking for beginning of value",
  ],
  [
    'data_conversion',
    null,
    1,
    'com.microsoft.sqlserver.jdbc.SQLServerException: Error converting data type nvarchar to numeric.',
  ],
  [
    'data_conversion',
    '22001',
    2,
    'SQLState = 22001, NativeError = 0\nError = [Microsoft][ODBC Driver 17 for SQL Server]String data, right truncation',
  ],
  [
    'data_conversion',
    null,
    1,
    "2020-01-01T10:00:00 [TARGET_APPLY ]W: Value of column 'a' in table 'b.c' was truncated to 65535 bytes, actual length: 70000 bytes",
  ],
  [
    'duplicate_object',
    '2714',
    1,
    "Msg 2714, Level 16, State 6, Line 1\nThere is already an object named 'T' in the database.",
  ],
  [
    'lock_deadlock_timeout',
    '1205',
    1,
    'Transaction (Process ID 57) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction. Error 1205 SQL Server',
  ],
  [
    'mapping_schema',
    null,
    1,
    'Last Error No tables were found at task initialization. Either the selected table(s) or schemas(s) no longer exist or no match was found for the table selection pattern(s). Stop Reason FATAL_ERROR Error Level FATAL',
  ],
  ['missing_object', null, 1, '2026-01-01T10:00:00.000+0000\tFailed: file dump/a.bson does not exist'],
  [
    'missing_object',
    null,
    1,
    '2026-01-01T10:00:00.000+0000\tdon\'t know what to do with file "dump/a.json", skipping... file not found',
  ],
  [
    'other',
    null,
    1,
    'Last Error Replication task last error: Test connection to endpoint should be successful for starting the task',
  ],
  [
    'other',
    '1022300',
    1,
    "2026-01-01T10:00:00 [SOURCE_CAPTURE  ]E:  Supplemental logging is not enabled for table 'A.B'  [1022300]",
  ],
  [
    'permission_auth',
    '1020101',
    1,
    '2026-01-01T10:00:00 [SOURCE_CAPTURE  ]E:  User does not have replication privileges [1020101]',
  ],
  [
    'permission_auth',
    '18456',
    1,
    "Sqlcmd: Error: Microsoft ODBC Driver 17 for SQL Server : Login failed for user 'sa'.\nMsg 18456, Level 14, State 1",
  ],
  [
    'permission_auth',
    null,
    1,
    '2026-01-01T10:00:00.000+0000\tFailed: error connecting to db server: server returned error on SASL authentication step: Authentication failed.',
  ],
  [
    'permission_auth',
    '42501',
    2,
    '2026-01-01T10:00:00 [SOURCE_CAPTURE  ]E:  Error executing source loop [1020401]\n2026-01-01T10:00:00 [SOURCE_CAPTURE  ]E:  RetCode: SQL_ERROR  SqlState: 42501 NativeError: 1 Message: ERROR: must be superuser or replication role to start walsender;',
  ],
  [
    'resource_disk_memory',
    '1000000',
    1,
    '2026-01-01T10:00:00 [SORTER          ]E:  Failed to write: storage full. No disk space on replication instance [1000000]',
  ],
  [
    'resource_disk_memory',
    '1000000',
    2,
    "2026-01-01T10:00:00 [TASK_MANAGER    ]W:  Table 'a'.'b' (subtask 1 thread 1) is suspended\n2026-01-01T10:00:01 [TARGET_LOAD ]E: No space left on device  [1000000]",
  ],
  [
    'resource_disk_memory',
    '9002',
    1,
    "Msg 9002, Level 17, State 4, Line 1\nThe transaction log for database 'x' is full due to 'ACTIVE_TRANSACTION'.",
  ],
  [
    'resource_disk_memory',
    '10334',
    1,
    '2026-01-01T10:00:00.000+0000\tFailed: a.b: error restoring from dump: (Location10334) BSONObj size: 16800000 is invalid. Size must be between 0 and 16793600',
  ],
  [
    'resource_disk_memory',
    null,
    1,
    'Last Error The task stopped abnormally Stop Reason RECOVERABLE_ERROR Error Level RECOVERABLE. Memory limit exceeded',
  ],
  [
    'version_incompatibility',
    '40517',
    2,
    "*** Error importing database:Could not import package.\nError SQL72014: .Net SqlClient Data Provider: Msg 40517, Level 16, State 1, Line 1 Keyword or statement option 'x' is not supported in this version of SQL Server.",
  ],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
