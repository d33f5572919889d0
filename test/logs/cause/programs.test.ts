import { describe, expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'

/** What the analysis says first of lines between others in which nothing goes wrong. */
function judge(...lines: readonly string[]) {
  const { root } = analyseText(['all is well', ...lines, 'bye', ''].join('\n'))
  return root && { label: root.label, code: root.code, line: root.line.number - 1 }
}

describe('a code as one program prints it', () => {
  test.each([
    [
      '2026-03-05T20:45:52Z ERROR restore failed error="[Lighting:Restore:ErrChecksumMismatch]checksum mismatched remote vs local"',
      'Lighting:Restore:ErrChecksumMismatch',
      'other',
    ],
    [
      'org.apache.spark.sql.AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view cannot be found.',
      'TABLE_OR_VIEW_NOT_FOUND',
      'missing_object',
    ],
    [
      'java.sql.SQLException: Error #1204 while loading data into Redshift: "String length exceeds DDL length".',
      '1204',
      'data_conversion',
    ],
    [
      '2026-02-22  3:52:11 2117 [ERROR] mariadbd: Disk full (/var/lib/mysql/shop/a.ibd); waiting for space (errno: 28 "No space left on device")',
      '28',
      'resource_disk_memory',
    ],
    [
      'LOAD_OPERATOR: TPT10508: RDBMS error 2673: The source parcel length does not match data that was defined.',
      '2673',
      'data_conversion',
    ],
    ['ERROR 4566:  Relation "stage_orders" does not exist', '4566', 'missing_object'],
    ['Util.loadDump: MySQL version mismatch (MYSQLSH 53011)', '53011', 'version_incompatibility'],
    [
      'ERROR:  logical replication target relation "public.orders" is missing replicated column: "note" (SQLSTATE 55000)',
      '55000',
      'mapping_schema',
    ],
    [
      '2026-06-08 17:45:36.731 [0-0-0-writer] ERROR StdoutPluginCollector - Code:[Common-01], Description:[脏数据，数据类型转换错误 .] - String["否"]不能转为Long .',
      'Common-01',
      'data_conversion',
    ],
    [
      '2026-06-08 17:45:36.731 [main] ERROR Engine - Code:[Framework-02], Description:[cannot find column kept_at .]',
      'Framework-02',
      'mapping_schema',
    ],
    [
      '2026-06-08 17:45:36,731 ERROR [Engine] - ErrorCode:[COMMON-10], ErrorDescription:[the table is missing] - no such table',
      'COMMON-10',
      'missing_object',
    ],
    [
      '     6:20260603:085738.261 [Z3005] query failed: [0] PGRES_FATAL_ERROR:ERROR:  index "items_1" does not exist',
      'Z3005',
      'missing_object',
    ],
    ['   812:20260603:085738.261 [Z3008] cannot connect to the database: Connection refused', 'Z3008', 'connectivity'],
    [
      "2025-04-22 07:10:04.871 Agent message code 20598. The row was not found at the Subscriber when applying the replicated UPDATE command for Table '[dbo].[Stock]'",
      '20598',
      'missing_object',
    ],
    [
      "2025-04-22 07:10:04.871 Agent message code 2627. Violation of PRIMARY KEY constraint 'PK_Stock'.",
      '2627',
      'constraint_violation',
    ],
    [
      "2023-05-14T07:22:46.400112Z 4 [ERROR] [MY-013178] [Server] Execution of server-side SQL statement 'ALTER TABLE user MODIFY x int; ' failed with error code = 3664, error message = 'Failed to delete SDI 'mysql.user' in tablespace 'mysql'.'.",
      '3664',
      'tool_internal',
    ],
    [
      "2023-05-14T07:22:46.400112Z 4 [ERROR] [MY-013178] [Server] Execution of server-side SQL statement 'DROP TABLE a; ' failed with error code = 1051, error message = 'Unknown table 'mysql.a''.",
      '1051',
      'missing_object',
    ],
    [
      '{"t":{"$date":"2022-04-13T23:07:43.345+02:00"},"s":"F","c":"CONTROL","id":20573,"ctx":"initandlisten","msg":"Wrong mongod version","attr":{"error":"UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion document (ERROR: Location4926900: expected 5.2)"}}',
      '4926900',
      'version_incompatibility',
    ],
    [
      '{"t":{"$date":"2022-04-13T23:07:43.345+02:00"},"s":"E","c":"STORAGE","id":1,"ctx":"x","msg":"Import failed","attr":{"error":"Location17280: key too large to index, exceeds the limit"}}',
      '17280',
      'resource_disk_memory',
    ],
    [
      '2025-02-03 04:10:05  ERROR   OGG-01163  Oracle GoldenGate Delivery for Oracle, r.prm:  Bad column length (40) specified for column EMAIL in table CRM.CONTACT, maximum allowable length is 30.',
      'OGG-01163',
      'mapping_schema',
    ],
    [
      '2025-02-03 04:10:05  ERROR   OGG-00446  Oracle GoldenGate Capture for Oracle, e.prm:  No such file or directory.',
      'OGG-00446',
      'missing_object',
    ],
    ['clickhouse_driver.errors.ServerException: Code: 16.', '16', 'mapping_schema'],
    [
      'Code: 60. DB::Exception: Received from localhost:9000. DB::Exception: Table shop.a does not exist.',
      '60',
      'missing_object',
    ],
    [
      'Code: 27. DB::ParsingException: Cannot parse input: expected comma before: kg: (at row 2)',
      '27',
      'data_conversion',
    ],
  ])('%#: %s', (line, code, label) => {
    expect(judge(line)).toMatchObject({ code, label })
  })

  test.each([
    ['37000', '5304', 'User does not have ALTER TABLE permission on table', 'permission_auth'],
    ['42S02', '208', "Invalid object name 'a'.", 'missing_object'],
    ['22001', '0', 'String data, right truncation', 'data_conversion'],
  ])('bcp names the state %s and the number %s', (state, number, text, label) => {
    const lines = [`SQLState = ${state}, NativeError = ${number}`, `Error = [Microsoft][ODBC Driver 17]${text}`]
    expect(judge(...lines)).toMatchObject({ code: number === '0' ? state : number, label })
  })

  test.each(['[P0001] text', '[HY000] text', '[S1000] text', 'took [A1234] steps'])('none in %s', (text) => {
    expect(String(judge(`ERROR: ${text}`)?.code)).not.toMatch(/^(?:S1000|A1234)$/)
  })
})

describe('a line within a line', () => {
  test.each([
    [
      'a message of a client that an operator logs as information',
      '{"level":"info","ts":"2026-08-19T09:02:13Z","logger":"pg_upgrade_dump","msg":"pg_restore: error: could not execute query: ERROR:  type \\"earth\\" does not exist","file":"a.log"}',
      'missing_object',
    ],
    [
      'the same of MySQL',
      '2026-08-19 09:02:13.902 INFO  [stdout] c.e.Runner - ERROR 1062 (23000) at line 3: Duplicate entry',
      'constraint_violation',
    ],
    ['BuildKit', "#14 1.540 Error: P1001: Can't reach database server at `db`:`5432`", 'connectivity'],
    [
      'a journal in German',
      'Jän 18 02:00:09 db7 pg_restore[811]: pg_restore: error: could not execute query: ERROR:  type "earth" does not exist',
      'missing_object',
    ],
    [
      'a journal in Korean',
      '11월 18 02:00:09 db7 psql[811]: psql:a.sql:3: ERROR:  relation "a" does not exist',
      'missing_object',
    ],
  ])('%s', (_, line, label) => {
    const later = '{"level":"error","ts":"2026-08-19T09:02:14Z","msg":"Error while running it","error":"exit status 1"}'
    expect(judge(line, later)).toMatchObject({ label, line: 1 })
  })

  test('a level among the tags, as Kibana writes it', () => {
    const line = (level: string, message: string) =>
      `{"type":"log","@timestamp":"2026-02-15T16:21:28-05:00","tags":["${level}","x"],"pid":5,"message":"${message}"}`
    const flood = 'index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]'
    expect(
      judge(line('error', flood), line('fatal', 'Error: Unable to complete saved object migrations')),
    ).toMatchObject({ label: 'resource_disk_memory', line: 1 })
    expect(judge(line('info', 'no error in sight'))).toBeNull()
  })

  test.each(['2023-01-02T12:00:40Z', '12:00PM'])("zerolog's console with %s", (at) => {
    const lines = [
      `${at} INF starting sync destination=postgresql`,
      `${at} WRN api error AccessDenied, skipping table=aws_shield_attacks module=src`,
      `${at} ERR exiting error="null value in column \\"id\\" of relation \\"a\\" violates not-null constraint (SQLSTATE 23502)" module=cli`,
    ]
    expect(judge(...lines)).toMatchObject({ label: 'constraint_violation', code: '23502', line: 3 })
  })
})

describe('versions that do not fit', () => {
  test.each([
    'FATAL [Microservices:DatabaseService] Invalid PostgreSQL version. Found 13.9, but needed >=14.0.0 <19.0.0.',
    'ERROR: found server 10.4, but requires version 12.1 or later',
    '2022-07-07T21:43:48.426688-00:00 0 [ERROR] [MY-012530] [InnoDB] Unknown redo log format (5).',
    'ERROR: unknown backup format version 9',
    '{"t":{"$date":"2026-01-11T08:33:07.890+00:00"},"s":"F","c":"CONTROL","id":20573,"ctx":"i","msg":"Wrong mongod version","attr":{"error":"UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion document (ERROR: BadValue: Invalid value for version, found 7.0)"}}',
    '{"t":{"$date":"2021-09-30T17:11:17.120+02:00"},"s":"W","c":"STORAGE","id":22347,"ctx":"i","msg":"Failed to start up WiredTiger under any compatibility version. This may be due to an unsupported upgrade or downgrade."}',
    '削除された"abstime"データ型をチェックしています 致命的',
    '제거된 "abstime" 자료형을 검사 중                            치명적',
  ])('%s', (line) => {
    expect(judge(line)).toMatchObject({ label: 'version_incompatibility', line: 1 })
  })

  test.each([
    'クラスタのバージョンを確認しています                          ok',
    '정합성 검사 수행중                            ok',
  ])('a check that went well: %s', (line) => {
    expect(judge(line)).toBeNull()
  })
})

describe("PostgreSQL's programs in languages of which no messages are at hand", () => {
  test.each([
    [
      'psql:ajustes.sql:88: ERRO:  sequência de bytes é inválida para codificação "UTF8": 0xed 0x76 0x65',
      'CONTEXTO:  COPY fornecedores, linha 418',
      { label: 'encoding' },
      { table: 'fornecedores', row: 418 },
    ],
    [
      'psql:a.sql:3: BŁĄD:  podwójna wartość klucza narusza ograniczenie unikalności "a_pkey"',
      'KONTEKST:  COPY zamowienia, linia 7',
      { label: 'constraint_violation' },
      { table: 'zamowienia', row: 7 },
    ],
    [
      'psql:a.sql:3: HATA:  değer çok uzun',
      'BAĞLAM:  COPY siparis, satır 12, sütun ad: "x"',
      { label: 'data_conversion' },
      { table: 'siparis', row: 12, column: 'ad' },
    ],
  ])('%s', (line, context, label, place) => {
    const { root } = analyseText(`SET\n${line}\n${context}\nSET\n`)
    expect(root).toMatchObject({ ...label, level: 'error', place })
  })
})

describe('what only goes on with a warning, or says what all is well', () => {
  test.each([
    'DBCC execution completed. If DBCC printed error messages, contact your system administrator.',
    'Die DBCC-Ausführung wurde abgeschlossen. Falls DBCC Fehlermeldungen ausgegeben hat, wenden Sie sich an den Systemadministrator. DBCC errors: Administrator',
    'Jän 18 02:00:09 db7 mariadb-upgrade[811]: lager.errors                                       OK',
    'shop.failed_jobs                                   OK',
    '{"t":{"$date":"2022-04-13T23:07:43.334+02:00"},"s":"W","c":"CONTROL","id":22120,"ctx":"i","msg":"Access control is not enabled for the database. Read and write access to data and configuration is unrestricted"}',
  ])('%s', (line) => {
    expect(judge(line)).toBeNull()
  })

  test('a warning that is tried again is not the root of the error below it', () => {
    const lines = [
      'WARNING: Connection error: Connection to postgres:5432 refused. Check that the hostname is right.',
      ' (Caused by Connection refused) Retrying in 1 sec...',
      'ERROR: Unable to obtain connection from database: Connection to postgres:5432 refused.',
    ]
    expect(judge(...lines)).toMatchObject({ label: 'connectivity', line: 3 })
  })
})
