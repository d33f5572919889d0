import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import { adminUrl, dropDatabase, runSql, urlOf } from './postgres.ts'

/** A login of the test cluster. */
interface Login {
  readonly name: string
  readonly password: string
}

/** A database whose owner did what PostgreSQL lets an owner do to whoever connects. */
export interface HostileDatabase {
  readonly name: string
  readonly owner: Login
  /** As the owner: the attacker's own connection. */
  readonly ownerUrl: string
  /** A member of the owner, nothing else: what a plan's `url` should be. */
  readonly memberUrl: string
  /** CREATEDB, pg_signal_backend, pg_read_all_data, pg_monitor, member of the owner. */
  readonly adminUrl: string
  /** The same role in this database itself. */
  readonly dbaUrl: string
  /** The database as a superuser, for a test's own look. */
  readonly superUrl: string
  /** Every run of the owner's code since the last call: `<role> <what>`, from the server's log. */
  takeTraps(): string[]
  drop(): Promise<void>
}

/**
 * Puts a twin of every function, aggregate and operator of PostgreSQL into a schema of the owner's that stands before
 * pg_catalog in everybody's search_path, and sets whatever else an owner may set. Each twin tells the server's log who
 * ran it and answers NULL.
 */
export async function createHostileDatabase(): Promise<HostileDatabase> {
  const tag = randomBytes(4).toString('hex')
  const name = `hostile_${tag}`
  const owner = { name: `owner_${tag}`, password: 'owner-secret' }
  const member = { name: `member_${tag}`, password: 'member-secret' }
  const dba = { name: `dba_${tag}`, password: 'dba-secret' }
  const admin = adminUrl()
  await runSql(admin, `CREATE ROLE ${owner.name} LOGIN PASSWORD '${owner.password}'`)
  await runSql(admin, `CREATE ROLE ${member.name} LOGIN PASSWORD '${member.password}' IN ROLE ${owner.name}`)
  await runSql(
    admin,
    `CREATE ROLE ${dba.name} LOGIN PASSWORD '${dba.password}' CREATEDB
       IN ROLE ${owner.name}, pg_signal_backend, pg_read_all_data, pg_monitor`,
  )
  await runSql(admin, `CREATE DATABASE ${name} OWNER ${owner.name} TEMPLATE template0`)
  await runSql(urlOf(name), `ALTER SCHEMA public OWNER TO ${owner.name}`)
  const ownerUrl = urlOf(name, owner)
  await withRaw(ownerUrl, async (client) => {
    await client.query(CONTENT)
    await client.query(writeTraps(tag))
    for (const setting of SETTINGS) await client.query(`ALTER DATABASE ${name} SET ${setting}`)
  })
  let read = statSync(inject('postgresLog')).size
  return {
    name,
    owner,
    ownerUrl,
    memberUrl: urlOf(name, member),
    adminUrl: urlOf('postgres', dba),
    dbaUrl: urlOf(name, dba),
    superUrl: urlOf(name),
    takeTraps() {
      const log = readFileSync(inject('postgresLog'))
      const text = log.subarray(read).toString('utf8')
      read = log.length
      return [...text.matchAll(new RegExp(`LOG: {2}trap ${tag}: (.*)$`, 'gm'))].map(([, what]) => what ?? '')
    },
    async drop() {
      const rows = await runSql<{ name: string }>(
        admin,
        `SELECT datname AS name FROM pg_database WHERE datname ~ '${tag}'`,
      )
      for (const one of rows) await dropDatabase(one.name)
      for (const role of [dba, member, owner]) {
        await runSql(admin, `DROP OWNED BY ${role.name}`)
        await runSql(admin, `DROP ROLE ${role.name}`)
      }
    },
  }
}

/** The rows of a table, asked without any of the owner's names. */
export async function countTruly(url: string, table: string): Promise<number> {
  return withRaw(url, async (client) => {
    const { rows } = await client.query<{ n: number }>(`SELECT pg_catalog.count(*)::pg_catalog.int4 AS n FROM ${table}`)
    return rows[0]?.n ?? -1
  })
}

async function withRaw<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const options = '-c search_path=pg_catalog -c role=none -c default_transaction_read_only=off -c statement_timeout=0'
  const client = new pg.Client({ connectionString: url, options })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What an owner may set for everybody who connects, beside the path. */
const SETTINGS = [
  'search_path = evil, pg_catalog, public',
  'statement_timeout = 1',
  'lock_timeout = 1',
  'default_transaction_read_only = on',
  "default_transaction_isolation = 'serializable'",
  'exit_on_error = on',
  'quote_all_identifiers = on',
  'transform_null_equals = on',
  'standard_conforming_strings = off',
  'array_nulls = off',
  'row_security = off',
  "datestyle = 'German, DMY'",
  "intervalstyle = 'sql_standard'",
  "bytea_output = 'escape'",
  'extra_float_digits = -15',
  "timezone = 'Pacific/Apia'",
]

