import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOfRejects } from '../../../src/domain/rejects-as-findings.ts'
import { suggestRemedies } from '../../../src/domain/remedies/index.ts'
import type { Finding } from '../../../src/domain/remedy-match.ts'
import { refuseStatement } from '../../../src/tools/remedies/refuse-statement.ts'
import { splitStatements } from '../../../src/tools/remedies/split-statements.ts'

const of = (more: Partial<Finding>): Finding => ({
  label: null,
  code: null,
  table: null,
  column: null,
  text: '',
  ...more,
})
const first = (more: Partial<Finding>) => suggestRemedies([of(more)])[0]

test.each([
  [
    { code: '22001', table: 'shop.customers', column: 'phone', text: 'value too long for type character varying(12)' },
    'ALTER TABLE "shop"."customers" ALTER COLUMN "phone" TYPE varchar(24);',
  ],
  [
    { code: '22003', table: 'a', column: 'b', text: 'integer out of range' },
    'ALTER TABLE "a" ALTER COLUMN "b" TYPE bigint;',
  ],
  [
    { code: '22003', table: 'a', column: 'b', text: 'A field with precision 9, scale 2 must round' },
    'ALTER TABLE "a" ALTER COLUMN "b" TYPE numeric(13, 2);',
  ],
  [{ code: '42704', text: 'role "orders app" does not exist' }, 'CREATE ROLE "orders app" NOLOGIN;'],
  [{ code: '42704', text: 'type "citext" does not exist' }, 'CREATE EXTENSION IF NOT EXISTS "citext";'],
  [
    { code: '42883', text: 'function uuid_generate_v4() does not exist' },
    'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";',
  ],
])('what is known becomes exact SQL: %j', (finding, sql) => {
  expect(first(finding)).toMatchObject({ sql, exact: true })
})

test.each([
  [{ code: '22001', text: 'value too long for type character varying(12)' }, '<table>'],
  [{ code: '23502', table: 'a', column: 'b' }, 'SET DEFAULT <value>'],
  [{ code: '23503', table: 'orders' }, 'INSERT INTO "orders_quarantine"'],
  [{ label: 'encoding' }, 'client_encoding'],
])('what is not known stays a template: %j', (finding, words) => {
  expect(first(finding)).toMatchObject({ sql: expect.stringContaining(words), exact: false })
})

test('a lock needs no change of the data', () => {
  expect(first({ code: '55P03' })?.sql).toContain('pg_blocking_pids')
})

test('what nobody knows gets no suggestion, and what is known twice gets one', () => {
  expect(suggestRemedies([of({ code: '99999', text: 'odd' })])).toEqual([])
  expect(suggestRemedies([of({ code: '55P03' }), of({ code: '40P01' })])).toHaveLength(1)
})

test('no name of a finding becomes SQL of its own: what is suggested holds only what a remedy may', () => {
  const code = fc.constantFrom('22001', '22003', '23502', '23505', '22021')
  const name = fc.oneof(fc.string(), fc.constantFrom('a"; DROP TABLE b; --', "x'y", '$$', '/*', 'a.b', '\\'))
  fc.assert(
    fc.property(code, name, name, (code, table, column) => {
      for (const { sql } of suggestRemedies([of({ code, table, column })])) {
        const filled = sql.replaceAll(/<[a-z ]+>/g, 'x')
        for (const statement of splitStatements(filled)) {
          expect(refuseStatement(statement)).toBeNull()
          expect(statement.words).not.toContain('DROP')
        }
      }
    }),
  )
})

test('rejects are findings by their code, their target and the server’s words', () => {
  const message = 'null value in column "phone" of relation "contacts" violates not-null constraint'
  expect(findingsOfRejects([{ target: 'contacts', code: '23502', message }])).toEqual([
    { label: 'constraint_violation', code: '23502', table: 'contacts', column: 'phone', text: message },
  ])
})
