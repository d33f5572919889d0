import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCodes } from '../../../src/logs/codes/find-codes.ts'
import { labels } from '../../../src/logs/codes/label.ts'
import { isPostgresCode, readSqlstate } from '../../../src/logs/codes/sqlstate.ts'

test.each([
  ['ERROR:  42P01: relation "a" does not exist', '42P01', 'missing_object'],
  ['no (SQLSTATE 23505)', '23505', 'constraint_violation'],
  ['SQL State  : 42501', '42501', 'permission_auth'],
  ['DbError { code: SqlState(E42P07) }', '42P07', 'duplicate_object'],
  ["  code: '23503',", '23503', 'constraint_violation'],
  ['Database error code: 22P02', '22P02', 'data_conversion'],
  ['[42P01] ERROR: relation "a" does not exist', '42P01', 'missing_object'],
  ['ERROR 1062 (23000) at line 3: Duplicate entry', '1062', 'constraint_violation'],
  ['SQLSTATE[42S02]: Base table or view not found: 1146 Table', '1146', 'missing_object'],
  ['SQLSTATE[HY000] [2002] Connection refused', '2002', 'connectivity'],
  ['mysqldump: Got error: 1045: Access denied', '1045', 'permission_auth'],
  ['(1452, "Cannot add or update a child row")', '1452', 'constraint_violation'],
  ['ER_DUP_ENTRY: Duplicate entry', '1062', 'constraint_violation'],
  ['ORA-31693: failed ORA-12899: value too large', 'ORA-12899', 'data_conversion'],
  ['TNS-12541: no listener', 'ORA-12541', 'connectivity'],
  ['Msg 2627, Level 14, State 1', '2627', 'constraint_violation'],
  ['[SQL Server]String or binary data would be truncated. (2628) (SQLExecDirectW)', '2628', 'data_conversion'],
  ['SqlState: 42000 NativeError: 229 [SQL Server]', '229', 'permission_auth'],
  ['E11000 duplicate key error', '11000', 'constraint_violation'],
  ['Error: P1001', 'P1001', 'connectivity'],
  ['Error: P3018', 'P3018', null],
  ['it stopped [1022502]  (ar_odbc_stmt.c:5035)', '1022502', null],
])('the most exact code of %s is %s: %s', (text, code, label) => {
  expect(findCodes(text)[0]).toMatchObject({ code, label })
})

test.each([
  ['copied 23505 rows in 42 s'],
  ['the code is fine'],
  ['varchar(1062)'],
  ['port 2002'],
  ['ERROR: P12 is no code'],
  ['exit code 1'],
])('in %s there is no code', (text) => {
  expect(findCodes(text)).toEqual([])
})

test('PostgreSQL’s own list is complete, and every code has a label or lets the message decide', () => {
  expect(isPostgresCode('22P02')).toBe(true)
  expect(isPostgresCode('99999')).toBe(false)
  expect(readSqlstate('23505')).toEqual({ code: '23505', name: 'unique_violation', label: 'constraint_violation' })
  for (const code of ['XX000', 'P0001', '25P02']) expect(readSqlstate(code)?.label).toBeNull()
  expect(labels).toContain(readSqlstate('42P01')?.label)
})

test('no text makes the search throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findCodes(text)))
})
