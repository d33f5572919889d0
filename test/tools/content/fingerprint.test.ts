import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ContentManifest } from '../../../src/domain/content.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { dumpsHere } from '../../support/dumps-here.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { copyByDump, measure, never, run } from './rig.ts'

// Every kind of column and relation that makes naive fingerprints lie or fail.
const TRAPS = `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE pair AS (a mood, b numeric);
CREATE TYPE moods AS RANGE (subtype = mood);
CREATE TABLE enums (id int PRIMARY KEY, m mood, f feeling, p pair, ms mood[], r moods, fs feeling[]);
INSERT INTO enums SELECT i, (ARRAY['sad','ok','happy']::mood[])[1 + i % 3], 'ok', ROW('happy', i / 3.0)::pair,
  ARRAY['sad', NULL]::mood[], moods('sad', 'happy'), ARRAY['ok']::feeling[] FROM generate_series(1, 3000) i;
CREATE TABLE no_hash (a json, b jsonb, c xml, d money, e bit(4), f varbit, g point, h box, i path, j polygon, k circle,
  l tsvector, m tsquery, n jsonpath, o line, p lseg, q pg_lsn, r txid_snapshot);
INSERT INTO no_hash VALUES ('{"a":  1}', '{"a": 1.0}', '<a>x</a>', 12.5, B'1010', B'1', '(1,2)', '(1,2),(3,4)', '((1,2),(3,4))',
  '((1,2),(3,4),(5,6))', '<(1,2),3>', 'fat cat', 'fat & cat', '$.a', '{1,2,3}', '((1,2),(3,4))', '0/16B', '10:20:10,14');
CREATE TABLE plain (a bool, b int2, c int4, d int8, e text, f varchar(20), g char(5), h bpchar, i bytea, j uuid, k date,
  l time, m timetz, n timestamp, o timestamptz, p interval, q inet, r cidr, s macaddr, t macaddr8, u "char", v name,
  w numeric(20,4), x float4, y float8, z oid, aa regclass, ab regtype, ac int4range, ad int4multirange, ae positive, af int[]);
INSERT INTO plain SELECT i % 2 = 0, i % 100, i, i::bigint << 20, E'tab\\there\\\\ \\n' || i, 'v' || i, 'c' || i % 9, 'b ', decode(md5(i::text), 'hex'),
  md5(i::text)::uuid, '2026-01-01'::date + i, '12:00', '12:00+09', '2026-01-01'::timestamp + i * interval '1 min', '2026-01-01Z',
  i * interval '1 day', '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', 'x', 'n', i / 7.0, i / 3.0, i / 3.0,
  i, 'enums', 'mood', int4range(1, i + 1), int4multirange(int4range(1, 2)), i, ARRAY[i, NULL] FROM generate_series(1, 2000) i;
INSERT INTO plain (c) VALUES (NULL), (NULL), (NULL);
CREATE TABLE "Mixed ""Case"".t" ("Ünï col" int, "select" text);
INSERT INTO "Mixed ""Case"".t" VALUES (1, 'a');
CREATE SCHEMA "Other S";
CREATE TABLE "Other S".t (a int);
CREATE TABLE nothing ();
INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES;
CREATE TABLE dropped (gone int, a int, b text); INSERT INTO dropped VALUES (1, 2, 'x'); ALTER TABLE dropped DROP COLUMN gone;
CREATE TABLE generated (a int, b int GENERATED ALWAYS AS (a * 2) STORED); INSERT INTO generated (a) SELECT generate_series(1, 10);
CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
INSERT INTO parts SELECT i, '2026-01-01'::date + i % 50 FROM generate_series(1, 500) i;
CREATE TABLE parent (a int); CREATE TABLE child (own int) INHERITS (parent); ALTER TABLE parent ADD late text;
INSERT INTO parent VALUES (1, 'p'); INSERT INTO child VALUES (2, 3, 'c');
CREATE UNLOGGED TABLE unlogged (a int); INSERT INTO unlogged VALUES (1);
CREATE MATERIALIZED VIEW summary AS SELECT m, count(*) FROM enums GROUP BY m;
CREATE MATERIALIZED VIEW empty_one AS SELECT 1 AS a WITH NO DATA;
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE collated (a text COLLATE blind); INSERT INTO collated VALUES ('Straße'), ('STRASSE');
CREATE TABLE guarded (a int); INSERT INTO guarded VALUES (1); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY nobody ON guarded USING (false);
SELECT lo_from_bytea(4711, 'large');
`