/** Names that a shop would use, of types whose casts belong to the owner. */
const CONTENT = `
SET search_path = public;
CREATE SEQUENCE order_number;
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TYPE place AS (street text, town text);
CREATE DOMAIN amount AS numeric(9,2) CHECK (VALUE >= 0);
CREATE TABLE orders (id int PRIMARY KEY DEFAULT nextval('order_number'), state state NOT NULL DEFAULT 'new',
  place place, total amount, states state[], note text);
CREATE TABLE states (state state PRIMARY KEY, note text);
CREATE TABLE rejects (target text, columns text[], "row" text, code text, message text);
CREATE VIEW paid AS SELECT * FROM orders WHERE state = 'paid';
CREATE RULE never AS ON INSERT TO paid DO INSTEAD NOTHING;
INSERT INTO orders SELECT n, 'paid', ROW('a ' || n, 'Seoul')::place, n, ARRAY['new', 'paid']::state[], 'o' || n
  FROM generate_series(1, 135) n;
INSERT INTO states VALUES ('new', 'one'), ('paid', 'two');
INSERT INTO rejects VALUES ('states', ARRAY['state', 'note'], 'paid	again', '23505', 'duplicate');
SELECT setval('order_number', 135);
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO PUBLIC;
SET search_path = pg_catalog;`

function writeTraps(tag: string): string {
  return `
CREATE SCHEMA evil;
GRANT USAGE ON SCHEMA evil TO PUBLIC;
CREATE FUNCTION evil.tell(what text) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN RAISE LOG 'trap ${tag}: % %', current_user, what; END $body$;
CREATE FUNCTION evil.step(state int8) RETURNS int8 LANGUAGE plpgsql AS $body$
BEGIN PERFORM evil.tell('an aggregate'); RETURN 0; END $body$;
CREATE FUNCTION evil.step(state int8, value anyelement) RETURNS int8 LANGUAGE plpgsql AS $body$
BEGIN PERFORM evil.tell('an aggregate'); RETURN 0; END $body$;
CREATE FUNCTION evil.say(value public.state) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
BEGIN PERFORM evil.tell('a cast of state'); RETURN 'same'; END $body$;
CREATE FUNCTION evil.say(value public.place) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
BEGIN PERFORM evil.tell('a cast of place'); RETURN 'same'; END $body$;
CREATE CAST (public.state AS text) WITH FUNCTION evil.say(public.state) AS ASSIGNMENT;
CREATE CAST (public.place AS text) WITH FUNCTION evil.say(public.place) AS IMPLICIT;
DO $do$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT p.proname AS name, p.prokind AS kind, p.proretset AS many,
           pg_catalog.pg_get_function_identity_arguments(p.oid) AS args, p.prorettype::regtype::text AS answer
      FROM pg_catalog.pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a')
       AND NOT EXISTS (SELECT FROM pg_catalog.unnest(p.proargtypes::oid[] || p.prorettype) AS t(oid)
                         JOIN pg_catalog.pg_type y ON y.oid = t.oid
                        WHERE y.typname IN ('internal', 'cstring', 'any', 'trigger', 'event_trigger', 'language_handler',
                          'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler'))
       AND p.proargmodes IS NULL
  LOOP
    BEGIN
      IF one.kind = 'a' THEN
        EXECUTE pg_catalog.format('CREATE AGGREGATE evil.%I(%s) (SFUNC = evil.step, STYPE = int8, INITCOND = ''0'')',
          one.name, CASE WHEN one.args = '' THEN '*' ELSE one.args END);
      ELSE
        EXECUTE pg_catalog.format('CREATE FUNCTION evil.%I(%s) RETURNS %s LANGUAGE plpgsql AS $body$ BEGIN PERFORM evil.tell(%L); %s END $body$',
          one.name, one.args, CASE WHEN one.many THEN 'SETOF ' || one.answer ELSE one.answer END, one.name,
          CASE WHEN one.answer = 'void' THEN 'RETURN;' WHEN one.many THEN 'RETURN;' ELSE 'RETURN NULL;' END);
      END IF;
    EXCEPTION WHEN others THEN NULL;
    END;
  END LOOP;
  FOR one IN
    SELECT o.oprname AS name, pg_catalog.format_type(o.oprleft, NULL) AS lefts, pg_catalog.format_type(o.oprright, NULL) AS rights,
           pg_catalog.format_type(o.oprresult, NULL) AS answer, o.oid::text AS id
      FROM pg_catalog.pg_operator o WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprleft <> 0
  LOOP
    BEGIN
      EXECUTE pg_catalog.format('CREATE FUNCTION evil.op_%s(%s, %s) RETURNS %s LANGUAGE plpgsql AS $body$ BEGIN PERFORM evil.tell(%L); RETURN NULL; END $body$',
        one.id, one.lefts, one.rights, one.answer, 'operator ' || one.name);
      EXECUTE pg_catalog.format('CREATE OPERATOR evil.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = evil.op_%s)',
        one.name, one.lefts, one.rights, one.id);
    EXCEPTION WHEN others THEN NULL;
    END;
  END LOOP;
END $do$;`
}
