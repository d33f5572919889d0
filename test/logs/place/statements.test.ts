import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'
import type { Place } from '../../../src/logs/analysis.ts'

/** Where the message names no table or column, what the statement beside it says; and names in the forms of single tools. */
test.each<[string, Place]>([
  // The column that a statement changes or makes a key of.
  [
    'Message    : ORA-01439: column to be modified must be empty to change datatype\nStatement  : ALTER TABLE APP.cache MODIFY design_hash NUMBER(10)',
    { schema: 'APP', table: 'cache', column: 'design_hash' },
  ],
  [
    'Error 1406 (22001): Data too long for a column\nALTER TABLE commit_files MODIFY COLUMN file_path VARBINARY(255);',
    { table: 'commit_files', column: 'file_path' },
  ],
  [
    "An exception occurred while executing 'ALTER TABLE lead_lists ADD CONSTRAINT FK_6E FOREIGN KEY (category_id) REFERENCES categories (id)':\nSQLSTATE[HY000]: General error: 1005 Can't create table `#sql-965_c385` (errno: 150 \"Foreign key constraint is incorrectly formed\")",
    { table: 'lead_lists', column: 'category_id' },
  ],
  [
    'Error: alter table `perms` add constraint `perms_policy_foreign` foreign key (`policy`) references `policies` (`id`) - Can\'t create table `shop`.`perms` (errno: 150 "Foreign key constraint is incorrectly formed")',
    { table: 'perms', column: 'policy' },
  ],
  [
    'ERROR: alter table Status add constraint FK_c6 foreign key (relatedId) references Status\nERROR: number of referencing and referenced columns for foreign key disagree',
    { table: 'Status', column: 'relatedId' },
  ],
  // The table of a query, in braces as Drupal writes it, over many lines.
  [
    "PDOException: SQLSTATE[23000]: 1048 Column 'module' cannot be null: INSERT INTO {role_permission} (rid, module) VALUES (:a, :b)",
    { table: 'role_permission', column: 'module' },
  ],
  [
    "PDOException: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'disabled' in 'where clause': SELECT nt.*\nFROM \n{node_type} nt\nWHERE disabled = :a",
    { table: 'node_type', column: 'disabled' },
  ],
  [
    'ERROR: column "x" does not exist\n[SQL: SELECT a.x\nFROM shop.orders AS a]',
    { schema: 'shop', table: 'orders', column: 'x' },
  ],
  // H2
  [
    'org.h2.jdbc.JdbcSQLException: Value too long for column "ZWECK VARCHAR(140)": "abc (183)"; SQL statement: INSERT INTO bookings (a) VALUES (1) [22001-193]',
    { table: 'bookings', column: 'ZWECK' },
  ],
  [
    'org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException: Unique index or primary key violation: "PUBLIC.UK_MAIL ON PUBLIC.CUSTOMERS(MAIL) VALUES 7" [23505-214]',
    { schema: 'PUBLIC', table: 'CUSTOMERS', column: 'MAIL', constraint: 'UK_MAIL' },
  ],
  [
    'org.h2.jdbc.JdbcSQLDataException: Wert zu gross / lang für Feld "NAME CHARACTER VARYING(10)" [22001-214]',
    { column: 'NAME' },
  ],
  // Snowflake
  [
    'snowflake.connector.errors.ProgrammingError: 100038 (22018): Numeric value \'x\' is not recognized\n  Row 25930, column "TMP_DD0B756A_F0E0"["ID":2]',
    { row: 25_930, column: 'ID' },
  ],
  [
    'ProgrammingError: 100080 (22000): Number of columns in file (12) does not match\n  Row 4, column "ORDERS"["NAME":3]',
    { row: 4, column: 'NAME' },
  ],
  // Elasticsearch
  [
    'ERROR {"type":"mapper_parsing_exception","reason":"failed to parse field [request.birthdate] of type [date] in document with id \'1\'"}',
    { column: 'request.birthdate' },
  ],
  [
    'ERROR mapping set to strict, dynamic introduction of [i_relations_from] within [_doc] is not allowed',
    { column: 'i_relations_from' },
  ],
  ['ERROR mapper [price] cannot be changed from type [long] to [keyword]', { column: 'price' }],
  ['ERROR index_not_found_exception: no such index [orders-v2]', { table: 'orders-v2' }],
  // Debezium, Kafka Connect
  [
    "ERROR Failed to properly convert data value for 'shop.product.available_date' of type DATE for row [1]",
    { schema: 'shop', table: 'product', column: 'available_date' },
  ],
  [
    'ERROR ConnectException: Table full.test.ccc-smt is missing and auto-creation is disabled',
    { table: 'full.test.ccc-smt' },
  ],
  // SQL Server, bcp
  [
    'Msg 4863, Level 16, State 1, Server S, Line 1\nBulk insert data conversion error (truncation) for row 7, column 5 (PHONE).',
    { row: 7, column: 'PHONE' },
  ],
  [
    'C:\\etl> bcp Warehouse.stg.Customers in c.dat -c -S s1\nStarting copy...\nSQLState = 22001, NativeError = 0\nError = [Microsoft][ODBC Driver 17 for SQL Server]String data, right truncation',
    { schema: 'stg', table: 'Customers' },
  ],
  // Db2, Firebird, TiDB, gh-ost, Synapse
  [
    'SQL0530N  The insert or update value of the FOREIGN KEY "APP.ORDERS.FK_C" is not equal to any value of the parent key of the parent table.  SQLSTATE=23503\nSQL3185W  The previous error occurred while processing data from row "2" of the input file.',
    { row: 2 },
  ],
  [
    'gbak: ERROR:violation of PRIMARY or UNIQUE KEY constraint "PK_KUNDEN" on table "KUNDEN"\ngbak: ERROR:    Problematic key value is ("KDNR" = 1)',
    { table: 'KUNDEN', constraint: 'PK_KUNDEN', column: 'KDNR' },
  ],
  [
    '[2024/01/15 15:45:45.544 +00:00] [ERROR] [snapshot.go:125] ["Failed to load"] [table=test.locations] [error="Could not parse \'x\' as INT64 for field house_no (position 4)"]',
    { schema: 'test', table: 'locations', column: 'house_no' },
  ],
  [
    '2026-06-26 09:05:20 INFO Migrating `catalog`.`sku`\n2026-06-26 09:07:02 ERROR dial tcp 10.6.0.21:3306: connect: connection refused',
    { schema: 'catalog', table: 'sku' },
  ],
  [
    '2026-03-08 20:15:00,412 - port_db - 1139 - ERROR - Failed to insert: e2e_room_keys\n2026-03-08 20:15:00,413 - port_db - 853 - ERROR - invalid input syntax for type bigint: "x"',
    { table: 'e2e_room_keys' },
  ],
])('%s says where', (text, place) => {
  expect(analyseText(`${text}\n`).root?.place).toMatchObject(place)
})

test('what a server or a loader made for itself is no table that anybody knows', () => {
  const { root } = analyseText("ERROR 1005 (HY000) at line 3: Can't create table `#sql-965_c385` (errno: 150)\n")
  expect(root?.place.table).toBeUndefined()
})
