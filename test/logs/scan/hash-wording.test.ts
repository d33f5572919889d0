import { expect, test } from 'vitest'
import { hashWording } from '../../../src/logs/scan/hash-wording.ts'

test.each([
  ['copied 12 rows', 'copied 99812 rows'],
  ['relation "orders" does not exist', 'relation "customers" does not exist'],
  ['2026-03-01 02:10:07.123 UTC [4711] ERROR:  no', '2026-03-02 03:11:08.456 UTC [12] ERROR:  no'],
  ['{"level":50,"pid":7,"msg":"no"}', '{"level":50,"pid":4711,"msg":"no"}'],
])('values make no difference: %s, %s', (one, other) => {
  expect(hashWording(one)).toBe(hashWording(other))
})

test.each([
  ['ORA-00942: no', 'ORA-01400: no'],
  ['ERROR 1062 (23000): no', 'ERROR 1054 (23000): no'],
  ['SQLSTATE: 23505', 'SQLSTATE: 22001'],
  ['Msg 2627, Level 14', 'Msg 515, Level 14'],
  ['disk full', 'disk fuller'],
  ['{"msg":"one"}', '{"msg":"two"}'],
])('codes and words do: %s, %s', (one, other) => {
  expect(hashWording(one)).not.toBe(hashWording(other))
})
