import { expect, test } from 'vitest'
import { createLineTime } from '../../../src/logs/port/read-line-time.ts'

const now = Date.parse('2026-03-01T03:00:00Z')

/** Lines come as bytes read one character each. */
function readAt(text: string, before: readonly string[] = []): string | null {
  const read = createLineTime('Asia/Seoul', now)
  const bytes = (line: string) => Buffer.from(line).toString('latin1')
  for (const line of before) read(bytes(line))
  const at = read(bytes(text))
  return at === null ? null : new Date(at).toISOString()
}

test.each([
  ['2026-03-01T02:10:07.250Z ERROR x', '2026-03-01T02:10:07.250Z'],
  ['2026-03-01 11:10:07,250 ERROR x', '2026-03-01T02:10:07.250Z'],
  ['2026-03-01 02:10:07 UTC [17] ERROR:  x', '2026-03-01T02:10:07.000Z'],
  ['2026-03-01 11:10:07.5 KST [17] ERROR:  x', '2026-03-01T02:10:07.500Z'],
  ['2026-03-01T03:10:07+0100 host unit[1]: x', '2026-03-01T02:10:07.000Z'],
  ['{"level":50,"time":1772331007250,"msg":"x"}', '2026-03-01T02:10:07.250Z'],
  ['{"level":"error","ts":1772331007.25,"msg":"x"}', '2026-03-01T02:10:07.250Z'],
  ['{"level":"error","timestamp":"2026-03-01T02:10:07Z","msg":"x"}', '2026-03-01T02:10:07.000Z'],
  ['time="2026-03-01T02:10:07Z" level=error msg=x', '2026-03-01T02:10:07.000Z'],
  ['Mar  1 11:10:07 host unit[1]: x', '2026-03-01T02:10:07.000Z'],
  ['Dec 31 23:00:00 host unit[1]: x', '2025-12-31T14:00:00.000Z'],
  ['2026/03/01 11:10:07 goose run: ERROR x', '2026-03-01T02:10:07.000Z'],
  ['2026/03/01 11:10:07 - Table output.0 - ERROR', '2026-03-01T02:10:07.000Z'],
  ['11:10:07.832 41 INFO   COPY public.a', '2026-03-01T02:10:07.832Z'],
  ['[11:10:07 ERR] x', '2026-03-01T02:10:07.000Z'],
  ['23:10:07  1 of 9 OK created', '2026-02-28T14:10:07.000Z'],
  ['[2026-03-01, 02:10:07 UTC] {taskinstance.py:1} ERROR - x', '2026-03-01T02:10:07.000Z'],
  ['26/03/01 11:10:07 INFO mapreduce.Job: x', '2026-03-01T02:10:07.000Z'],
  ['\u001b[90m2026-03-01 11:10:07\u001b[0m \u001b[31mERROR\u001b[0m x', '2026-03-01T02:10:07.000Z'],
  ['\u001b[31m11:10:07\u001b[0m x', '2026-03-01T02:10:07.000Z'],
  ['1772331007.123 [4711] ERROR:  x', '2026-03-01T02:10:07.123Z'],
  ['2026. 3. 1. 오전 11:10:07 오류', '2026-03-01T02:10:07.000Z'],
  ['2026. 02. 28. 오후 11:10:07 오류', '2026-02-28T14:10:07.000Z'],
  ['2026年3月1日 11時10分07秒 エラー', '2026-03-01T02:10:07.000Z'],
  ['3/1/2026 11:10:07 AM Error: x', '2026-03-01T02:10:07.000Z'],
  ['Mar 1, 2026 11:10:07 AM org.flywaydb.core x', '2026-03-01T02:10:07.000Z'],
  ['10.0.0.1 - - [01/Mar/2026:02:10:07 +0000] "GET /', '2026-03-01T02:10:07.000Z'],
  ['Sun Mar  1 02:10:07 UTC 2026 x', '2026-03-01T02:10:07.000Z'],
  ['01-MAR-26 11:10:07.250: ORA-31693: x', '2026-03-01T02:10:07.250Z'],
  ['01-Mar-2026 11:10:07.250 SEVERE [main] x', '2026-03-01T02:10:07.250Z'],
  ['01.03.2026 11:10:07 FEHLER x', '2026-03-01T02:10:07.000Z'],
  ['20260301T021007Z x', '2026-03-01T02:10:07.000Z'],
  ['260301 11:10:07 [ERROR] x', '2026-03-01T02:10:07.000Z'],
  ['E0301 11:10:07.250000       1 main.go:12] x', '2026-03-01T02:10:07.250Z'],
  ['app-1  | 2026/03/01 11:10:07 x', '2026-03-01T02:10:07.000Z'],
  ['[pod/migrate-x/app] 11:10:07 x', '2026-03-01T02:10:07.000Z'],
])('the time of «%s» is read', (text, expected) => {
  expect(readAt(text)).toBe(expected)
})

test('a time is read as well behind lines that are written in another way', () => {
  expect(readAt('26/03/01 11:10:07 INFO x', ['2026-03-01T02:00:00Z a', '11:00:00 b'])).toBe('2026-03-01T02:10:07.000Z')
})

test.each([
  '    at foo (a.js:1:2)',
  'DETAIL:  Key (id)=(42) already exists.',
  'INSERT 0 1',
  '2026-13-41 25:61:61 no such day',
  'pg_restore: processing data for table "public.t"',
  '  1 | 10.5.3.2 | x',
])('a line without a time has none: «%s»', (text) => {
  expect(readAt(text)).toBeNull()
})
