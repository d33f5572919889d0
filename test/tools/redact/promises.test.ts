import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHiddenValues } from '../../../src/tools/redact/hidden-values.ts'
import { createLineRedactor } from '../../../src/tools/redact/lines.ts'
import { createRedactor } from '../../../src/tools/redact.ts'

const secret = 'hunter2-and-more'
const redact = createRedactor([secret, 'postgres://app:s3cr3t%2Fpw@db:5432/orders'])
const redactShowingRows = createRedactor([secret], { rowData: 'shown' })

/** Beginnings, ends and insides of all that is looked for, and what a redactor leaves. */
const pieces = [
  ...['LINE 1: ', 'STATEMENT:  ', 'DETAIL:  ', 'ERROR:  ', '오류:  ', '상세정보:  실패한 자료: (', '줄 1: ', 'PASS: '],
  ...['CONTEXT:  COPY t, line 3, column c: "', 'Key (a)=(b) already exists.', '(email)=(', 'Failing row contains ('],
  ...[
    'INSERT INTO t (a, b) VALUES (',
    "(1, 'Kim', null)",
    ' WHERE a = ',
    "'O''Brien'",
    'UPDATE t SET a = 1',
    'select 1',
  ],
  ...[
    '[parameters: (',
    "with values: [1, 'x']",
    'values: ',
    '==> Parameters: ',
    'dup key: {',
    'value "',
    'at or near "',
  ],
  ...[
    'binding parameter [1] as [VARCHAR] - [',
    "to use near '",
    "' at line 1",
    "Duplicate entry '",
    ' for key',
    '값 "',
  ],
  ...[
    '\n',
    '\n2026-03-01 02:00:00 ',
    '\r\n',
    '\\n',
    '\t',
    ' ',
    ', ',
    ';',
    ' = ',
    ': "',
    '"',
    "'",
    "''",
    '`',
    '\\"',
    '--',
  ],
  ...['(', ')', '[', ']', '{', '}', '«', '»', '„', '“', '”', '「', '***', '‹email 3f2a›', '‹…›', '‹', '›', '$1', '17'],
  ...['password=', 'password: |\n  ', '-----BEGIN PRIVATE KEY-----\n', '-----END PRIVATE KEY-----', 'IDENTIFIED BY '],
  ...[
    'abc@ex.org',
    '+82 10 1234 5678',
    '4111 1111 1111 1111',
    'postgres://a:b@c/d',
    secret,
    'mysql -u a -p',
    'Bearer ab',
  ],
  ...['{"password": "x", "a": "b"}', '<password>', '</password>', 'name="password" value="', '- name: pwd\n  value: '],
  ...[
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'A'.repeat(64),
    'a:5432:b:c:d',
    'scott/tiger@orcl',
    'cookie: ',
    'Kim',
  ],
]
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'grapheme-composite' }) },
    ),
    { maxLength: 16 },
  )
  .map((some) => some.join(''))

describe.each([
  ['hides rows', redact],
  ['shows rows', redactShowingRows],
])('a redactor that %s', (_what, of) => {
  test('leaves as it is what it gave, and lines their numbers', () => {
    fc.assert(
      fc.property(text, (written) => {
        const shown = of(written)
        expect(of(shown)).toBe(shown)
        expect(shown.split('\n').length).toBe(written.split('\n').length)
      }),
      { numRuns: 3_000 },
    )
  })

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', size: 'large' }), text), (written) => {
        expect(typeof of(written)).toBe('string')
      }),
    )
  })
})

test('a line whose quotation marks do not match is the same after a second look', () => {
  const shown = redact("LINE 1: ''select 1 from t where a = 'Kim Minsu'")
  expect(redact(shown)).toBe(shown)
  expect(shown).not.toContain('Minsu')
})

test('what stands behind a key is still there after a second look', () => {
  const shown = redact('-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\nERROR:  disk full')
  expect(redact(shown)).toContain('ERROR:  disk full')
})

