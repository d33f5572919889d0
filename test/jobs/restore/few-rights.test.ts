import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSession } from '../../../src/tools/postgres-session.ts'
import { adminUrl, runSql, urlOf } from '../../support/postgres.ts'
import { realTools } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

const tag = randomBytes(3).toString('hex')
const owner = `few_owner_${tag}`
const dba = { name: `few_dba_${tag}`, password: 'dba-secret' }
const hand = { name: `few_hand_${tag}`, password: 'hand-secret' }
const loader = { name: `few_loader_${tag}`, password: 'loader-secret' }
let orders: Orders
beforeEach(async () => {
  await runSql(adminUrl(), `CREATE ROLE ${owner} LOGIN`)
  await runSql(
    adminUrl(),
    `CREATE ROLE ${dba.name} LOGIN CREATEDB PASSWORD '${dba.password}' IN ROLE ${owner}, pg_signal_backend, pg_read_all_data, pg_monitor`,
  )
  await runSql(adminUrl(), `CREATE ROLE ${hand.name} LOGIN PASSWORD '${hand.password}' IN ROLE ${owner}`)
  await runSql(
    adminUrl(),
    `CREATE ROLE ${loader.name} LOGIN PASSWORD '${loader.password}'; GRANT ${loader.name} TO ${dba.name}`,
  )
  // Before its dump: a check whose function tells who runs it.
  orders = await createOrders({
    owner,
    more: `CREATE FUNCTION told(int) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN
             CREATE TABLE IF NOT EXISTS public.who AS SELECT current_user::text AS role, session_user::text AS login; RETURN true; END $f$;
           CREATE TABLE trap (n int); INSERT INTO trap VALUES (1); ALTER TABLE trap ADD CHECK (told(n)); DROP TABLE who;
           ALTER TABLE trap OWNER TO ${owner}; ALTER FUNCTION told OWNER TO ${owner}`,
  })
})
afterEach(async () => {
  await orders.drop()
  for (const role of [dba.name, hand.name, loader.name, owner]) {
    await runSql(adminUrl(), `DROP OWNED BY ${role}`)
    await runSql(adminUrl(), `DROP ROLE ${role}`)
  }
})