function fingerprints(manifest: ContentManifest) {
  return Object.fromEntries(manifest.tables.map((table) => [table.name, [table.rows, table.fingerprint]]))
}

describe.skipIf(!dumpsHere)('a dump and restore', () => {
  let original: TestDatabase
  let copy: TestDatabase
  let before: ContentManifest
  let after: ContentManifest

  beforeAll(async () => {
    original = await createDatabase()
    await run(original, TRAPS)
    copy = await copyByDump(original)
    before = await measure(original, { withCopyBytes: true })
    after = await measure(copy)
  })
  afterAll(async () => {
    await original.drop()
    await copy.drop()
  })

  test('gives enums other OIDs', async () => {
    const oid = async (database: TestDatabase) =>
      (await runSql<{ oid: string }>(database.url, `SELECT 'mood'::regtype::oid AS oid`))[0]?.oid
    expect(await oid(original)).not.toBe(await oid(copy))
  })

  test('leaves every fingerprint equal', () => {
    expect(fingerprints(after)).toEqual(fingerprints(before))
  })

  test('is measured by the leaves of partitioned tables and by each heir alone', () => {
    const rows = Object.fromEntries(before.tables.map((table) => [table.name, table.rows]))
    expect(rows).toMatchObject({
      'public.parts': 0,
      'public.parts_1': 310,
      'public.parts_2': 190,
      'public.parent': 1,
      'public.child': 1,
      'public.nothing': 2,
      'public."Mixed ""Case"".t"': 1,
      'Other S.t': 0,
      'public.empty_one': 0,
      'public.unlogged': 1,
      'large objects': 1,
      'public.plain': 2003,
    })
  })

  test('writes as many COPY bytes as the manifest says', async () => {
    for (const table of ['enums', 'plain', 'no_hash', 'generated', 'dropped', 'collated', 'guarded', 'nothing']) {
      const copied = { table, bytes: await countCopyBytes(original.url, table) }
      const measured = before.tables.find((each) => each.name === `public.${table}`)?.copyBytes
      expect({ table, bytes: measured }).toEqual(copied)
    }
  })
})

describe('a fingerprint', () => {
  // Each pair prints differently, though some type calls it equal or hashes it alike.
  const pairs: [string, string, string][] = [
    ['numeric', '1.0', '1.00'],
    ['float8', '0', '-0'],
    ['jsonb', '{"a": 1.0}', '{"a": 1.00}'],
    ['json', '{"a":1}', '{"a": 1}'],
    ['interval', '1 day', '24 hours'],
    ['int[]', '{1,2,3,4}', '{{1,2},{3,4}}'],
    ['int[]', '{1,2}', '[0:1]={1,2}'],
    ['bpchar', 'a', 'a '],
    ['text COLLATE blind', 'a', 'A'],
    ['numrange', '[1.0,2]', '[1.00,2]'],
    ['bytea', '\\x00', '\\x'],
    ['text', '', '\\N'],
    // Eight bytes that PostgreSQL's own hash folds to the same four.
    ['int8', '0', '4294967297'],
    ['timestamp', '2000-01-01', '2000-01-01 01:11:34.967297'],
    ['timestamptz', '2000-01-01Z', '2000-01-01 01:11:34.967297Z'],
    ['time', '00:00', '01:11:34.967297'],
    ['timetz', '00:00+00', '01:11:34.967297+00'],
    ['date', '2000-01-01', '2000-01-02'],
    ['bool', 'true', 'false'],
  ]
  for (const [type, one, two] of pairs) {
    test(`tells ${two} from ${one} as ${type}`, async () => {
      const database = await createDatabase()
      await run(
        database,
        `CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
         CREATE TABLE t (a ${type}); CREATE TABLE u (a ${type})`,
      )
      const value = (text: string) => (text === '\\N' ? 'NULL' : `'${text}'`)
      await run(database, `INSERT INTO t VALUES (${value(one)}); INSERT INTO u VALUES (${value(two)})`)
      const found = fingerprints(await measure(database))
      expect(found['public.t']).not.toEqual(found['public.u'])
      await database.drop()
    })
  }

  test('sees that a row is there twice, and does not depend on the order of rows', async () => {
    const database = await createDatabase()
    await run(
      database,
      `CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE TABLE c (x int);
       INSERT INTO a VALUES (1), (1), (2); INSERT INTO b VALUES (2), (2), (1); INSERT INTO c VALUES (2), (1), (1)`,
    )
    const found = fingerprints(await measure(database))
    expect(found['public.a']).not.toEqual(found['public.b'])
    expect(found['public.a']).toEqual(found['public.c'])
    await database.drop()
  })
})

