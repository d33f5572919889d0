import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLog } from '../../../src/ports/log.ts'
import { createContentTools } from '../../../src/tools/content/index.ts'
import { runSql, urlOf, withClient } from '../../support/postgres.ts'
import { createPair, type Pair, tools } from './rig.ts'

let pair: Pair
const content = createContentTools({ log: silentLog })
const signal = new AbortController().signal

/** An owner's function that the planner runs for every SELECT on the table, and what it puts before PostgreSQL's own. */
const poison = `
  CREATE SCHEMA evil;
  CREATE FUNCTION evil.zero(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT 0::bigint';
  CREATE AGGREGATE evil.count(*) (sfunc = evil.zero, stype = bigint, initcond = '0');
  CREATE FUNCTION evil.never(bigint, bigint) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
  CREATE OPERATOR evil.= (leftarg = bigint, rightarg = bigint, function = evil.never);
  CREATE FUNCTION evil.z(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('search_path', 'evil, pg_catalog', false), set_config('row_security', 'on', false);
    RETURN 1; END $$;
  CREATE TABLE before (id bigint PRIMARY KEY); INSERT INTO before VALUES (1), (2); CREATE INDEX ON before ((evil.z(1)));
  CREATE TABLE orders (id bigint PRIMARY KEY, note text);
  INSERT INTO orders SELECT n, 'note' FROM generate_series(1, 135) n;
  CREATE INDEX ON orders ((evil.z(1)))`

beforeAll(async () => {
  pair = await createPair({ plain: true })
  await runSql(urlOf(pair.live), poison)
})
afterAll(() => pair.drop())

test('the poison works: after one SELECT a session without a guard counts what its owner likes', async () => {
  await withClient(urlOf(pair.live), async (client) => {
    await client.query('SELECT id FROM public.orders LIMIT 1')
    const { rows } = await client.query('SELECT count(*) AS rows FROM public.orders')
    expect(rows).toEqual([{ rows: '0' }])
  })
})

test('rows are counted truly, however often', async () => {
  for (let n = 0; n < 2; n += 1) {
    const counted = await tools.countLive({ target: pair.target, database: pair.live, since: null, signal })
    expect(counted.rows).toMatchObject({ 'public.orders': 135 })
  }
})

test('what live has and the other database has not is lost, and is said to be', async () => {
  const intent = await pair.prepare()
  await runSql(urlOf(intent.side), poison.replace('1, 135', '1, 100').replace('(1), (2)', '(1)'))
  const question = { known: null, definitions: null, makes: [], sample: 5, since: null }
  const { live, target } = pair
  const { loss } = await tools.compareLive({ ...question, target, live, other: intent.side, signal })
  expect(loss.tables.find((one) => one.table === 'public.orders')).toMatchObject({ added: 35 })
})

test('what an index calls changes nothing while its table is analyzed, though it may by itself', async () => {
  await runSql(
    urlOf(pair.live),
    `CREATE TABLE written (n int);
     CREATE FUNCTION evil.write() RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.written VALUES (1);
       EXCEPTION WHEN read_only_sql_transaction THEN NULL; END $$;
     CREATE FUNCTION evil.i(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM evil.write(); RETURN 1; END';
     CREATE TABLE analyzed AS SELECT 1 AS n; CREATE INDEX ON analyzed ((evil.i(n))); TRUNCATE written`,
  )
  const written = async () =>
    (await runSql<{ n: number }>(urlOf(pair.live), 'SELECT count(*)::int AS n FROM written'))[0]?.n
  await tools.analyze(pair.target, pair.live, signal)
  expect(await written()).toBe(0)
  await runSql(urlOf(pair.live), 'ANALYZE analyzed')
  expect(await written()).toBeGreaterThan(0)
})

describe('a setting that code of the owner changes while a SELECT is planned', () => {
  const meddle = async (setting: string, value: string) => {
    const body = (does: string) =>
      `CREATE OR REPLACE FUNCTION evil.m(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN ${does} RETURN 1; END $$`
    await runSql(
      urlOf(pair.live),
      `${body('')}; CREATE TABLE IF NOT EXISTS meddled (id int PRIMARY KEY, price float8);
       CREATE INDEX IF NOT EXISTS meddling ON meddled ((evil.m(1)));
       ${body(`PERFORM set_config('${setting}', '${value}', false);`)}`,
    )
  }

  test.each([
    ['extra_float_digits', '-15'],
    ['statement_timeout', '999999'],
    ['role', 'pg_read_all_data'],
    ['transform_null_equals', 'on'],
  ])('makes its content unmeasurable and its rows uncountable, and is named: %s', async (setting, value) => {
    await meddle(setting, value)
    const refused = { code: 'target_meddled', facts: { seen: setting } }
    const { live: database, target } = pair
    await expect(content.measure({ target, database, signal })).rejects.toMatchObject(refused)
    await expect(tools.countLive({ target, database, since: null, signal })).rejects.toMatchObject(refused)
  })

  test('that allows it no time at all ends the look, too', async () => {
    await meddle('statement_timeout', '1')
    const { live: database, target } = pair
    await expect(tools.countLive({ target, database, since: null, signal })).rejects.toBeInstanceOf(Error)
  })
})
