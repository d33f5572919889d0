import { expect, test } from 'vitest'
import type { TocEntry } from '../../../src/tools/archives/read-toc.ts'
import { listGrants, writeOwners } from '../../../src/tools/archives/write-owners.ts'

const entry = (more: Partial<TocEntry>): TocEntry => ({
  ...{ id: 1, kind: 'TABLE', tag: 'orders', schema: 'public', owner: 'app', tablespace: null },
  ...{ definition: '', drop: '', copy: null, needs: [], data: null },
  ...more,
})
const refused = { code: 'archive_foreign_entry' }

test('what is given away is quoted, sequences last; what has no owner of its own is left alone', async () => {
  const statements = await writeOwners(
    [
      entry({ kind: 'SEQUENCE', tag: 'a"; DROP TABLE x' }),
      entry({ kind: 'FUNCTION', tag: 'f(integer)', drop: 'DROP FUNCTION public.f(a integer);\n' }),
      entry({ kind: 'SCHEMA', schema: null, tag: 'public', owner: 'pg_database_owner' }),
      entry({ kind: 'BLOB METADATA', schema: null, tag: 'LARGE OBJECTS 1..2', definition: '1\n2\n' }),
      entry({ kind: 'INDEX' }),
      entry({ owner: null }),
      entry({ owner: 'odd "one"' }),
    ],
    'd-0130',
  )
  expect(statements).toEqual([
    'ALTER FUNCTION public.f(a integer) OWNER TO "app"',
    'ALTER LARGE OBJECT 1 OWNER TO "app"',
    'ALTER LARGE OBJECT 2 OWNER TO "app"',
    'ALTER TABLE "public"."orders" OWNER TO "odd ""one"""',
    'ALTER SEQUENCE "public"."a""; DROP TABLE x" OWNER TO "app"',
  ])
})

test.each([
  'DROP FUNCTION f(); DROP DATABASE live',
  'DROP FUNCTION f() OWNER TO evil; ALTER FUNCTION f()',
  'DROP DATABASE live',
  'DROP ROLE app RENAME TO x; --',
  'DROP FUNCTION f() OWNER TO evil --',
  'DROP AGGREGATE f(int)',
  '',
])('a statement that drops no function of that name is not run by the role that gives away: %s', async (drop) => {
  await expect(writeOwners([entry({ kind: 'FUNCTION', drop })], 'd-0130')).rejects.toMatchObject(refused)
})

test('what is granted is cut into single statements, one for each of many large objects', async () => {
  const made = entry({ id: 7, kind: 'BLOB METADATA', schema: null, tag: 'LARGE OBJECTS 1..2', definition: '1\n2\n' })
  const grants = await listGrants(
    [
      made,
      entry({
        kind: 'ACL',
        definition: 'REVOKE ALL ON TABLE public."é" FROM app;\nGRANT SELECT ON TABLE public."é" TO a;\n',
      }),
      entry({
        ...{ kind: 'ACL', tag: 'LARGE OBJECTS 1..2', needs: [7] },
        definition: 'GRANT SELECT ON LARGE OBJECT 1 TO a;\n\n',
      }),
    ],
    'd-0130',
  )
  expect(grants.map((one) => one.text)).toEqual([
    'REVOKE ALL ON TABLE public."é" FROM app',
    'GRANT SELECT ON TABLE public."é" TO a',
    'GRANT SELECT ON LARGE OBJECT 1 TO a',
    'GRANT SELECT ON LARGE OBJECT 2 TO a',
  ])
})

test.each([
  'CREATE INDEX ON orders (evil())',
  'GRANT SELECT ON orders TO a; ALTER TABLE orders ALTER n TYPE int USING evil()',
  `SET search_path = evil; GRANT SELECT ON orders TO a`,
  'SELECT evil()',
  'GRANT',
])('an entry of privileges that does more than grant is refused: %s', async (definition) => {
  await expect(listGrants([entry({ kind: 'ACL', definition })], 'd-0130')).rejects.toMatchObject(refused)
})