test('a table of 1,500 columns has a fingerprint, which each of them changes', async () => {
  const database = await createDatabase()
  const columns = Array.from({ length: 1500 }, (_, at) => `c${at} int`).join(', ')
  await run(
    database,
    `CREATE TABLE wide (${columns}); INSERT INTO wide (c0) VALUES (1); CREATE TABLE last AS SELECT * FROM wide;
     UPDATE last SET c1499 = 0`,
  )
  const found = fingerprints(await measure(database))
  expect(found['public.last']).not.toEqual(found['public.wide'])
  await database.drop()
})

describe('two rows that swapped a value', () => {
  const types = ['int4', 'int8', 'text', 'bool', 'timestamptz', 'uuid', 'numeric', 'bytea', 'char(40)', 'date']
  const values: { readonly [type: string]: string } = {
    int4: 'n',
    int8: 'n * 10000000000',
    text: 'md5(n::text)',
    bool: 'n % 2 = 0',
    timestamptz: `timestamptz '2026-01-01Z' + n * interval '1 second'`,
    uuid: 'md5(n::text)::uuid',
    numeric: 'n / 7.0',
    bytea: `decode(md5(n::text), 'hex')`,
    'char(40)': 'md5(n::text)',
    date: `date '2026-01-01' + n`,
  }

  // Of a sum of hashes that is linear in the columns, each swap is lost with a chance of more than one in three.
  test('are noticed whatever the type, in each of 40 tables', async () => {
    const database = await createDatabase()
    const number = 'bench int, other text'
    for (const [at, type] of types.entries())
      for (let round = 0; round < 4; round++) {
        const [first, second] = [at * 100 + round * 10 + 1, at * 100 + round * 10 + 2]
        const value = (n: number) => (values[type] ?? '').replaceAll(/\bn\b/g, String(n))
        const rows = (one: string, two: string) => `(${first}, 'x', ${one}), (${second}, 'y', ${two})`
        for (const [name, one, two] of [
          ['kept', value(first), value(second)],
          ['swapped', value(second), value(first)],
        ] as const)
          await run(
            database,
            `CREATE TABLE ${name}_${at}_${round} (${number}, v ${type});
             INSERT INTO ${name}_${at}_${round} VALUES ${rows(one, two)}`,
          )
      }
    const found = fingerprints(await measure(database))
    for (const [at, type] of types.entries())
      for (let round = 0; round < 4; round++)
        expect([type, found[`public.swapped_${at}_${round}`]]).not.toEqual([type, found[`public.kept_${at}_${round}`]])
    await database.drop()
  })
})

/** Bytes that COPY sends to its client; it escapes line ends, so lines of output are rows. */
async function countCopyBytes(url: string, table: string): Promise<number> {
  let bytes = 0
  await createToolRunner().run({
    program: `${inject('postgresBin')}/psql`,
    args: [
      '-X',
      '-q',
      '-d',
      url,
      '-c',
      "SET IntervalStyle = iso_8601; SET search_path = ''",
      '-c',
      `COPY public.${table} TO STDOUT`,
    ],
    signal: never,
    onStdoutLine: (line) => {
      bytes += Buffer.byteLength(line) + 1
    },
  })
  return bytes
}
