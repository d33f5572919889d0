import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeaderParser, formatRegister, type ParsedLine } from '../../../src/logs/formats/index.ts'

const parse = (line: string) => createHeaderParser()(line)

test.each<[string, Partial<ParsedLine>]>([
  [
    '2026-03-01 02:10:07.123 UTC [4711] app@orders ERROR:  relation "a" does not exist',
    {
      format: 'postgres-stderr',
      at: '2026-03-01 02:10:07.123 UTC',
      level: 'error',
      pid: '4711',
      text: 'relation "a" does not exist',
    },
  ],
  [
    '2026-03-01 02:10:07 UTC:10.0.0.1(5432):app@orders:[4711]:FATAL:  the database system is starting up',
    { format: 'postgres-stderr', level: 'fatal', pid: '4711', text: 'the database system is starting up' },
  ],
  ['2026-03-01 02:10:07.123 UTC [4711] 42P01 ERROR:  no', { also: ['SQLSTATE: 42P01'], text: 'no' }],
  [
    '2026-03-01 02:10:07.123 UTC [4711] DETAIL:  Key (id)=(1) exists.',
    { part: 'detail', pid: '4711', text: 'DETAIL:  Key (id)=(1) exists.' },
  ],
  ['ERROR:  division by zero', { format: 'postgres-stderr', at: null, level: 'error', text: 'division by zero' }],
  [
    '2026-03-01 02:10:07.123 UTC,"app","orders",4711,"[local]",65e1,3,"COPY",2026-03-01 02:00:00 UTC,3/4,0,ERROR,22P02,"invalid input syntax for type integer: ""x""",,,,,"COPY t, line 1",,,"psql"',
    {
      format: 'postgres-csvlog',
      level: 'error',
      pid: '4711',
      text: 'invalid input syntax for type integer: "x"',
      also: ['SQLSTATE: 22P02', 'CONTEXT:  COPY t, line 1'],
    },
  ],
  [
    '{"timestamp":"2026-03-01 02:10:07.123 UTC","pid":4711,"error_severity":"ERROR","state_code":"42703","message":"column \\"x\\" does not exist"}',
    { format: 'json-lines', level: 'error', pid: '4711', text: 'column "x" does not exist', also: ['SQLSTATE: 42703'] },
  ],
  [
    '{"level":"info","ts":1,"msg":"record","record":{"error_severity":"FATAL","sql_state_code":"57P03","message":"starting up"}}',
    { level: 'fatal', text: 'starting up', also: ['SQLSTATE: 57P03'] },
  ],
  [
    '{"level":50,"time":1,"msg":"copy failed","err":{"type":"DatabaseError","message":"no","code":"22P02"}}',
    { level: 'error', also: ['DatabaseError: no', 'SQLSTATE: 22P02'] },
  ],
  [
    'pg_restore: error: could not execute query: ERROR:  no',
    { format: 'postgres-tools', level: 'error', source: 'pg_restore' },
  ],
  ['psql:load.sql:12: ERROR:  no', { format: 'postgres-tools', level: 'error', text: 'no' }],
  ['2026-03-01T02:10:07.012000Z ERROR Database error 22P02: no', { format: 'pgloader', level: 'error' }],
  [
    '2026-03-01T02:10:07 [TARGET_APPLY    ]E:  no [1020403]  (file.c:1)',
    { format: 'aws-dms', level: 'error', source: 'TARGET_APPLY' },
  ],
  [
    '2026-03-01 02:10:07.123 ERROR 19784 --- [  main] o.s.b.Step  : no',
    { format: 'spring-boot', level: 'error', source: 'o.s.b.Step', text: 'no' },
  ],
  [
    '[2026-03-01 02:10:07,123] ERROR WorkerSinkTask{id=a-0} no (org.x.WorkerTask:208)',
    { format: 'log4j', level: 'error' },
  ],
  ['2026-03-01 02:10:07,123 WARN  [main] c.e.Foo - careful', { format: 'log4j', level: 'warn', text: 'careful' }],
  ['02:10:07.123 [main] ERROR c.e.Foo - no', { format: 'log4j', level: 'error', source: 'c.e.Foo' }],
  [
    '26/03/01 02:10:07 ERROR tool.ExportTool: Error during export: ',
    { format: 'hadoop', level: 'error', source: 'tool.ExportTool' },
  ],
  ['[2026-03-01 02:10:07] SEVERE [liquibase.integration] no', { format: 'java-util-logging', level: 'error' }],
  ['ERROR 1062 (23000) at line 3: Duplicate entry', { format: 'mysql-client', level: 'error' }],
  ['2026-03-01T02:10:07.123456Z 0 [ERROR] [MY-010119] [Server] Aborting', { format: 'mysql-server', level: 'error' }],
  ['2026-03-01 02:10:07 FATAL no', { level: 'fatal', text: 'no' }],
  [
    'ORA-00942: table or view does not exist',
    { format: 'oracle-tools', text: 'ORA-00942: table or view does not exist' },
  ],
  ['01-MAR-26 02:10:07.123: ORA-39083: Object type failed', { format: 'oracle-tools', at: '01-MAR-26 02:10:07.123' }],
  ["ERROR [alembic.util.messaging] Can't locate revision", { format: 'alembic', level: 'error' }],
  ['02:10:07.123456 [error] [MainThread]: Database Error', { format: 'dbt', level: 'error' }],
  ['2026-03-01 02:10:07,123 - app - ERROR - no', { format: 'python-logging', level: 'error', source: 'app' }],
  ['E, [2026-03-01T02:10:07.1 #77] ERROR -- : no', { format: 'rails', level: 'error', pid: '77' }],
  ['2026-03-01T02:10:07.123+0000\tFailed: no', { format: 'mongo-tools', text: 'Failed: no' }],
  ['2026-03-01 02:10:07 destination > ERROR no', { format: 'airbyte', level: 'error', text: 'no' }],
  ['Error: P3018', { format: 'prisma', level: 'error', text: 'P3018' }],
  ['[ERROR] Failed to execute goal', { format: 'build-tools', level: 'error' }],
])('the header is taken off %s', (line, expected) => {
  expect(parse(line)).toMatchObject(expected)
})