describe('roles of few rights', () => {
  it('load, prove and switch; code of the backup runs as the one that owns nothing and creates nothing', async () => {
    const job = orders.restore({ url: urlOf(orders.database.name, hand), adminUrl: urlOf('postgres', dba) })
    await job.runUpTo('load')
    const { side } = job.outputOf('load') as { side: string }
    expect(await runSql(urlOf(side), 'SELECT login FROM who')).toEqual([{ login: hand.name }])
    await runSql(urlOf(side), 'DROP TABLE who')
    await job.runUpTo('verify')
    await job.run('switch', { approved: await job.evidence('switch') })
    expect(await runSql(orders.database.url, 'SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 500 }])
  })
})

/** What code of a backup may try while it is loaded, for every row of a table; each statement tells how it ended. */
const attacks = (live: string) => [
  `ALTER DATABASE ${live} SET default_transaction_read_only = on`,
  `ALTER DATABASE ${live} CONNECTION LIMIT 0`,
  `COMMENT ON DATABASE ${live} IS 'salvor:side:restore-1'`,
  `GRANT ALL ON DATABASE ${live} TO PUBLIC`,
  `ALTER DATABASE ${live} RENAME TO gone_${tag}`,
  `ALTER ROLE ${owner} PASSWORD 'mine'`,
  `ALTER ROLE ${owner} SET search_path = evil`,
  `REASSIGN OWNED BY ${owner} TO ${hand.name}`,
  `SET ROLE ${owner}`,
  `COPY (SELECT 1) TO PROGRAM 'true'`,
  `CREATE EXTENSION dblink`,
]

/** One of each kind that has an owner, with names that must be quoted; what may be given away must come back so. */
const manyKinds = `
  CREATE EXTENSION citext; SET ROLE ${owner};
  CREATE SCHEMA "Odd s"; CREATE DOMAIN "Odd s".d AS int CHECK (value > 0); CREATE TYPE "Odd s".e AS ENUM ('a');
  CREATE SEQUENCE "Odd s"."A"; CREATE TABLE "Odd s".b (id bigint GENERATED ALWAYS AS IDENTITY, n serial, "A" "Odd s".d, c public.citext);
  CREATE VIEW "Odd s".v AS SELECT 1 AS n; CREATE STATISTICS "Odd s".s ON id, n FROM "Odd s".b;
  CREATE FUNCTION "Odd s"."f ;x"(a int, b "Odd s".d DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE PROCEDURE "Odd s".p(INOUT a int) LANGUAGE plpgsql AS 'BEGIN END';
  CREATE AGGREGATE "Odd s".g(int) (sfunc = int4pl, stype = int);
  CREATE OPERATOR "Odd s".=== (leftarg = int, rightarg = int, function = int4eq);
  CREATE COLLATION "Odd s".c (locale = 'C'); CREATE TEXT SEARCH CONFIGURATION "Odd s".t (COPY = pg_catalog.simple);
  CREATE PUBLICATION "Odd p" FOR TABLE "Odd s".b;
  ALTER DEFAULT PRIVILEGES IN SCHEMA "Odd s" GRANT SELECT ON TABLES TO ${hand.name};
  GRANT USAGE ON SCHEMA "Odd s" TO ${hand.name}; REVOKE ALL ON FUNCTION "Odd s"."f ;x" FROM PUBLIC;
  GRANT UPDATE (n) ON "Odd s".b TO ${hand.name}; SELECT lo_from_bytea(4711, 'x'); GRANT SELECT ON LARGE OBJECT 4711 TO ${hand.name};
  RESET ROLE`

describe('a hostile archive', () => {
  const reached = async (live: string) => ({
    database: await runSql(
      adminUrl(),
      `SELECT datname, coalesce(datacl, acldefault('d', datdba))::text AS acl, datconnlimit, datdba::regrole::text AS owner, shobj_description(oid, 'pg_database') AS comment,
              (SELECT count(*)::int FROM pg_db_role_setting WHERE setdatabase = d.oid) AS settings FROM pg_database d WHERE datname = '${live}'`,
    ),
    roles: await runSql(
      adminUrl(),
      `SELECT rolname, rolpassword, (SELECT count(*)::int FROM pg_db_role_setting WHERE setrole = a.oid) AS settings
         FROM pg_authid a WHERE rolname ~ '${tag}' ORDER BY 1`,
    ),
  })
  /** A check, an index and a matview, each of which tries everything, in a dump of its own. */
  const poison = async (statements: readonly string[]) => {
    const { database } = orders
    const tries = statements.map(
      (one) => `BEGIN EXECUTE $q$${one}$q$; INSERT INTO public.tried VALUES (v, $q$${one}$q$, 'done');
        EXCEPTION WHEN others THEN BEGIN INSERT INTO public.tried VALUES (v, $q$${one}$q$, SQLSTATE); EXCEPTION WHEN others THEN NULL; END; END;`,
    )
    // What it was like before its author put the attack into the archive: live itself was not hit by it.
    await runSql(
      database.url,
      `CREATE TABLE tried (by text, statement text, ended text);
       CREATE FUNCTION attack(v text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $f$ BEGIN RETURN true; END $f$;
       CREATE TABLE bait (v text CHECK (attack(v))); INSERT INTO bait VALUES ('check');
       CREATE INDEX ON bait ((attack('index')));
       CREATE MATERIALIZED VIEW baits AS SELECT attack('matview') AS is;
       -- What an index calls must say that it changes nothing; what that calls in turn need not.
       CREATE FUNCTION act(v text) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN ${tries.join(' ')} END $f$;
       CREATE OR REPLACE FUNCTION attack(v text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $f$ BEGIN
         IF current_database() <> '${database.name}' THEN PERFORM public.act(v); END IF; RETURN true; END $f$;
       ALTER TABLE tried OWNER TO ${owner}; ALTER TABLE bait OWNER TO ${owner}; ALTER FUNCTION act OWNER TO ${owner};
       ALTER MATERIALIZED VIEW baits OWNER TO ${owner}; ALTER FUNCTION attack OWNER TO ${owner};
       GRANT SELECT ON bait TO ${hand.name}; REVOKE INSERT ON orders FROM ${owner}`,
    )
    await runSql(database.url, manyKinds)
    const session = { step: `backup-${tag}/dump`, fence: 3 }
    const target = { system: 'orders-db', url: database.url, adminUrl: adminUrl(), session }
    await realTools().archives.dump({ target, folder: orders.folder, jobs: 1, signal: new AbortController().signal })
  }
  const apart = () => ({
    ...{ url: urlOf(orders.database.name, hand), adminUrl: urlOf('postgres', dba) },
    ...{ loadUrl: urlOf('postgres', loader), params: { system: 'orders-db', backup: 'latest' } },
  })

  it('that a role of its own loads reaches nothing but the side database, which comes out as the backup holds it', async () => {
    await poison(attacks(orders.database.name))
    const before = await reached(orders.database.name)
    const job = orders.restore(apart())
    await job.runUpTo('load')
    expect(await reached(orders.database.name)).toEqual(before)
    const { side } = job.outputOf('load') as { side: string }
    // A GRANT without the right to is a warning.
    const tried = await runSql<{ ended: string }>(
      urlOf(side),
      `SELECT DISTINCT ended FROM tried WHERE statement NOT LIKE 'GRANT%'`,
    )
    expect(tried.length).toBeGreaterThan(0)
    expect(tried.map((one) => one.ended)).not.toContain('done')
    // Who took the loader's password gets no second look at what is proven from here on.
    await expect(runSql(urlOf(side, loader), 'SELECT 1')).rejects.toMatchObject({ code: '42501' })
    await runSql(urlOf(side), 'TRUNCATE tried; DROP TABLE who')
    await job.runUpTo('verify')
    await job.run('switch', { approved: await job.evidence('switch') })
    expect(
      await runSql(
        orders.database.url,
        `SELECT count(*)::int AS n FROM pg_shdepend WHERE refobjid = '${loader.name}'::regrole`,
      ),
    ).toEqual([{ n: 0 }])
  })

  it('that url’s role loads is caught at what it changed outside the side database, before anything is asked', async () => {
    await poison([`ALTER DATABASE ${orders.database.name} CONNECTION LIMIT 7`])
    const job = orders.restore({ ...apart(), loadUrl: undefined } as never)
    const seen = `database ${orders.database.name}`
    await expect(job.runUpTo('load')).rejects.toMatchObject({ code: 'load_reached_out', facts: { seen } })
  })

  it('is not loaded as a role that is not let in, that may act as another one, or that may do more than load', async () => {
    const wrong = { ...apart(), loadUrl: urlOf('postgres', { ...loader, password: 'another' }) }
    await expect(orders.restore(wrong).runUpTo('preflight')).rejects.toMatchObject({ code: 'target_refused' })
    await runSql(adminUrl(), `GRANT ${owner} TO ${loader.name}; ALTER ROLE ${loader.name} CREATEDB`)
    const seen = `has CREATEDB, is a member of ${owner}`
    await expect(orders.restore(apart()).runUpTo('preflight')).rejects.toMatchObject({
      code: 'load_role_rights',
      facts: { role: loader.name, seen },
    })
  })
})

it('preflight lists what of a backup only a superuser can load', async () => {
  await runSql(
    orders.database.url,
    `CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
     CREATE EVENT TRIGGER "watch it" ON ddl_command_end EXECUTE FUNCTION seen();
     CREATE FOREIGN DATA WRAPPER elsewhere`,
  )
  const session = { step: `backup-${tag}/dump`, fence: 2 }
  await realTools().archives.dump({
    target: { system: 'orders-db', url: orders.database.url, adminUrl: adminUrl(), session },
    folder: orders.folder,
    jobs: 1,
    signal: new AbortController().signal,
  })
  const job = orders.restore({ params: { system: 'orders-db', backup: 'latest' } })
  await job.runUpTo('preflight')
  const { findings } = job.outputOf('preflight') as { findings: string[] }
  const [listed = ''] = findings.filter((one) => one.includes('watch it'))
  expect(listed).toContain('event trigger watch it')
  expect(listed).toContain('foreign data wrapper elsewhere')
})

describe('a superuser is refused by every session, unless the plan says why', () => {
  const open = (url: string) =>
    openSession({ system: 'orders-db', url, session: { step: `look-${tag}`, fence: 1, refusesSuperuser: true } })
  const refused = { code: 'target_superuser' }

  it('by name', async () => {
    await expect(open(adminUrl())).rejects.toMatchObject(refused)
    await expect(open(orders.database.url)).rejects.toMatchObject(refused)
  })

  it('by a membership, direct or through others, and by the files and programs of the server', async () => {
    for (const role of ['postgres', 'pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files']) {
      const between = `few_between_${tag}`
      await runSql(adminUrl(), `CREATE ROLE ${between} IN ROLE ${role}`)
      await runSql(adminUrl(), `GRANT ${between} TO ${hand.name}`)
      await expect(open(urlOf('postgres', hand))).rejects.toMatchObject(refused)
      await runSql(adminUrl(), `DROP ROLE ${between}`)
    }
    await (await open(urlOf('postgres', hand))).end()
  })
})
