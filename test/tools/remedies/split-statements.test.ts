import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { refuseStatement } from '../../../src/tools/remedies/refuse-statement.ts'
import { NoSql, splitStatements } from '../../../src/tools/remedies/split-statements.ts'

const texts = (sql: string) => splitStatements(sql).map(({ text }) => text)
const refusals = (sql: string) => splitStatements(sql).map(refuseStatement)

describe('a text of SQL', () => {
  it.each([
    ['two statements', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['empty statements', ';; SELECT 1 ;\n;', ['SELECT 1']],
    ['comments alone', '-- nothing; here\n/* or; /* here; */ */', []],
    ['a semicolon in a text', "SELECT 'a;b'; SELECT 2", ["SELECT 'a;b'", 'SELECT 2']],
    ['doubled quotes', "SELECT 'it''s;'; SELECT 2", ["SELECT 'it''s;'", 'SELECT 2']],
    ['a backslash that escapes nothing', "SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", 'SELECT 2']],
    ['a backslash that escapes', "SELECT E'a\\';b'; SELECT 2", ["SELECT E'a\\';b'", 'SELECT 2']],
    [
      'an E text that goes on',
      "SELECT E'a'\n -- so\n 'b\\';c'; SELECT 2",
      ["SELECT E'a'\n -- so\n 'b\\';c'", 'SELECT 2'],
    ],
    ['a quoted name', 'SELECT "a;""b"; SELECT 2', ['SELECT "a;""b"', 'SELECT 2']],
    ['a dollar quote', 'DO $x$ BEGIN; $$ ; $$ END $x$; SELECT 2', ['DO $x$ BEGIN; $$ ; $$ END $x$', 'SELECT 2']],
    ['a dollar in a name', 'SELECT a$b$ ; SELECT $1', ['SELECT a$b$', 'SELECT $1']],
    [
      'a rule in parentheses',
      'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3',
      ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 3'],
    ],
    [
      'a body in standard SQL',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3',
      ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END', 'SELECT 3'],
    ],
  ])('is taken apart with %s', (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected)
  })

  it.each([
    ['a text', "SELECT 1;\nSELECT 'a", 2],
    ['a name', 'SELECT "a', 1],
    ['a dollar quote', 'DO $a$ BEGIN', 1],
    ['a comment', '\n\n/* /* */', 3],
    ['a command of psql', 'SELECT 1\n\\gexec', 2],
  ])('is refused with the line where %s has no end or no meaning', (_, sql, line) => {
    try {
      splitStatements(sql)
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(NoSql)
      expect((thrown as NoSql).line).toBe(line)
    }
  })

  test('names the line of each statement', () => {
    expect(splitStatements('-- one\nSELECT 1;\n\n/* two\n*/ SELECT 2').map(({ line }) => line)).toEqual([2, 5])
  })
})

describe('a remedy may not', () => {
  it.each([
    'COMMIT',
    'commit and chain',
    '/* well */ ROLLBACK',
    '-- ok\nEND',
    'BEGIN',
    'START TRANSACTION',
    'SAVEPOINT a',
    'PREPARE TRANSACTION $$x$$',
    'VACUUM orders',
    'CREATE DATABASE other',
    'drop database other',
    'ALTER SYSTEM SET work_mem = 1',
    'CREATE INDEX CONCURRENTLY i ON t (a)',
    "COPY t TO PROGRAM 'rm'",
    "COPY t FROM '/etc/passwd'",
    "SET lock_timeout = '1h'",
    'SET LOCAL statement_timeout = 0',
    'SET SESSION statement_timeout = 0',
    'RESET ALL',
    'SET TRANSACTION READ ONLY',
    'SET SESSION AUTHORIZATION postgres',
    'SET standard_conforming_strings = off',
  ])('say %s', (sql) => {
    expect(refusals(sql)).toEqual([expect.any(String)])
  })

  it.each(["SELECT 'COMMIT'", 'SELECT 1 AS "COMMIT"', 'UPDATE t SET a = $$;COMMIT;--$$', 'SET LOCAL search_path = a'])(
    'be taken for a command by its data: %s',
    (sql) => {
      expect(refusals(sql)).toEqual([null])
    },
  )
})

test('data between dollar quotes is never cut nor read, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('$q$')),
      (data) => {
        expect(texts(`SELECT $q$${data}$q$; SELECT 2`)).toEqual([`SELECT $q$${data}$q$`, 'SELECT 2'])
      },
    ),
  )
})

test('time per sign does not grow with the text', () => {
  const spent = (count: number) => {
    const sql = "E'a'\n'".repeat(count)
    const began = performance.now()
    try {
      splitStatements(sql)
    } catch {}
    return (performance.now() - began) / count
  }
  spent(20_000)
  expect(spent(200_000)).toBeLessThan(20 * Math.max(spent(20_000), 1e-4))
})
