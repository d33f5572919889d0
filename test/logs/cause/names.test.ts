import { expect, test } from 'vitest'
import { analyseText } from '../../../src/logs/analyse.ts'

const names = [
  ...[
    'deprecated_at',
    'insecure_logins',
    'PASSED',
    'no_errors',
    'slow_query',
    'UserWarning',
    'failed_jobs',
    'error_log',
  ],
  ...['lock_timeout', 'skipping', 'retry_count', 'certificates', 'handshake', 'quota_exceeded', 'INFO', 'DEBUG', 'LOG'],
]

test.each(names)('an error on something called %s is found and is of its own class', (name) => {
  for (const line of [
    `2026-03-01 02:00:00 UTC [7] ERROR:  relation "${name}" does not exist`,
    `pg_restore: error: could not execute query: ERROR:  relation "${name}" does not exist`,
    `psycopg2.errors.UndefinedTable: relation "${name}" does not exist`,
    `{"level":"error","msg":"relation \\"${name}\\" does not exist","errors":0}`,
  ])
    expect(analyseText(`all is well\n${line}\n`).root, line).toMatchObject({
      label: 'missing_object',
      line: { number: 2 },
    })
})

test.each(names)('steps, settings and statements that name %s are no failure', (name) => {
  const calm = [
    `pg_restore: creating TABLE "public.${name}"`,
    `pg_restore: processing data for table "public.${name}"`,
    `CREATE TABLE ${name} (id int);`,
    `COPY public.${name} (id) FROM stdin;`,
    `Applying orders.0009_add_${name}... OK`,
    `2025/10/08 14:00:01 OK   00013_${name}.sql (4.1ms)`,
    `  2024_01_03_000000_add_${name} ..... 3ms DONE`,
    `== 20230101000000 Add${name}: migrated (0.0012s) ===`,
    `Migrating schema "public" to version "7 - add ${name}"`,
    `-- create ${name} if missing`,
    `${name}: 30000`,
    `${name.toUpperCase()}=0`,
    `17|${name} of kim|2026-03-01`,
    `INFO  [alembic.runtime.migration] Running upgrade a -> b, add ${name}`,
  ].join('\n')
  expect(analyseText(`${calm}\n`).root).toBeNull()
  expect(analyseText(`${calm}\npsql:x.sql:3: ERROR:  role "shop" does not exist\n`).root).toMatchObject({
    label: 'missing_object',
    line: { number: 15 },
  })
})

const good = Array.from({ length: 60 }, (_, at) => `2026-03-01 02:10:${10 + (at % 40)} INFO batch ${at} copied`)

test.each([
  ['on its own line', 'ERROR attempt 1 failed: connection refused, retrying in 5s'],
  ['on the next line', 'ERROR connection refused\n2026-03-01 02:00:01 INFO retrying in 5 s'],
  ['as a deadlock', 'WARN deadlock detected, will retry transaction'],
])('a failure that was retried %s and went well is not the cause of a later one', (_where, line) => {
  const log = [
    `2026-03-01 02:00:00 ${line}`,
    ...good,
    '2026-03-01 02:40:00 ERROR insert or update on table "a" violates foreign key constraint "b"',
  ]
  expect(analyseText(log.join('\n')).root).toMatchObject({ label: 'constraint_violation' })
})

test('a failure that was retried in vain is where it began', () => {
  const tries = [1, 2, 3].map(
    (at) => `2026-03-01 02:00:0${at} ERROR attempt ${at} failed: connection refused, retrying`,
  )
  const log = [...good, ...tries, '2026-03-01 02:00:04 FATAL giving up']
  expect(analyseText(log.join('\n')).root).toMatchObject({ label: 'connectivity', line: { number: 61 } })
})

test.each([
  ['error: Dirty database version 5. Fix and force version.', 'other'],
  ['FATAL:  the database system is in recovery mode', 'connectivity'],
  ['WARNING:  terminating connection because of crash of another server process', 'connectivity'],
])('«%s» follows from something else', (line, label) => {
  expect(analyseText(`${line}\n`).root).toMatchObject({ label, certain: false })
})

test.each([
  [
    'a line of another level that ran into it',
    `time="2024-04-29 18:17:08" level=info msg="run.go:146 Error 1406 (22001): Data too long for column 'path' at row 2836"`,
    "2024-04-29 18:17:08 panic: Error 1406 (22001): Data too long for column 'path' at row 2836 (500)",
  ],
  [
    'a program that dies of it',
    'ERROR Connecting to db1: SSL verify error: 18 X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT',
    'FATAL error: Failed to connect to db1: SSL verify error: 18 X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT',
  ],
])('a failure that is told again began where it was told first: %s', (_what, first, again) => {
  expect(analyseText(`all is well\n${first}\n${again}\n`).root?.line.number).toBe(2)
})

test('a client that gave up in the middle of its data did so for another reason', () => {
  const log = [
    '05:25:20\t46\tSOURCE server closed the connection unexpectedly',
    '05:25:20\t46\tTARGET [57014] ERROR:  COPY from stdin failed: Failed to get data from source',
  ]
  expect(analyseText(`${log.join('\n')}\n`).root).toMatchObject({ label: 'connectivity', line: { number: 1 } })
})