test.each([
  ['2026-03-01T02:10:07.123456789Z stderr F 2026-03-01 02:10:07.123 UTC [1] ERROR:  no'],
  ['2026-03-01T02:10:07.123456789Z 2026-03-01 02:10:07.123 UTC [1] ERROR:  no'],
  ['{"log":"2026-03-01 02:10:07.123 UTC [1] ERROR:  no\\n","stream":"stderr","time":"2026-03-01T02:10:07Z"}'],
  ['db-1  | 2026-03-01 02:10:07.123 UTC [1] ERROR:  no'],
  ['Mar  1 02:10:07 db1 postgres[1]: [3-1] 2026-03-01 02:10:07.123 UTC [1] ERROR:  no'],
  ['<34>1 2026-03-01T02:10:07Z db1 postgres 1 - - 2026-03-01 02:10:07.123 UTC [1] ERROR:  no'],
  ['  "textPayload": "2026-03-01 02:10:07.123 UTC [1] ERROR:  no",'],
])('the envelope of a container or of syslog comes off too: %s', (line) => {
  expect(parse(line)).toMatchObject({
    format: 'postgres-stderr',
    level: 'error',
    at: '2026-03-01 02:10:07.123 UTC',
    text: 'no',
  })
})

test('what a container wrote without a time is read by its own format', () => {
  const line = '{"log":"ERROR:  no\\n","stream":"stderr","time":"2026-03-01T02:10:07Z"}'
  expect(parse(line)).toMatchObject({
    format: 'postgres-stderr',
    level: 'error',
    at: '2026-03-01T02:10:07Z',
    text: 'no',
  })
})

test('what no format knows stays as it is', () => {
  expect(parse('something happened')).toMatchObject({ format: 'plain', level: null, text: 'something happened' })
})

test('every format is registered under a name of its own', () => {
  const names = formatRegister.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('no line makes a parser throw', () => {
  const piece = fc.constantFrom(
    '2026-03-01 02:10:07',
    '{"',
    '"',
    ' ERROR ',
    ': ',
    '[',
    ']',
    ',',
    '1',
    'ORA-',
    '|',
    '\t',
    '- ',
    'pg_restore: ',
    '\\',
  )
  const line = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 20 }).map((parts) => parts.join('')),
  )
  const parseAll = createHeaderParser()
  fc.assert(
    fc.property(line, (text) => void parseAll(text)),
    { numRuns: 2_000 },
  )
})

test.each([
  ['stderr', { msg: 'non-zero return code', stderr: 'psql: error: connection to server failed', stdout: '' }],
  [
    'stdout',
    { msg: 'non-zero return code', stderr: '', stdout: '\npsql: error: connection to server failed\nFailure' },
  ],
  ['msg', { msg: 'psql: error: connection to server failed', changed: false }],
])('a task of Ansible is told by what its program said on %s', (_where, fields) => {
  for (const head of ['fatal: [db1]: FAILED! => ', 'failed: [db1] (item=orders) => ', 'fatal: [db1]: UNREACHABLE! => '])
    expect(createHeaderParser()(`${head}${JSON.stringify(fields)}`)).toMatchObject({
      format: 'ansible',
      source: 'db1',
      text: 'psql: error: connection to server failed',
    })
})

test.each([
  ['Error SQL72014: Core Microsoft SqlClient Data Provider: Msg 50000', 'error'],
  ['Warning SQL72015: The type for column a is being changed', 'warn'],
])('SqlPackage calls a line what it is: %s', (line, level) => {
  expect(createHeaderParser()(line)).toMatchObject({ format: 'build-tools', level })
})
