import { expect, test } from 'vitest'
import { judgeExcerpt } from './judge-excerpt.ts'

test.each([
  [
    'constraint_violation',
    null,
    5,
    'db-1   | 2024-01-01 10:00:00.000 UTC [1] LOG:  database system is ready to accept connections\napp-1  | Applying migration 0003\napp-1  | Traceback (most recent call last):\napp-1  |   File "/app/m.py", line 3, in run\napp-1  | psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint "a_pkey"\napp-1  | DETAIL:  Key (id)=(1) already exists.\napp-1  | \napp-1  | The above exception was the direct cause of the following exception:\napp-1  | \napp-1  | sqlalchemy.exc.IntegrityError: (psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint "a_pkey"',
  ],
  [
    'constraint_violation',
    'ORA-02291',
    7,
    'Import: Release 19.0.0.0.0 - Production on Mon Jan 1 10:00:00 2024\nConnected to: Oracle Database 19c\nMaster table "A"."SYS_IMPORT_FULL_01" successfully loaded/unloaded\nProcessing object type SCHEMA_EXPORT/TABLE/TABLE_DATA\nORA-31693: Table data object "A"."T" failed to load/unload and is being skipped due to error:\nORA-29913: error in executing ODCIEXTTABLEFETCH callout\nORA-02291: integrity constraint (A.FK) violated - parent key not found\n. . imported "A"."U"  5.0 KB  3 rows\nJob "A"."SYS_IMPORT_FULL_01" completed with 1 error(s) at Mon Jan 1 10:01:00 2024',
  ],
  [
    'constraint_violation',
    '23502',
    6,
    'Error: P3018\nA migration failed to apply.\nMigration name: 2020\nDatabase error code: 23502\nDatabase error:\nERROR: column "name" of relation "User" contains null values',
  ],
  [
    'constraint_violation',
    null,
    6,
    '[2026-01-01 10:00:00,000] ERROR WorkerSinkTask{id=a-0} Task threw an uncaught and unrecoverable exception (org.apache.kafka.connect.runtime.WorkerTask)\norg.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.\n\tat a.b.C(D.java:1)\nCaused by: org.apache.kafka.connect.errors.ConnectException: java.sql.SQLException: Exception chain:\njava.sql.BatchUpdateException: Batch entry 0 INSERT was aborted\norg.postgresql.util.PSQLException: ERROR: null value in column "id" violates not-null constraint',
  ],
  [
    'data_conversion',
    '22007',
    4,
    '2024-01-01T10:00:00.012000Z LOG pgloader version "3.6.9"\n2024-01-01T10:00:00.013000Z LOG Migrating from #<MYSQL-CONNECTION mysql://u@h:3306/d {1}>\n2024-01-01T10:00:00.500000Z WARNING Source column "d"."t"."c" is casted to type "varchar" which is not the same as "text", the type of current target database column\n2024-01-01T10:00:01.012000Z ERROR PostgreSQL ["\\"d\\".\\"t\\""] Database error 22007: invalid input syntax for type timestamp: "0000-00-00 00:00:00"\nCONTEXT: COPY t, line 3, column c: "0000-00-00 00:00:00"\n2024-01-01T10:00:02.012000Z LOG report summary reset\n             table name     errors       rows      bytes      total time\n-----------------------  ---------  ---------  ---------  --------------\n                    d.t          1          2     0.1 kB          0.100s',
  ],
  [
    'data_conversion',
    'ORA-01722',
    5,
    'SQL*Loader: Release 12.2.0.1.0 - Production on Mon Jan 1 10:00:00 2024\nControl File:   x.ctl\nData File:      x.csv\nRecord 3: Rejected - Error on table EMP, column SAL.\nORA-01722: invalid number\nTable EMP:\n  10 Rows successfully loaded.\n  1 Row not loaded due to data errors.',
  ],
  [
    'mapping_schema',
    null,
    1,
    'psql:/tmp/x.sql:44: ERROR:  column "a" of relation "b" does not exist\nLINE 1: INSERT INTO b (a) VALUES (1)\n                       ^\npsql:/tmp/x.sql:45: ERROR:  current transaction is aborted, commands ignored until end of transaction block\npsql:/tmp/x.sql:46: ERROR:  current transaction is aborted, commands ignored until end of transaction block\nROLLBACK',
  ],
  [
    'mapping_schema',
    null,
    5,
    '[2024-01-01 10:00:00,000] INFO Attempting to open connection (io.confluent.connect.jdbc)\n[2024-01-01 10:00:00,100] ERROR WorkerSinkTask{id=s-0} Task threw an uncaught and unrecoverable exception. Task is being killed and will not recover until manually restarted. Error: Sink schema does not have field defined: x (org.apache.kafka.connect.runtime.WorkerSinkTask)\norg.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.\n\tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:610)\nCaused by: org.apache.kafka.connect.errors.ConnectException: Sink schema does not have field defined: x\n\tat a.b.C.d(E.java:1)',
  ],
  [
    'missing_object',
    null,
    1,
    'pg_restore.exe : pg_restore: error: could not execute query: ERROR:  role "app_owner" does not exist\nAt line:1 char:1\n+ .\\pg_restore.exe -d x y.dump\n+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n    + CategoryInfo          : NotSpecified: (pg_restore: err...does not exist:String) [], RemoteException\n    + FullyQualifiedErrorId : NativeCommandError',
  ],
  [
    'missing_object',
    null,
    4,
    '10:00:00  Running with dbt=1.7.0\n10:00:01  1 of 3 ERROR creating sql table model a.b ........ [ERROR in 0.10s]\n10:00:02  Database Error in model b (models/b.sql)\n10:00:02    relation "raw.orders" does not exist\n10:00:02    LINE 5: from raw.orders\n10:00:02  Done. PASS=1 WARN=0 ERROR=1 SKIP=1 TOTAL=3',
  ],
  [
    'missing_object',
    null,
    6,
    '24/01/01 10:00:00 INFO sqoop.Sqoop: Running Sqoop version: 1.4.7\n24/01/01 10:00:00 WARN tool.BaseSqoopTool: Setting your password on the command-line is insecure. Consider using -P instead.\n24/01/01 10:00:01 INFO manager.SqlManager: Executing SQL statement: SELECT t.* FROM x AS t WHERE 1=0\n24/01/01 10:00:01 ERROR manager.SqlManager: Error executing statement: org.postgresql.util.PSQLException: ERROR: relation "x" does not exist\n  Position: 17\norg.postgresql.util.PSQLException: ERROR: relation "x" does not exist\n\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2553)\n24/01/01 10:00:01 ERROR tool.ImportTool: Import failed: java.io.IOException: No columns to generate for ClassWriter',
  ],
  [
    'missing_object',
    '1146',
    2,
    "== Running migration 5 ==\nError: ER_NO_SUCH_TABLE: Table 'shop.orders' doesn't exist\n    at Query.Sequence._packetToError (/app/node_modules/mysql/lib/protocol/sequences/Sequence.js:47:14)\n  code: 'ER_NO_SUCH_TABLE',\n  errno: 1146,\n  sqlState: '42S02',",
  ],
  [
    'missing_object',
    null,
    6,
    '== 20240101 AddX: migrating ======================================\n-- add_column(:users, :x, :string)\nrails aborted!\nStandardError: An error has occurred, this and all later migrations canceled:\n\nPG::UndefinedTable: ERROR:  relation "users" does not exist',
  ],
  [
    'missing_object',
    null,
    4,
    'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    x()\npsycopg2.errors.UndefinedTable: relation "foo" does not exist\nLINE 1: select * from foo\nThe above exception was the direct cause of the following exception:\nTraceback (most recent call last):\n  File "b.py", line 2, in y\n    z()\nsqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "foo" does not exist\n[SQL: select * from foo]',
  ],
  [
    'permission_auth',
    null,
    6,
    '{\n  "textPayload": "2024-01-01 10:00:00.000 UTC [12]: [1-1] db=x,user=y LOG:  hello",\n  "severity": "INFO"\n}\n{\n  "textPayload": "2024-01-01 10:00:01.000 UTC [12]: [2-1] db=x,user=y ERROR:  permission denied for schema public",\n  "severity": "ERROR"\n}',
  ],
  [
    'syntax',
    '42601',
    5,
    'ERROR: Migration of schema "public" to version "2 - x" failed! Changes successfully rolled back.\nMigration V2__x.sql failed\nSQL State  : 42601\nError Code : 0\nMessage    : ERROR: syntax error at or near "TABEL"\nPosition : 8\nLocation   : db/V2__x.sql',
  ],
  [
    'tool_internal',
    null,
    3,
    '2024-01-01 10:00:00 INFO starting gh-ost 1.1.5\n2024-01-01 10:00:01 INFO Migrating a.b\npanic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.main()',
  ],
] as const)('%s, code %s, begins in line %i of: %s', (label, code, line, text) => {
  expect(judgeExcerpt(text)).toEqual({ label, code, line })
})