/** Messages of which each is whole: its last line, the data in it and what of it must be kept. */
const messages: readonly (readonly [text: string, data: string, kept: string])[] = [
  ['ERROR:  duplicate key\nDETAIL:  Key (name)=(#) already exists.', '#', 'duplicate key'],
  ["ERROR:  syntax error\nLINE 1: insert into p values (7, '#')", '#', 'syntax error'],
  ["STATEMENT:  INSERT INTO people\n\tVALUES (1,\n\t'#')", '#', 'INSERT INTO people'],
  ['DETAIL:  Failing row contains (1, first\n\tthen #\nand more, null).', '#', 'Failing row contains'],
  ['tls: |\n  -----BEGIN PRIVATE KEY-----\n  #\n  AAAA#\n  -----END PRIVATE KEY-----', '#', 'tls: |'],
  ['database:\n  password: |\n    #\n  port: 5432', '#', 'port: 5432'],
  ['INFO  rows copied 5000', '', 'rows copied 5000'],
  ['connecting to postgres://app:#@db/orders failed', '#', '@db/orders failed'],
]
const word = fc.stringMatching(/^[a-z]{4,12}[0-9]{4,12}[A-Z]{4}$/)
const log = fc.array(fc.tuple(fc.constantFrom(...messages), word), { minLength: 1, maxLength: 8 }).map((some) =>
  some.map(([[said, data, kept], value], index) => ({
    said: `2026-03-01 02:00:0${index} UTC [7] ${data === '' ? said : said.replaceAll(data, value)}`,
    data: data === '' ? [] : [value],
    kept,
  })),
)

test('messages that begin with their time are redacted together as each is by itself', () => {
  fc.assert(
    fc.property(log, (some) => {
      const together = redact(some.map(({ said }) => said).join('\n'))
      expect(together).toBe(some.map(({ said }) => redact(said)).join('\n'))
      for (const { data, kept } of some) {
        for (const value of data) expect(together).not.toContain(value)
        expect(together).toContain(kept)
      }
    }),
  )
})

test('lines that are redacted as they come show nothing of what goes over several', () => {
  fc.assert(
    fc.property(log, (some) => {
      const redactLine = createLineRedactor(redact)
      const lines = some.flatMap(({ said }) => said.split('\n'))
      const shown = lines.map(redactLine)
      for (const value of some.flatMap(({ data }) => data)) expect(shown.join('\n')).not.toContain(value)
      for (const { kept } of some) expect(shown.join('\n')).toContain(kept)
    }),
  )
})

/** Processor time that a text costs, in microseconds; the least of some runs, so that others' work does not count. */
function cost(seed: string, size: number, runs: number): number {
  const written = seed.repeat(Math.ceil(size / seed.length))
  const times = Array.from({ length: runs }, () => {
    const began = process.cpuUsage()
    redact(written)
    const { user, system } = process.cpuUsage(began)
    return user + system
  })
  return Math.min(...times)
}

test.each(['e', 'eyJ'])('ten megabytes of %j cost ten times one of it', (seed) => {
  // The square would be a hundred times.
  expect(cost(seed, 10e6, 1) / cost(seed, 1e6, 2)).toBeLessThan(40)
})

test.each([
  ...['a.', '://a:', 'a/b', 'ghp_'],
  ...["password='", 'eyJ-', 'a(b)=(', 'COPY ', "STATEMENT: '", '-----BEGIN A-----', '\n', 'value "', ' ERROR', 'a@'],
  ...['1 ', '+1-', '4111 ', 'mysql ', 'cookie: ', "Duplicate entry '", "LINE 1: '", 'password: |\n', ': "', '値"'],
  ...['[parameters: (', "insert into t values ('", '‹a 1234›', '***', "'", '"', '<password>x', 'name="pwd" value="'],
])('ten times of %j cost ten times as much', (seed) => {
  expect(cost(seed, 200_000, 1) / cost(seed, 20_000, 3)).toBeLessThan(50)
})

test.each([
  ['blanks within a printed row', `a | b\n---+---\n x${' '.repeat(300_000)}y | z`],
  ['backslashes within a value', `DETAIL:  Failing row contains (1, 'x${'\\'.repeat(18_000)}y', 2).\n`.repeat(40)],
])('%s take no longer than ten seconds', (_what, text) => {
  const began = performance.now()
  redact(text)
  // Generous for a busy machine: the square of it takes minutes.
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('a secret goes wherever else it stands, however many rows were hidden before it', () => {
  const known = createHiddenValues()
  for (let at = 0; at < 6_000; at += 1) known.addRow('name', `Quietly Kim ${at}`)
  for (let at = 0; at < 6_000; at += 1) known.addRow('name', `N${at} Kim ${at}`)
  known.addSecret('Quietly-9-fox')
  expect(known.hide('connecting with Quietly-9-fox', null)).toBe('connecting with ***')
})
