import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dumpsHere } from '../../support/dumps-here.ts'
import { createDatabase, runSql, type TestDatabase } from '../../support/postgres.ts'
import { compare, copyByDump, measure, named, run } from './rig.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createDatabase()
})
afterEach(() => database.drop())

/** Types whose owner made a cast to text that hides what they hold, each with a change that the cast hides. */
const masked: readonly (readonly [string, string, string])[] = [
  [
    'a composite',
    `CREATE TYPE card AS (number text, holder text);
     CREATE FUNCTION card_text(card) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '****' || right(($1).number, 4) $$;
     CREATE CAST (card AS text) WITH FUNCTION card_text(card);
     CREATE TABLE held (id int PRIMARY KEY, c card);
     INSERT INTO held SELECT g, ROW('4111111111' || (100000 + g), 'holder ' || g)::card FROM generate_series(1, 100) g`,
    `UPDATE held SET c = ROW('9999999999' || right((c).number, 6), 'LOST')::card`,
  ],
  [
    'an enum',
    `CREATE TYPE mood AS ENUM ('sad', 'happy');
     CREATE FUNCTION mood_text(mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'a mood' $$;
     CREATE CAST (mood AS text) WITH FUNCTION mood_text(mood) AS IMPLICIT;
     CREATE TABLE held (id int PRIMARY KEY, c mood); INSERT INTO held VALUES (1, 'sad'), (2, NULL)`,
    `UPDATE held SET c = 'happy' WHERE id = 1`,
  ],
  [
    'an array of composites',
    `CREATE TYPE pair AS (a int, b int);
     CREATE FUNCTION pairs_text(pair[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'pairs' $$;
     CREATE CAST (pair[] AS text) WITH FUNCTION pairs_text(pair[]);
     CREATE TABLE held (id int PRIMARY KEY, c pair[]); INSERT INTO held VALUES (1, ARRAY[ROW(1, 2)::pair])`,
    `UPDATE held SET c = ARRAY[ROW(1, 3)::pair]`,
  ],
  [
    'a range, whose cast fails',
    `CREATE TYPE span AS RANGE (subtype = int4);
     CREATE FUNCTION span_text(span) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
     CREATE CAST (span AS text) WITH FUNCTION span_text(span);
     CREATE TABLE held (id int PRIMARY KEY, c span); INSERT INTO held VALUES (1, '[1,5)')`,
    `UPDATE held SET c = '[1,6)'`,
  ],
]

describe('a cast to text that a user made', () => {
  test.each(masked)('does not hide a change of %s', async (_what, setup, damage) => {
    await run(database, setup)
    const manifest = await measure(database)
    await run(database, damage)
    const { differing } = await compare(database, manifest)
    expect(named(differing, 'public.held')).toMatchObject({ verdict: 'differs', why: { code: 'rows_other' } })
  })

  test.skipIf(!dumpsHere).each(masked)('leaves a restored copy of %s equal', async (_what, setup) => {
    await run(database, setup)
    const manifest = await measure(database)
    const copy = await copyByDump(database)
    const { differing, unproven } = await compare(copy, manifest)
    await copy.drop()
    expect({ differing, unproven }).toEqual({ differing: [], unproven: [] })
  })

  test('nulls are told apart from empty values', async () => {
    await run(database, `CREATE TYPE one AS (a text); CREATE TABLE held (c one); INSERT INTO held VALUES (NULL)`)
    const manifest = await measure(database)
    await run(database, `UPDATE held SET c = ROW(NULL)::one`)
    const { differing } = await compare(database, manifest)
    expect(named(differing, 'public.held')).toMatchObject({ verdict: 'differs' })
  })
})

test('functions and operators that the database names first are not called while it is measured', async () => {
  await run(
    database,
    `CREATE SCHEMA evil; CREATE TABLE public.seen (what text); CREATE TABLE held (a int, b text); INSERT INTO held VALUES (1, 'x');
     CREATE FUNCTION evil.count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
     CREATE FUNCTION evil.format(text, int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
     CREATE FUNCTION evil.hash_record_extended(record, int) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
     CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
     CREATE FUNCTION evil.never(text, text) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
     CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.never);`,
  )
  await runSql(database.url, `ALTER DATABASE "${database.name}" SET search_path = evil, pg_catalog, public`)
  const manifest = await measure(database)
  expect(manifest.tables.find((table) => table.name === 'public.held')).toMatchObject({ rows: 1 })
  expect((await compare(database, manifest)).differing).toEqual([])
})
